/*
 * /proc/PID/cmdline: the arguments, each ended by a NUL byte. World readable; 5-8 us a read; it reads the process's own
 * memory, so it can wait for that process's mmap lock and for its swapped pages.
 *
 * Sharp edges: the process may overwrite it with any bytes, with or without NULs, and many leave a long tail of NULs
 * behind (setproctitle). Kernel threads and zombies have none: the file is empty. It can be megabytes long.
 */
#ifndef KERNEL_PID_CMDLINE_H
#define KERNEL_PID_CMDLINE_H

#include "fields/task.h"
#include "kernel/units.h"

/* Sets the command line as it is, NULs and all; leaves it absent when there is none. */
int pid_cmdline_parse(struct span bytes, const struct kernel_units *units, struct task *task);

#endif
