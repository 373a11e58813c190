/*
 * Which pid namespace a mounted /proc shows: self/ns/pid and the line "NSpid:" of self/status, which lists our numbers
 * from that namespace down to our own. World readable, about 20 us together.
 */
#ifndef KERNEL_PID_NAMESPACE_H
#define KERNEL_PID_NAMESPACE_H

#include "base/span.h"

struct pid_namespace_view {
	bool whole_machine; /* the first namespace: it has every process */
	unsigned levels_up; /* from our own to the one shown */
};

/* -ENOENT when this /proc does not know us: it is of a namespace that we are not in. -EBADMSG. */
int pid_namespace_read(int proc_fd, struct pid_namespace_view *ret);

/* The numbers in the NSpid line. -EBADMSG when there is no such line. */
int pid_namespace_parse(struct span status, unsigned *ret_count);

#endif
