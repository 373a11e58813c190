/*
 * /proc/PID/limits: a heading and a line for each resource limit: name, soft limit, hard limit and unit in columns.
 * World readable; about 9 us a read. "unlimited" stands for no limit.
 */
#ifndef KERNEL_PID_LIMITS_H
#define KERNEL_PID_LIMITS_H

#include "fields/task.h"
#include "kernel/units.h"

/* Sets the soft limits that rows from LIMITS name; absent when unlimited. -EBADMSG, and nothing set, when it is no such
 * file. */
int pid_limits_parse(struct span bytes, const struct kernel_units *units, struct task *task);

#endif
