/*
 * The main stack of a process, out of /proc/PID/smaps: the mapping "[stack]". Owner or CAP_SYS_PTRACE. Dear: smaps
 * lists every mapping, and the stack is nearly the last.
 */
#ifndef KERNEL_PID_STACK_H
#define KERNEL_PID_STACK_H

#include "fields/task.h"

/* Sets what is of SMAPS. -errno; nothing is set of a task without a stack. */
int pid_stack_read(int pid_dirfd, struct task *task);

/* The same of the bytes of smaps. -EBADMSG when they are no such file. */
int pid_stack_parse(struct span bytes, struct task *task);

#endif
