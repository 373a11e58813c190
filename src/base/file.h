/* The one place that reads kernel files. All are read whole in one go: one read gives one moment. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/buffer.h"
#include "base/span.h"

/*
 * Reads `path` below `dirfd` (or AT_FDCWD) whole into `buf`. Returns 0 and the bytes read, or -errno (-EFBIG when it
 * does not fit).
 */
int file_read(int dirfd, const char *path, char *buf, size_t size, struct span *ret);

/* The same through a descriptor that is kept open: from offset 0, with one pread(2) where it fits. */
int file_reread(int fd, char *buf, size_t size, struct span *ret);

/* Appends a file of any length, at most `limit` bytes (-EFBIG beyond), to `buffer`; gives back what was appended. */
int file_slurp(int dirfd, const char *path, size_t limit, struct buffer *buffer, struct span *ret);

/* Reads where symbolic link `path` points to. -ENAMETOOLONG when it does not fit. */
int file_link(int dirfd, const char *path, char *buf, size_t size, struct span *ret);

#endif
