#include "kernel/cachestat.h"

#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef SYS_cachestat
#define SYS_cachestat 451 /* the same on every architecture */
#endif

/* As in linux/mman.h, which is newer than Debian 12's headers. */
struct range {
	uint64_t offset, length;
};

struct counts {
	uint64_t cached, dirty, writeback, evicted, recently_evicted;
};

int cachestat_read(int fd, int64_t page_bytes, struct cache_use *ret)
{
	struct range whole = { 0, 0 }; /* length 0: to the end */
	struct counts pages;

	if (syscall(SYS_cachestat, fd, &whole, &pages, 0U) < 0)
		return -errno;
	*ret = (struct cache_use){
		.cached_bytes = (int64_t)pages.cached * page_bytes,
		.dirty_bytes = (int64_t)pages.dirty * page_bytes,
		.writeback_bytes = (int64_t)pages.writeback * page_bytes,
		.evicted_bytes = (int64_t)pages.evicted * page_bytes,
		.recently_evicted_bytes = (int64_t)pages.recently_evicted * page_bytes,
	};
	return 0;
}
