/*
 * /proc/PID/cgroup: a line "number:controllers:path" for each hierarchy; version 2 alone gives one line "0::path".
 * World readable; 7-9 us a read. Zombies of removed groups have " (deleted)" behind the path; a path holds no newline,
 * but may hold ':'. Paths are as the reader's cgroup namespace sees them, and begin with /.. outside of it.
 */
#ifndef KERNEL_PID_CGROUP_H
#define KERNEL_PID_CGROUP_H

#include "fields/task.h"
#include "kernel/units.h"

/* Sets the lines as they are, without the last newline. -EBADMSG, and nothing set, when there is no whole line. */
int pid_cgroup_parse(struct span bytes, const struct kernel_units *units, struct task *task);

#endif
