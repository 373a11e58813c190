/* Who is there, as a table lists it: from the numbers below /proc, and below /proc/PID/task, or otherwise. */
#ifndef COLLECT_LISTING_H
#define COLLECT_LISTING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/source.h"

/* A process; or a thread, with its process's number as tgid. */
struct listed {
	int32_t tgid, pid;
	bool thread;
	int32_t record; /* where the table has it, see table.h; -1: nowhere */
	uint64_t lacks; /* sources that the table has of others, and not of this one */
};

struct listing {
	struct listed *at; /* owned */
	size_t count, capacity;
};

/* Makes room for so many; false when memory runs out. */
bool listing_reserve(struct listing *listing, size_t count);

/* Adds one at the end; false when memory runs out. */
bool listing_add(struct listing *listing, struct listed one);

/* By (tgid, thread, pid), as entries are. */
int listed_compare(const struct listed *a, const struct listed *b);
void listing_sort(struct listing *listing);

void listing_done(struct listing *listing);

/*
 * Fills `ret` (empty) with the processes that `request` wants, in the order of their numbers: all, or those of its pids
 * that exist. -errno when `proc_fd` cannot be listed; a process that goes away while its threads are listed has none.
 */
int listing_read(int proc_fd, const struct request *request, struct listing *ret);

#endif
