#include "kernel/pid_smaps_rollup.h"

#include <errno.h>

#include "kernel/keyed.h"

static struct keyed rollup = {
	.table = &task_table, .from = FROM_SMAPS_ROLLUP, .mark = ':', .bytes_in_unit = 1, .once = ONCE_FLAG_INIT
};

int pid_smaps_rollup_parse(struct span bytes, const struct kernel_units *units, struct task *task)
{
	static const struct span end = { "[rollup]", sizeof "[rollup]" - 1 };
	struct span range;

	(void)units;
	if (!span_whole_line(&bytes, &range) || range.len < end.len ||
	    !span_starts(span_skip(range, range.len - end.len), end))
		return -EBADMSG;
	keyed_parse(&rollup, bytes, task);
	return 0;
}
