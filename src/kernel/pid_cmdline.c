#include "kernel/pid_cmdline.h"

int pid_cmdline_parse(struct span bytes, const struct kernel_units *units, struct task *task)
{
	(void)units;
	if (bytes.len)
		task_set(task, cmdline, bytes);
	return 0;
}
