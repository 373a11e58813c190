#include "kernel/pid_exe.h"

int pid_exe_parse(struct span bytes, const struct kernel_units *units, struct task *task)
{
	(void)units;
	if (bytes.len)
		task_set(task, exe, bytes);
	return 0;
}
