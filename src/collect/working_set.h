/* What of a process's memory is used within a while: its working set. */
#ifndef COLLECT_WORKING_SET_H
#define COLLECT_WORKING_SET_H

#include <stdint.h>

struct working_set {
	int64_t rss_bytes;
	int64_t referenced_bytes; /* used since the marks were cleared */
	int64_t clear_ns;         /* how long clearing the marks took, and held the mmap lock */
	int64_t read_ns;          /* how long reading them took, likewise */
	int64_t interval_ns;      /* between the two */
};

/* A process of the running machine, held by its directory: it stays the same one, whoever has its number later. */
struct working_set_probe {
	int pid_dirfd;
};

/* -errno: -ENOENT for no such process. */
int working_set_open(int64_t pid, struct working_set_probe *ret);
void working_set_close(struct working_set_probe *probe);

/*
 * Clears the marks, waits, and counts those that are there again. -errno: -ESRCH when the process has ended, -EACCES
 * without the right, -EBADMSG when the kernel does not count references.
 */
int working_set_measure(const struct working_set_probe *probe, int64_t interval_ns, struct working_set *ret);

/* RES now, to say beforehand what measuring will cost. -errno. */
int working_set_rss(const struct working_set_probe *probe, int64_t *ret_bytes);

#endif
