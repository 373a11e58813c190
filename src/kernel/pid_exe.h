/*
 * /proc/PID/exe: a symbolic link to the file that is being executed. Owner or CAP_SYS_PTRACE; 3 us. Kernel threads and
 * zombies have none (ENOENT, which does not mean that the task is gone). " (deleted)" is added when the file was
 * removed or replaced; a file's own name may end like that too.
 */
#ifndef KERNEL_PID_EXE_H
#define KERNEL_PID_EXE_H

#include "fields/task.h"
#include "kernel/units.h"

/* Sets exe from the text of the link; leaves it absent when that is empty. */
int pid_exe_parse(struct span bytes, const struct kernel_units *units, struct task *task);

#endif
