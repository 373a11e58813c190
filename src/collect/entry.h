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
#include "collect/listing.h"

enum kept { KEPT_STATM, KEPT_STAT, KEPT_STATUS, KEPT_SCHEDSTAT, KEPT };

struct entry {
	int32_t tgid, pid; /* equal for a process; pid is the thread's ID in the row of a thread */
	bool thread;
	bool alone;       /* has no other threads, or is one */
	bool detailed;    /* was among the chosen of the last sample */
	bool waited;      /* its row in the last snapshot is that of the one before */
	uint8_t quiet;    /* for so many samples it has not run */
	int32_t fd[KEPT]; /* -1: not open */
	int32_t record;   /* both as listed the last time */
	uint64_t lacks;
	uint32_t row;         /* in the last snapshot */
	uint32_t row_before;  /* in the one before it, while that is being taken */
	struct believed line; /* what is known of its command line */
	int64_t started_ns;   /* -1: not known */
	int64_t cpu_ns;       /* when stat was last read; -1: never */
	int64_t run_ns;       /* of the one thread, right before all else was last read; -1: not known */
};

struct entries {
	struct entry *at; /* owned, by (tgid, thread, pid) */
	size_t count;
};

/* An entry of something that has just been seen for the first time. */
struct entry entry_new(const struct listed *listed);

/*
 * Makes them those that are listed, sorted: keeps what is known of the same numbers, and closes what belongs to those
 * that are no longer listed. -ENOMEM, and then nothing has changed.
 */
int entries_update(struct entries *entries, const struct listing *listing, size_t *open_count);

/* Closes the descriptors of one entry. */
void entry_close(struct entry *entry, size_t *open_count);

void entries_done(struct entries *entries, size_t *open_count);

#endif
