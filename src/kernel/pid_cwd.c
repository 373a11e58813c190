#include "kernel/pid_cwd.h"

int pid_cwd_parse(struct span bytes, const struct kernel_units *units, struct task *task)
{
	(void)units;
	if (bytes.len)
		task_set(task, cwd, bytes);
	return 0;
}
