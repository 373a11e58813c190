/*
 * The memory controller of a control group: v2 (/sys/fs/cgroup/GROUP/memory.*) or v1
 * (/sys/fs/cgroup/memory/GROUP/memory.*). World readable; about 10 us a file. memory.stat of a large group with many
 * dead children below it costs far more on old kernels (seconds): never read in a default loop.
 *
 * Sharp edges: v2 says "max" and v1 2^63 - 4096 for no limit: both leave the field absent. The root group of v2 has no
 * memory.current and no limit. A container sees its own group as "/" when it has a cgroup namespace.
 * What its tasks wait for (memory.pressure, cpu.pressure, io.pressure) is in v2 alone, as /proc/pressure has it.
 */
#ifndef KERNEL_CGROUP_MEMORY_H
#define KERNEL_CGROUP_MEMORY_H

#include "base/span.h"
#include "fields/cgroup.h"

enum { CGROUP_PATH_BYTES = 1024 };

/* Where the hierarchy of a controller is mounted. */
struct cgroup_mount {
	int version;                     /* 1 or 2 */
	char path[CGROUP_PATH_BYTES];    /* without the leading slash, to be opened below the root directory */
	char subtree[CGROUP_PATH_BYTES]; /* which group the mount shows at its top: "/" for all */
};

/*
 * Finds that of a controller ("memory") in the bytes of /proc/PID/mountinfo: a v1 mount of it goes before v2, which may
 * still be without it. -ENOENT when there is neither.
 */
int cgroup_mount_parse(struct span mountinfo, const char *controller, struct cgroup_mount *ret);

/* The same from proc/self/mountinfo below a root directory. -errno. */
int cgroup_mount_read(int root_dirfd, const char *controller, struct cgroup_mount *ret);

/* The group of a process in that hierarchy, from the bytes of its /proc/PID/cgroup. False when they do not name one. */
bool cgroup_of(const struct cgroup_mount *mount, struct span pid_cgroup, struct span *ret);

/* The group of the calling process in it (of a v1 hierarchy only where that is memory); `buf` keeps its bytes. */
int cgroup_own_read(int root_dirfd, const struct cgroup_mount *mount, char *buf, size_t size, struct span *ret);

/* Reads all rows of one group ("/", "/a/b"). -ENOENT when it is not there or lies outside the mount; -ENAMETOOLONG. */
int cgroup_memory_read(int root_dirfd, const struct cgroup_mount *mount, struct span group, struct cgroup *ret);

/* Sets from one file's bytes the rows whose key names that file. */
void cgroup_memory_parse(int version, const char *file, struct span bytes, struct cgroup *cgroup);

#endif
