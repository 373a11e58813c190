/* The one place that reads kernel files and writes them. All are read whole in one go: one read gives one moment. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <dirent.h>
#include <sys/types.h>

#include "base/buffer.h"
#include "base/span.h"

/*
 * Reads `path` below `dirfd` (or AT_FDCWD) whole into `buf`. Returns 0 and the bytes read, or -errno (-EFBIG when it
 * does not fit).
 */
int file_read(int dirfd, const char *path, char *buf, size_t size, struct span *ret);

/* The same through a descriptor that is kept open: from offset 0, with one pread(2) where it fits. */
int file_reread(int fd, char *buf, size_t size, struct span *ret);

/* The same for a file of any length, at most `limit` bytes (-EFBIG beyond), in place of what `buffer` held. */
int file_reslurp(int fd, size_t limit, struct buffer *buffer, struct span *ret);

/* Appends a file of any length, at most `limit` bytes (-EFBIG beyond), to `buffer`; gives back what was appended. */
int file_slurp(int dirfd, const char *path, size_t limit, struct buffer *buffer, struct span *ret);

/* Reads where symbolic link `path` points to. -ENAMETOOLONG when it does not fit. */
int file_link(int dirfd, const char *path, char *buf, size_t size, struct span *ret);

/* Opens a folder for readdir(3); -errno. closedir(3) is all that it takes in the end. */
int file_folder(int dirfd, const char *path, DIR **ret);

/* Writes `text` into a file of the kernel that is there, with one write(2): it takes that as one value. -errno. */
int file_set(int dirfd, const char *path, const char *text);

/* Writes all of `bytes`, however many writes that takes. -errno. */
int file_write(int fd, struct span bytes);

/* Makes `bytes` the whole of a file of ours, which is created with `mode` where there is none. -errno. */
int file_save(const char *path, mode_t mode, struct span bytes);

#endif
