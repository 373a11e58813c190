/*
 * The file systems that live in memory: the tmpfs lines of /proc/self/mountinfo, "ID parent major:minor root point
 * options ... - type source options", and statfs(2) of their mount points. World readable. Only mounts that this
 * process's mount namespace has.
 *
 * Sharp edges: one file system may be mounted at several points: they have the same device. A point may be hidden below
 * another mount: statfs then tells of that one.
 */
#ifndef KERNEL_TMPFS_H
#define KERNEL_TMPFS_H

#include "base/arena.h"

struct tmpfs {
	struct span point; /* in the arena */
	int64_t device_major, device_minor;
	int64_t used_bytes, limit_bytes; /* filled in by tmpfs_read; -1: not known; limit 0: none */
};

/* Gets a mount. Anything but 0 ends the walk. */
typedef int tmpfs_visit(void *context, const struct tmpfs *mount);

/* Shows `visit` each mount of type tmpfs or devtmpfs in the order of the file. 0, what `visit` gave, or -ENOMEM. */
int tmpfs_parse(struct span mountinfo, struct arena *arena, tmpfs_visit *visit, void *context);

/* The same of the running machine, with what is used. -errno. */
int tmpfs_read(struct arena *arena, tmpfs_visit *visit, void *context);

#endif
