#include "collect/affinity.h"

#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The kernel calls themselves: they say how many bytes they know of, which the wrappers of libc hide. */
int affinity_get(int32_t tid, struct cpu_set *ret)
{
	for (size_t cpus = 1024; cpus <= CPUS_MAX; cpus *= 2) {
		int r = cpu_set_reserve(ret, cpus);
		if (r < 0)
			return r;
		if (syscall(SYS_sched_getaffinity, tid, ret->count * sizeof *ret->words, ret->words) >= 0)
			return 0;
		if (errno != EINVAL)
			return -errno;
	}
	return -EINVAL;
}

int affinity_set(int32_t tid, const struct cpu_set *cpus)
{
	static const uint64_t none;

	if (syscall(SYS_sched_setaffinity, tid, cpus->count * sizeof *cpus->words, cpus->count ? cpus->words : &none) <
	    0)
		return -errno;
	return 0;
}
