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

/* Sets the nice value of the group that the process is in. `pid_dirfd`: its directory. -EINVAL beyond -20 to 19; -EPERM
 * for a lower one; -EAGAIN when it was set less than 0.1 s ago by somebody without CAP_SYS_ADMIN; -ENOENT, -ESRCH. */
int pid_autogroup_write(int pid_dirfd, int nice);

#endif
