/*
 * cachestat(2): what of an open file is in the page cache. Since Linux 6.5; before that it says -ENOSYS, and there is
 * no honest second source: mincore(2) tells a reader without write permission that everything is resident.
 * Cost: a walk of the file's cached pages, about 1 ms for each GiB cached. Needs a descriptor, and since 6.12 of a file
 * that the caller may write or owns; -EPERM otherwise.
 */
#ifndef KERNEL_CACHESTAT_H
#define KERNEL_CACHESTAT_H

#include <stdint.h>

struct cache_use {
	int64_t cached_bytes, dirty_bytes, writeback_bytes;
	int64_t evicted_bytes;          /* were cached once, and were taken */
	int64_t recently_evicted_bytes; /* of these, so lately that reading them again would be a refault */
};

/* Of the whole file behind `fd`. -errno, and `ret` is untouched. */
int cachestat_read(int fd, int64_t page_bytes, struct cache_use *ret);

#endif
