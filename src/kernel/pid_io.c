#include "kernel/pid_io.h"

#include <errno.h>

#include "kernel/keyed.h"

static struct keyed io = {
	.table = &task_table, .from = FROM_IO, .mark = ':', .bytes_in_unit = 1, .once = ONCE_FLAG_INIT
};

int pid_io_parse(struct span bytes, const struct kernel_units *units, struct task *task)
{
	(void)units;
	if (!span_starts(bytes, SPAN("rchar:")))
		return -EBADMSG;
	keyed_parse(&io, bytes, task);
	return 0;
}
