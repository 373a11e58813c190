/* The table that one eBPF program makes. A build without it says so. */
#ifndef COLLECT_BPF_H
#define COLLECT_BPF_H

#include <errno.h>

#include "built_with.h"
#include "collect/table.h"

#if WITH_BPF
/* -errno with a reason. The first list will be for `request`, or whatever (NULL); `proc_fd` stays the caller's, and
 * open. */
int table_bpf_new(const struct table_options *options, int proc_fd, const struct request *request, struct table **ret,
                  struct why *why);

/* Whether trying may succeed at all; costs next to nothing. */
int table_bpf_allowed(struct why *why);

/* About what the first list costs more than the processes in it, in microseconds. */
unsigned table_bpf_start_us(void);

/* Adds the fields that it gives. */
void table_bpf_fields(struct field_set *set);
#else
static inline int table_bpf_allowed(struct why *why)
{
	return why_not(why, -ENOSYS, "built without eBPF");
}

static inline unsigned table_bpf_start_us(void)
{
	return 0;
}

static inline void table_bpf_fields(struct field_set *set)
{
	(void)set;
}

static inline int table_bpf_new(const struct table_options *options, int proc_fd, const struct request *request,
                                struct table **ret, struct why *why)
{
	(void)options;
	(void)proc_fd;
	(void)request;
	(void)ret;
	return table_bpf_allowed(why);
}
#endif

#endif
