/*
 * /proc/PID/fd: a directory with one entry for each open file descriptor. To list it takes the owner or CAP_SYS_PTRACE
 * and time for each entry; since 6.2 the directory's size is the count, for anyone and in 2 us.
 *
 * Sharp edges: on older kernels that size is 0, in a captured tree it is the file system's own: there the entries are
 * counted. A process that shares its descriptors with another shows them in both.
 */
#ifndef KERNEL_PID_FD_H
#define KERNEL_PID_FD_H

#include "fields/task.h"

/* Sets fd_count. -errno. */
int pid_fd_read(int pid_dirfd, struct task *task);

/* Gets one open file: its number, and where its link leads ("" when that may not be seen). Anything but 0 ends the
 * walk. */
typedef int pid_fd_visit(void *context, int number, struct span target);

/* All of them, in the kernel's order. What `visit` ended it with, or -errno. */
int pid_fd_walk(int pid_dirfd, pid_fd_visit *visit, void *context);

#endif
