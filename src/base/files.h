/* A folder with files that are read again and again: those of the kernel may stay open, and are read anew through that.
 */
#ifndef BASE_FILES_H
#define BASE_FILES_H

#include "base/buffer.h"

enum { FILES_KEPT = 32, FILES_PATH = 64 };

struct files {
	int dirfd; /* the caller's, or AT_FDCWD */
	bool keep; /* files stay open: only for files whose content the kernel makes when it is read */
	size_t count;
	struct kept_file {
		char path[FILES_PATH];
		int fd;
	} kept[FILES_KEPT];
	struct buffer bytes; /* of the last one */
};

/*
 * Reads `path` whole: at most `limit` bytes (-EFBIG beyond), which are good until the next call. One that stayed open
 * and can no longer be read is opened again. -errno.
 */
int files_read(struct files *files, const char *path, size_t limit, struct span *ret);

/* Closes what was kept. */
void files_done(struct files *files);

#endif
