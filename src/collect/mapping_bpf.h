/* Mappings by eBPF, where there are so many that it pays. A build without eBPF never does it. */
#ifndef COLLECT_MAPPING_BPF_H
#define COLLECT_MAPPING_BPF_H

#include "built_with.h"
#include "model/source.h"

struct mapping_walk {
	int proc_fd, maps_fd; /* maps of that process, open for reading */
	int64_t pid;
	const struct field_set *wanted;
	mapping_visit *visit;
	void *context;
	uint64_t from; /* those below this address have been shown */
};

#if WITH_BPF
/* Shows the rest. False when that cannot be done, or not to the end: `from` is then where to go on. */
bool mapping_bpf_walk(struct mapping_walk *walk, int *ret);

/* As source_mapped_files(). False, and nothing is shown, when that cannot be done. */
bool mapping_bpf_files(int proc_fd, mapped_file_visit *visit, void *context, int *ret);
#else
static inline bool mapping_bpf_walk(struct mapping_walk *walk, int *ret)
{
	(void)walk;
	(void)ret;
	return false;
}

static inline bool mapping_bpf_files(int proc_fd, mapped_file_visit *visit, void *context, int *ret)
{
	(void)proc_fd;
	(void)visit;
	(void)context;
	(void)ret;
	return false;
}
#endif

#endif
