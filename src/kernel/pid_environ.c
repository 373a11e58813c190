#include "kernel/pid_environ.h"

int pid_environ_parse(struct span bytes, const struct kernel_units *units, struct task *task)
{
	(void)units;
	if (bytes.len)
		task_set(task, environ, bytes);
	return 0;
}
