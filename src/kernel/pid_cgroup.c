#include "kernel/pid_cgroup.h"

#include <errno.h>

int pid_cgroup_parse(struct span bytes, const struct kernel_units *units, struct task *task)
{
	struct span rest = bytes, hierarchy;
	ptrdiff_t end = span_last(bytes, '\n');
	int64_t number;

	(void)units;
	if (end < 0 || !span_until(&rest, ':', &hierarchy) || !span_i64(&hierarchy, &number))
		return -EBADMSG;
	bytes.len = (size_t)end;
	task_set(task, cgroup, bytes);
	return 0;
}
