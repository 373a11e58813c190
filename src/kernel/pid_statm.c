#include "kernel/pid_statm.h"

#include <errno.h>

int pid_statm_parse(struct span bytes, const struct kernel_units *units, struct task *task)
{
	enum { SIZE, RESIDENT, SHARED, CODE, LIB, DATA, DIRTY, COUNT };
	const int64_t page = units->page_bytes;
	int64_t pages[COUNT];
	struct span line;

	if (!span_whole_line(&bytes, &line) || span_numbers(&line, pages, COUNT) < COUNT)
		return -EBADMSG;
	if (pages[SIZE] == 0)
		return 0; /* nothing to say, which is not the same as 0 bytes */
	units_set(&task_fields[TASK_virt_bytes], task, pages[SIZE], page);
	units_set(&task_fields[TASK_rss_bytes], task, pages[RESIDENT], page);
	units_set(&task_fields[TASK_shared_bytes], task, pages[SHARED], page);
	units_set(&task_fields[TASK_text_bytes], task, pages[CODE], page);
	units_set(&task_fields[TASK_data_bytes], task, pages[DATA], page);
	task_set(task, dirty_pages, pages[DIRTY]);
	return 0;
}
