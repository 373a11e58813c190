/*
 * /proc/PID/cwd: a symbolic link to the directory the process works in. Owner or CAP_SYS_PTRACE; 3 us. Kernel threads
 * stand in "/"; zombies have none (ENOENT, which does not mean that the task is gone). " (deleted)" is added when the
 * directory was removed; a directory's own name may end like that too.
 */
#ifndef KERNEL_PID_CWD_H
#define KERNEL_PID_CWD_H

#include "fields/task.h"
#include "kernel/units.h"

/* Sets cwd from the text of the link; leaves it absent when that is empty. */
int pid_cwd_parse(struct span bytes, const struct kernel_units *units, struct task *task);

#endif
