/* What of a file is in the page cache. */
#ifndef COLLECT_CACHED_H
#define COLLECT_CACHED_H

#include "kernel/cachestat.h"

struct cached {
	int64_t size_bytes;
	struct cache_use use;
};

/*
 * Of the regular file `path`, opened for reading without waiting for anything. -errno; -EINVAL when it is no regular
 * file, -ENOSYS before Linux 6.5, -EPERM when the kernel does not tell this user.
 */
int cached_read(const char *path, struct cached *ret);

#endif
