/* What of a file is in the page cache. */
#ifndef COLLECT_CACHED_H
#define COLLECT_CACHED_H

#include <stdbool.h>

#include "base/arena.h"
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

/* Of the files that a process has open or mapped. */
struct cached_files {
	struct cached_file {
		int64_t device_major, device_minor, inode;
		struct span name; /* as the kernel writes it */
		struct cached cached;
	} * files; /* owned; each once, most cached first */
	size_t count, capacity;
	size_t untold;       /* of which the kernel does not tell this user */
	bool mapped_are_out; /* what is only mapped could not be looked at: that takes root */
	struct arena names;
};

/* -errno: -ENOENT for no such process, -EACCES for one of another user, -ENOSYS before Linux 6.5. */
int cached_of_process(int64_t pid, struct cached_files *ret);
void cached_files_done(struct cached_files *files);

#endif
