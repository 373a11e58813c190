#include "kernel/pid_comm.h"

#include <errno.h>

int pid_comm_parse(struct span bytes, const struct kernel_units *units, struct task *task)
{
	(void)units;
	if (bytes.len == 0 || bytes.at[bytes.len - 1] != '\n')
		return -EBADMSG;
	bytes.len--;
	task_set(task, comm, bytes);
	return 0;
}
