#include "kernel/pid_wchan.h"

int pid_wchan_parse(struct span bytes, const struct kernel_units *units, struct task *task)
{
	(void)units;
	bytes = span_trim(bytes);
	if (span_is(bytes, "0"))
		bytes = SPAN("-");
	if (bytes.len)
		task_set(task, wchan, bytes);
	return 0;
}
