/*
 * /proc/buddyinfo: a line a zone, "Node 0, zone   Normal   12   7 ...": how many free blocks of 2^0, 2^1, ... pages it
 * has. World readable; some microseconds a read.
 *
 * Sharp edges: pages in the CPUs' own lists are free and in no block, and on kernels that initialise memory late so are
 * those that nobody has needed yet: the sum may be far below MemFree. How many columns there are depends on the kernel.
 */
#ifndef KERNEL_BUDDYINFO_H
#define KERNEL_BUDDYINFO_H

#include <stdint.h>

#include "base/span.h"

enum { BUDDY_ORDERS = 24 };

struct buddy {
	int orders;                   /* so many sizes of blocks */
	int64_t blocks[BUDDY_ORDERS]; /* free ones of 2^n pages, over all zones */
};

/* -EBADMSG, and nothing set, when the bytes are not such a file. */
int buddyinfo_parse(struct span bytes, struct buddy *ret);

/* The same from proc/buddyinfo below a root directory. -errno. */
int buddyinfo_read(int root_dirfd, struct buddy *ret);

#endif
