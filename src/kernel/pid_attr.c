#include "kernel/pid_attr.h"

int pid_attr_parse(struct span bytes, const struct kernel_units *units, struct task *task)
{
	(void)units;
	while (bytes.len && (bytes.at[bytes.len - 1] == '\n' || bytes.at[bytes.len - 1] == '\0'))
		bytes.len--;
	if (bytes.len)
		task_set(task, security_label, bytes);
	return 0;
}
