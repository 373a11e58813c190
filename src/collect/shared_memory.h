/* Who holds the memory that meminfo calls Shmem, and the space that removed files still take. Of the running machine.
 */
#ifndef COLLECT_SHARED_MEMORY_H
#define COLLECT_SHARED_MEMORY_H

#include "base/arena.h"
#include "kernel/sysv_shm.h"
#include "kernel/tmpfs.h"

enum shared_kind {
	SHARED_SYSV,
	SHARED_MEMFD,
	SHARED_ANONYMOUS, /* MAP_SHARED without a file */
	SHARED_TMPFS,     /* a file of a tmpfs: /dev/shm, /tmp, /run */
	SHARED_REMOVED,   /* a removed file on a disk that is still open: takes no memory, but space there */
	SHARED_KINDS
};

struct shared_object {
	enum shared_kind kind;
	struct span name; /* as the kernel writes it */
	int64_t device_major, device_minor, inode;
	int64_t size_bytes;
	int64_t bytes; /* really taken: RAM and swap; of SHARED_REMOVED, disk */
	bool removed;
	int64_t *pids; /* ascending; of its holders */
	size_t pid_count, pid_capacity;
	const struct sysv_shm *sysv; /* of a SHARED_SYSV that the kernel lists; else NULL */
};

struct shared_memory {
	struct shared_object *objects; /* owned, in no order */
	size_t count, capacity;
	struct tmpfs *mounts; /* owned; each file system once */
	size_t mount_count, mount_capacity;
	struct sysv_shm *sysv; /* owned */
	size_t sysv_count;
	size_t unseen; /* processes whose files or mappings could not be looked at */
	struct arena texts;
};

/* Reads what the kernel lists without processes. -errno. */
int shared_memory_open(struct shared_memory *ret);
void shared_memory_done(struct shared_memory *shared);

/* Looks through the descriptors and mappings of a process; in ascending order of pids. -ENOMEM. */
int shared_memory_add(struct shared_memory *shared, int64_t pid);

/* What all of it takes of Shmem: mounts, and objects that are on none of them. */
int64_t shared_memory_found(const struct shared_memory *shared);

/* Of the files on that mount that processes hold: the bytes, and those that have no name any more. */
void shared_memory_of_mount(const struct shared_memory *shared, const struct tmpfs *mount, int64_t *ret_held,
                            int64_t *ret_removed);

#endif
