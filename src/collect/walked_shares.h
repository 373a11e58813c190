/*
 * Proportional shares out of the page tables (kernel/bpf/page_walk.h), for processes so large that it pays. Nothing of
 * it is used before it has proved itself on this machine, and no sum that disagrees with RES.
 */
#ifndef COLLECT_WALKED_SHARES_H
#define COLLECT_WALKED_SHARES_H

#include "kernel/bpf/page_walk.h"
#include "model/source.h"

struct walked_shares {
	struct page_walk *walk; /* owned; NULL: not opened yet */
	bool pays;              /* it tells what is wanted, of so much memory that opening it does */
	bool unusable;
};

/* Whether it tells all rows of SMAPS_ROLLUP that are wanted. Swap it only tells where there is none in use. */
bool walked_shares_tell(const struct field_set *wanted);

/* Sets those rows of the process with that number and start. False: the file has to be read. */
bool walked_shares_read(struct walked_shares *shares, uint32_t host_pid, uint64_t boot_ns, struct task *task);

void walked_shares_done(struct walked_shares *shares);

#endif
