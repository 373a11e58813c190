/*
 * The governor of dear readings. smaps_rollup makes the kernel walk every page table of a process under its mmap lock:
 * read of everybody in every sample it would cost more than all the rest, and hold up the processes that are watched.
 * So what was read is remembered with its time, and read again only where counters have moved, within a bounded share
 * of one CPU. In its first seconds it may spend a quarter of a second of CPU time more, so that the rows in sight have
 * their shares: RES is never below PSS, so in that order the reading ends where no other row can be among the largest.
 */
#ifndef COLLECT_SHARES_H
#define COLLECT_SHARES_H

#include "model/source.h"

enum { SHARES_VALUES = 32 };

/* What is remembered of one process. */
struct share {
	int64_t pid, started_ns;
	int64_t read_ns;                 /* when; 0: never */
	int64_t tried_ns;                /* when it could not be read; 0: it could */
	int tried_error;                 /* -errno why not */
	int64_t rss_bytes, minor_faults; /* what they were then; -1: not known */
	int64_t patience_ns;             /* so long it is believed while its counters stand still */
	int64_t pss_bytes;
	int64_t cost_ns;               /* of CPU time: what is dear is read less often */
	uint32_t have;                 /* which of the values */
	uint32_t lack;                 /* which were not read, for nobody wanted them then */
	int64_t values[SHARES_VALUES]; /* of the rows that come from SMAPS_ROLLUP, in their order */
};

struct shares {
	struct share *at; /* owned, in the order of the rows of the last sample */
	size_t count;
	int64_t last_ns;      /* monotonic time of the last sample; 0: none yet */
	int64_t began_ns;     /* of the first one */
	int64_t start_ns;     /* what may be spent besides, in the beginning */
	int64_t allowance_ns; /* CPU time that may be spent now */
	double ns_per_byte;   /* of RES, as measured so far */
	uint32_t wanted;      /* which values, now */
};

/* The values of pss_unknown. */
enum share_unknown { SHARE_KNOWN, SHARE_NO_MEMORY, SHARE_NOT_YET, SHARE_TOO_LARGE, SHARE_NOT_PERMITTED };

enum { SHARES_PART = 1 };

/*
 * Reads SMAPS_ROLLUP of the process in that row into `task`: 0, or SHARES_PART when only what is wanted, and without
 * the lock of the process. `gently`: only so, else -EBUSY. -errno.
 */
typedef int shares_read(void *context, size_t row, bool gently, struct task *task);

/*
 * Gives each row of `snapshot` what is known of its shares: freshly read for those that need it most, remembered for
 * the others, with pss_read_ns saying when; nothing for those that were never read, and pss_unknown says why not.
 * `request` says how much may be spent. The rows need pid, started_ns and rss_bytes. -ENOMEM.
 */
int shares_take(struct shares *shares, const struct request *request, struct snapshot *snapshot, shares_read *read,
                void *context);

void shares_done(struct shares *shares);

#endif
