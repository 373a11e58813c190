/* Reads the files of one process, through kept descriptors where there are any. */
#ifndef COLLECT_READER_H
#define COLLECT_READER_H

#include "collect/entry.h"
#include "collect/plan.h"
#include "kernel/units.h"

struct reader {
	int proc_fd;
	struct kernel_units units;
	size_t open_count, open_limit; /* kept descriptors, now and at most */
	char *scratch[SOURCES];        /* owned: where the texts of the task being read lie, a file each */
};

/*
 * Reads `from` into `task`. With `keep`, descriptors of the files that can be reread cheaply stay open in `entry`.
 * A file that may not be read, or is no such file, leaves its fields absent. -ESRCH: the process is gone. -ENOMEM.
 * Texts in `task` are good until the next call.
 */
int reader_read(struct reader *reader, struct entry *entry, sources from, bool keep, struct task *task);

void reader_done(struct reader *reader);

#endif
