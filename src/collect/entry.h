/*
 * The processes a live source knows from its last sample, with the descriptors it keeps open for them. A kept
 * descriptor belongs to one life of a process: once that ends, reading it gives ESRCH, whoever has the number by then.
 */
#ifndef COLLECT_ENTRY_H
#define COLLECT_ENTRY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "collect/believed.h"

enum kept { KEPT_STATM, KEPT_STAT, KEPT_STATUS, KEPT_SCHEDSTAT, KEPT };

struct entry {
	int32_t tgid, pid; /* equal for a process; pid is the thread's ID in the row of a thread */
	bool thread;
	bool alone;           /* has no other threads, or is one */
	bool detailed;        /* was among the chosen of the last sample */
	bool waited;          /* its row in the last snapshot is that of the one before */
	uint8_t quiet;        /* for so many samples it has not run */
	int32_t fd[KEPT];     /* -1: not open */
	int32_t record;       /* where the table has it, see table.h; -1: nowhere */
	uint64_t lacks;       /* sources that the table has of others, and not of this one */
	uint32_t row;         /* in the last snapshot */
	uint32_t row_before;  /* in the one before it, while that is being taken */
	struct believed line; /* what is known of its command line */
	int64_t started_ns;   /* -1: not known */
	int64_t cpu_ns;       /* when stat was last read; -1: never */
	int64_t run_ns;       /* of the one thread, right before all else was last read; -1: not known */
};

struct entries {
	struct entry *at; /* owned, by (tgid, thread, pid) */
	size_t count, capacity;
};

/* An entry of something that has just been seen for the first time. */
struct entry entry_new(int32_t tgid, int32_t pid, bool thread);

/* Makes room for so many; false when memory runs out. */
bool entries_reserve(struct entries *entries, size_t count);

/* Adds one at the end; false when memory runs out. */
bool entries_add(struct entries *entries, struct entry entry);

void entries_sort(struct entries *entries);

/*
 * Takes over from `old` what it knows of the same numbers, the record apart, and closes what belongs to those that are
 * no longer listed.
 */
void entries_inherit(struct entries *entries, struct entries *old, size_t *open_count);

/* Closes the descriptors of one entry. */
void entry_close(struct entry *entry, size_t *open_count);

void entries_done(struct entries *entries, size_t *open_count);

#endif
