/*
 * /proc/PID/pagemap: 64 bits for each page of the address space, in the order of the addresses. Owner or
 * CAP_SYS_PTRACE; the number of the frame needs CAP_SYS_ADMIN and reads 0 without it. About 0.1 us a page.
 *
 * Sharp edges: a page that was never touched and one that was given back look alike. The zero page is present, and is
 * "file or shared" like any page that is not anonymous.
 */
#ifndef KERNEL_PID_PAGEMAP_H
#define KERNEL_PID_PAGEMAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct page_entry {
	bool present, swapped;
	bool shared;    /* belongs to a file or to shared memory */
	bool exclusive; /* mapped by this process alone; since 4.2 */
	int64_t frame;  /* -1: not present, or not for us to see */
};

/* Out of the 64 bits of one page. */
struct page_entry page_entry_of(uint64_t bits);

/*
 * `count` pages from the one that holds `address` on, of the process in `pid_dirfd`. -errno: -EACCES, -ESRCH; -ERANGE
 * behind the end of the address space.
 */
int pid_pagemap_read(int pid_dirfd, uint64_t address, int64_t page_bytes, struct page_entry *ret, size_t count);

#endif
