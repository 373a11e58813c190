/*
 * /proc/PID/fd and /proc/PID/map_files: a link for each open descriptor and for each mapping of a file. Through the
 * link the file itself is reached, also when it was removed or belongs to another mount namespace. fd: the owner or
 * CAP_SYS_PTRACE; to follow map_files takes CAP_SYS_ADMIN or CAP_CHECKPOINT_RESTORE. About 5 us a link.
 *
 * Sharp edges: shared memory without a name is a file too: "/dev/zero (deleted)", "/memfd:NAME (deleted)",
 * "/SYSV00000000 (deleted)". A name may hold any byte, and may itself end in " (deleted)": the count of links decides.
 */
#ifndef KERNEL_PID_OPEN_FILES_H
#define KERNEL_PID_OPEN_FILES_H

#include <stdint.h>

#include "base/span.h"

struct open_file {
	int dirfd;
	const char *link;   /* a descriptor's number, or "start-end" */
	struct span target; /* where it leads, as the kernel writes it; good until the visit returns */
};

/* What the file behind it is. */
struct file_facts {
	int64_t device_major, device_minor, inode;
	int64_t links; /* 0: no name leads to it any more */
	int64_t size_bytes, allocated_bytes;
	bool regular;
	bool in_memory; /* of a tmpfs, or of the kernel's own for memfd and shared memory */
};

typedef int open_file_visit(void *context, const struct open_file *file);

/*
 * Shows `visit` the links below `folder` ("fd" or "map_files") of the process in `pid_dirfd`. What vanishes meanwhile
 * is left out. 0, what `visit` ended it with, or -errno: -EACCES, -EPERM.
 */
int pid_open_files_walk(int pid_dirfd, const char *folder, open_file_visit *visit, void *context);

/* -errno; opens nothing for reading. */
int open_file_facts(const struct open_file *file, struct file_facts *ret);

/* Opens the file itself for reading, waiting for nothing. A descriptor or -errno. */
int open_file_open(const struct open_file *file);

#endif
