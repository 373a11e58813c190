#include "kernel/pid_limits.h"

#include <errno.h>

int pid_limits_parse(struct span bytes, const struct kernel_units *units, struct task *task)
{
	const struct span key = span_of(task_fields[TASK_rss_rlimit_bytes].key);
	struct span line;
	int64_t soft;

	(void)units;
	if (!span_starts(bytes, SPAN("Limit ")))
		return -EBADMSG;
	while (span_whole_line(&bytes, &line)) {
		if (!span_starts(line, key))
			continue;
		line = span_skip(line, key.len);
		if (span_i64(&line, &soft))
			task_set(task, rss_rlimit_bytes, soft);
		break;
	}
	return 0;
}
