/* The process table of a live source: who is there, and what is read of each. */
#ifndef COLLECT_TASKS_H
#define COLLECT_TASKS_H

#include "collect/entry.h"
#include "collect/names.h"
#include "collect/reader.h"
#include "collect/shares.h"
#include "collect/table.h"
#include "model/source.h"

struct tasks {
	struct reader reader;
	struct names *names;
	struct entries entries;
	struct table *table;          /* owned; NULL before the first sample */
	struct table_options options; /* what it shall be */
	struct why why;               /* why it is not eBPF, or "" */
	struct shares shares;         /* what is remembered of dear readings */
	bool keep;                    /* descriptors, from one sample to the next */
	bool captured;                /* a tree on a disk: nothing moves while it is read */
	unsigned sample;              /* how many were taken */
	int64_t taken_ns;             /* monotonic time of the last one */
};

/* Adds the rows that `request` wants to `snapshot`, whose times are set. -errno when /proc cannot be listed. */
int tasks_take(struct tasks *tasks, const struct request *request, struct snapshot *snapshot);

void tasks_done(struct tasks *tasks);

#endif
