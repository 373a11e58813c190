#include "kernel/pid_limits.h"

#include <errno.h>

/* "Max open files            1024                 524288               files": the soft limit of the row's key. */
static void set_row(struct span line, struct task *task)
{
	int64_t soft;

	for (unsigned id = 0; id < TASK_FIELDS; id++) {
		struct span key = span_of(task_fields[id].key);
		if (task_fields[id].from != FROM_LIMITS || !span_starts(line, key))
			continue;
		line = span_skip(line, key.len);
		if (span_i64(&line, &soft))
			record_set(&task_fields[id], task, soft);
		return;
	}
}

int pid_limits_parse(struct span bytes, const struct kernel_units *units, struct task *task)
{
	struct span line;

	(void)units;
	if (!span_starts(bytes, SPAN("Limit ")))
		return -EBADMSG;
	while (span_whole_line(&bytes, &line))
		set_row(line, task);
	return 0;
}
