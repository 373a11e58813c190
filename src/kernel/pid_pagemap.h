/*
 * /proc/PID/pagemap: 64 bits for each page of the address space, in the order of the addresses; and the PAGEMAP_SCAN
 * ioctl on it (since 6.7). Owner or CAP_SYS_PTRACE; the number of the frame needs CAP_SYS_ADMIN and reads 0 without it.
 * About 0.1 us a page.
 *
 * Sharp edges: a page that was never touched and one that was given back look alike. The page of zeroes is present, and
 * is "file or shared" like any page that is not anonymous; only the scan tells it, and huge pages, apart.
 */
#ifndef KERNEL_PID_PAGEMAP_H
#define KERNEL_PID_PAGEMAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum page_kind {
	PAGE_ABSENT,
	PAGE_ZERO, /* the one page of zeroes */
	PAGE_OWN,
	PAGE_SHARED, /* anonymous, and mapped by others too */
	PAGE_FILE,   /* of a file or of shared memory */
	PAGE_SWAPPED,
	PAGE_HUGE, /* in an entry of 2 MiB */
	PAGE_KINDS
};

struct page_entry {
	bool present, swapped;
	bool shared;         /* belongs to a file or to shared memory */
	bool exclusive;      /* mapped by this process alone; since 4.2 */
	enum page_kind kind; /* PAGE_ZERO and PAGE_HUGE: only after pid_pagemap_scan */
	int64_t frame;       /* -1: not present, or not for us to see */
};

/* Out of the 64 bits of one page. */
struct page_entry page_entry_of(uint64_t bits);

/*
 * `count` pages from the one that holds `address` on, of the process in `pid_dirfd`. -errno: -EACCES, -ESRCH; -ERANGE
 * behind the end of the address space.
 */
int pid_pagemap_read(int pid_dirfd, uint64_t address, int64_t page_bytes, struct page_entry *ret, size_t count);

/* Marks pages of zeroes and huge pages among those that were read. -ENOTTY before 6.7. */
int pid_pagemap_scan(int pid_dirfd, uint64_t address, int64_t page_bytes, struct page_entry *entries, size_t count);

/* Gets pages of one kind, which is never PAGE_ABSENT, beside each other. Anything but 0 ends the walk. */
typedef int page_run_visit(void *context, uint64_t start, uint64_t end, enum page_kind kind);

/*
 * Shows `visit` the pages that are there between two addresses, by address. Where the kernel scans, what is not there
 * costs nothing; before 6.7 each page of it costs as much as one that is. Gives 0, or what `visit` ended it with, or
 * -errno as pid_pagemap_read().
 */
int pid_pagemap_runs(int pid_dirfd, uint64_t start, uint64_t end, int64_t page_bytes, page_run_visit *visit,
                     void *context);

#endif
