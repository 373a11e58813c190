#include "kernel/pid_schedstat.h"

#include <errno.h>

int pid_schedstat_parse(struct span bytes, const struct kernel_units *units, struct task *task)
{
	struct span line;
	int64_t run, wait, slices;

	(void)units;
	if (!span_whole_line(&bytes, &line) || !span_i64(&line, &run) || !span_i64(&line, &wait) ||
	    !span_i64(&line, &slices))
		return -EBADMSG;
	if (run == 0 && wait == 0 && slices == 0)
		return 0; /* a thread that never ran, or a kernel that does not count: it does not say which */
	task_set(task, run_ns, run);
	task_set(task, run_wait_ns, wait);
	task_set(task, run_slices, slices);
	return 0;
}
