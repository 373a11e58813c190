/* Which CPUs a thread may run on: sched_getaffinity(2), sched_setaffinity(2). */
#ifndef COLLECT_AFFINITY_H
#define COLLECT_AFFINITY_H

#include "base/cpu_set.h"

/*
 * The CPUs that thread `tid` (0: the caller) may run on, out of those that are running, into an empty set. Anyone may
 * ask. -ESRCH: no such thread; -ENOMEM, -errno.
 */
int affinity_get(int32_t tid, struct cpu_set *ret);

/*
 * Lets it run on those of `cpus` that its cpuset allows. Other threads of the process, and children that it has, stay
 * as they are. -EINVAL: none of them is there, or the kernel has bound the thread; -EPERM: it is another user's;
 * -ESRCH, -errno.
 */
int affinity_set(int32_t tid, const struct cpu_set *cpus);

#endif
