/*
 * /proc/PID/smaps: each line of maps, and below it "Key: number kB" lines about that mapping. Owner or CAP_SYS_PTRACE.
 * Dear: the kernel walks every page table of the process (60,000 mappings: 152 ms; 8.7 ms for each GiB in small pages),
 * holding its mmap lock for a page of output at a time.
 *
 * Sharp edges: keys begin with a capital, addresses never do. Rows that a kernel does not know are absent.
 * Numbers are rounded down to KiB line by line, so sums of Pss are up to 1 KiB a mapping lower than in
 * smaps_rollup. THPeligible and ProtectionKey are no amounts.
 */
#ifndef KERNEL_PID_SMAPS_H
#define KERNEL_PID_SMAPS_H

#include "fields/mapping.h"

/* The lines of the last mapping. All mappings of one file have the same ones, so each is first taken for what stood
 * there last time. Begin with zeroes. Only a help: anything is parsed all the same. */
struct smaps_layout {
	unsigned count;
	struct {
		const struct field *field; /* NULL: a key that no row names */
		size_t key_len;
	} lines[64];
};

/*
 * Cuts the next mapping off the front of `rest` and parses it: 1. Sets the rows of MAPS, and those of SMAPS that are
 * in `wanted`. A mapping is whole when the next one begins; with `at_end`, also when nothing follows, and what was cut
 * short is then left out. 0: no whole mapping is left. -EBADMSG: the bytes are not such a file. Texts point into them.
 */
int pid_smaps_next(struct span *rest, bool at_end, const struct field_set *wanted, struct smaps_layout *layout,
                   struct mapping *ret);

#endif
