/* The mappings of one process by eBPF, where it has so many that it pays. A build without eBPF never does it. */
#ifndef COLLECT_MAPPING_BPF_H
#define COLLECT_MAPPING_BPF_H

#include "built_with.h"
#include "model/source.h"

struct mapping_walk {
	int proc_fd, maps_fd; /* maps of that process, open for reading */
	int64_t pid;
	mapping_visit *visit;
	void *context;
	uint64_t from; /* those below this address have been shown */
};

#if WITH_BPF
/* Shows the rest. False when that cannot be done, or not to the end: `from` is then where to go on. */
bool mapping_bpf_walk(struct mapping_walk *walk, int *ret);
#else
static inline bool mapping_bpf_walk(struct mapping_walk *walk, int *ret)
{
	(void)walk;
	(void)ret;
	return false;
}
#endif

#endif
