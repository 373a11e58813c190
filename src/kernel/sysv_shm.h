/*
 * /proc/sysvipc/shm: a heading and a line for each System V shared memory segment of this IPC namespace. World
 * readable.
 *
 * Sharp edges: a segment lives on without any process until it is removed: nattch 0. The pids are those of this pid
 * namespace, or 0. Columns rss and swap since 2.6.32; those are in bytes.
 */
#ifndef KERNEL_SYSV_SHM_H
#define KERNEL_SYSV_SHM_H

#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

struct sysv_shm {
	int64_t key, id, size_bytes, creator_pid, last_pid, attached, uid, gid;
	int64_t rss_bytes, swap_bytes;
};

/* Fills at most `capacity` and gives how many there are. -EBADMSG when the bytes are not such a file. */
int sysv_shm_parse(struct span bytes, struct sysv_shm *ret, size_t capacity);

/* The same of the running machine. -errno; -ENOENT: a kernel without. */
int sysv_shm_read(struct sysv_shm *ret, size_t capacity);

#endif
