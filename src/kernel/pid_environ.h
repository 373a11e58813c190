/*
 * /proc/PID/environ: the environment as it was at exec, NAME=value, each ended by a NUL byte. Owner or CAP_SYS_PTRACE;
 * as dear as cmdline for its size, and it is often some kilobytes.
 *
 * Sharp edges: kernel threads give ESRCH (older kernels: an empty file), which does not mean that the task is gone. The
 * process may overwrite these bytes; variables that it sets itself are not seen.
 */
#ifndef KERNEL_PID_ENVIRON_H
#define KERNEL_PID_ENVIRON_H

#include "fields/task.h"
#include "kernel/units.h"

/* Sets the environment as it is, NULs and all; leaves it absent when there is none. */
int pid_environ_parse(struct span bytes, const struct kernel_units *units, struct task *task);

#endif
