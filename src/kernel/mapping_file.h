/* The mappings of one process, read from maps or smaps piece by piece: a file of any length in a buffer of one size. */
#ifndef KERNEL_MAPPING_FILE_H
#define KERNEL_MAPPING_FILE_H

#include "kernel/pid_smaps.h"

struct mapping_file {
	int fd;
	bool smaps, at_end;
	struct field_set wanted;
	struct smaps_layout layout;
	char *bytes; /* owned */
	size_t size, start, end;
};

/* Whether one of the rows is of smaps, and maps does not tell it. */
bool mapping_wants_smaps(const struct field_set *wanted);

/*
 * Opens maps of the process in `pid_dirfd`, or smaps when a row of SMAPS is `wanted`. -errno: -EACCES without the right
 * to see them, -ENOENT or -ESRCH when the process is gone, -ENOMEM. Closed with mapping_file_done.
 */
int mapping_file_open(int pid_dirfd, const struct field_set *wanted, struct mapping_file *ret);

/* The next mapping, by address: 1; 0: that was the last one. -EBADMSG, -EFBIG (a name of many KiB), -ENOMEM, -errno of
 * read(2). Texts are good until the next call. */
int mapping_file_next(struct mapping_file *file, struct mapping *ret);

void mapping_file_done(struct mapping_file *file);

#endif
