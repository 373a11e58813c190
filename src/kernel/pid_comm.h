/*
 * /proc/PID/comm: the name of the program and a newline. World readable; the cheapest text, about 4 us a read.
 *
 * Sharp edges: the name may hold any byte, newlines too, so only the last newline ends it. It is at most 15 bytes; for
 * kernel workers the kernel adds what they work on, as stat does too. Kernels before 4.18 escape newlines and
 * backslashes here.
 */
#ifndef KERNEL_PID_COMM_H
#define KERNEL_PID_COMM_H

#include "fields/task.h"
#include "kernel/units.h"

/* Sets comm. -EBADMSG, and nothing set, without the newline at the end. */
int pid_comm_parse(struct span bytes, const struct kernel_units *units, struct task *task);

#endif
