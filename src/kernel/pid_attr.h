/*
 * /proc/PID/attr/current: the label of the security module: SELinux ends it with a NUL, AppArmor with a newline. World
 * readable as a rule; about 5 us a read. EINVAL without such a module.
 */
#ifndef KERNEL_PID_ATTR_H
#define KERNEL_PID_ATTR_H

#include "fields/task.h"
#include "kernel/units.h"

/* Sets the label without its end mark; leaves it absent when it is empty. */
int pid_attr_parse(struct span bytes, const struct kernel_units *units, struct task *task);

#endif
