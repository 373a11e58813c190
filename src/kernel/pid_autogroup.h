/*
 * /proc/PID/autogroup: "/autogroup-ID nice N", the scheduler's group for the session. World readable; about 5 us a
 * read. Empty for tasks outside of any; no such file without CONFIG_SCHED_AUTOGROUP.
 */
#ifndef KERNEL_PID_AUTOGROUP_H
#define KERNEL_PID_AUTOGROUP_H

#include "fields/task.h"
#include "kernel/units.h"

/* Sets the rows that come from AUTOGROUP; none when the file is empty. -EBADMSG, and nothing set, when it is something
 * else. */
int pid_autogroup_parse(struct span bytes, const struct kernel_units *units, struct task *task);

#endif
