/* What of each mapping is in RAM, for the records of a mapping list that lie in its buffer: rows of SMAPS by eBPF. */
#ifndef KERNEL_BPF_MAPPING_SUMS_H
#define KERNEL_BPF_MAPPING_SUMS_H

#include "base/span.h"
#include "base/why.h"
#include "fields/mapping.h"
#include "kernel/bpf/page_walk.h"

struct mapping_sums {
	struct page_walk *walk; /* owned; NULL: no rows of SMAPS are wanted */
	struct page_sum *at;    /* owned: of the records that were counted, in their order */
	size_t count, capacity, next;
};

/* Whether it tells all rows of SMAPS that are wanted: Rss, Pss, Shared_* and Private_*. */
bool mapping_sums_tell(const struct field_set *wanted);

/* -errno with a reason, as page_walk_open(). */
int mapping_sums_open(struct mapping_sums *sums, struct why *why);

/* Counts all whole records, of the process `host_pid` that started at `boot_ns`. -errno. */
int mapping_sums_count(struct mapping_sums *sums, uint32_t host_pid, uint64_t boot_ns, struct span records);

/* Sets the rows of the next one. -ENODATA: only smaps tells them. */
int mapping_sums_next(struct mapping_sums *sums, struct mapping *ret);

/* Sets the rows of a mapping that has no pages. */
void mapping_sums_none(struct mapping *ret);

void mapping_sums_done(struct mapping_sums *sums);

#endif
