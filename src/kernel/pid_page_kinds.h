/*
 * What is behind each page of a process: /proc/PID/pagemap, and the PAGEMAP_SCAN ioctl on it (since 6.7), which tells
 * the page of zeroes and huge pages apart also for those who may not see frames. Owner or CAP_SYS_PTRACE. About 0.1 us
 * a page.
 *
 * Sharp edges: before 6.7 the page of zeroes looks like PAGE_FILE and huge pages like small ones.
 */
#ifndef KERNEL_PID_PAGE_KINDS_H
#define KERNEL_PID_PAGE_KINDS_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

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

/* `count` pages from the one that holds `address` on: enum page_kind each. -errno. */
int pid_page_kinds_read(pid_t pid, uint64_t address, uint8_t *ret, size_t count);

#endif
