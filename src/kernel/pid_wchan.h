/*
 * /proc/PID/wchan: the kernel function in which the task sleeps, without a newline. World readable, but it says "0"
 * both for a task that does not sleep and to a reader without ptrace rights, and nothing tells the two apart; about 5
 * us a read. There is no such file when the kernel was built without its symbol table.
 */
#ifndef KERNEL_PID_WCHAN_H
#define KERNEL_PID_WCHAN_H

#include "fields/task.h"
#include "kernel/units.h"

/* Sets wchan: "-" where the kernel said 0. Leaves it absent when the file is empty. */
int pid_wchan_parse(struct span bytes, const struct kernel_units *units, struct task *task);

#endif
