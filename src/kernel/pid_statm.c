#include "kernel/pid_statm.h"

#include <errno.h>

int pid_statm_parse(struct span bytes, const struct kernel_units *units, struct task *task)
{
	enum { SIZE, RESIDENT, SHARED, CODE, LIB, DATA, COUNT };
	int64_t pages[COUNT];

	for (int i = 0; i < COUNT; i++)
		if (!span_i64(&bytes, &pages[i]))
			return -EBADMSG;
	if (pages[SIZE] == 0)
		return 0; /* nothing to say, which is not the same as 0 bytes */
	task_set(task, virt_bytes, pages[SIZE] * units->page_bytes);
	task_set(task, rss_bytes, pages[RESIDENT] * units->page_bytes);
	task_set(task, shared_bytes, pages[SHARED] * units->page_bytes);
	task_set(task, text_bytes, pages[CODE] * units->page_bytes);
	task_set(task, data_bytes, pages[DATA] * units->page_bytes);
	return 0;
}
