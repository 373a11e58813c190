/*
 * The owner of the folder /proc/PID (and /proc/PID/task/TID): the effective user and group of the task, now. The
 * kernel keeps this promise for the folder alone (fs/proc/base.c, task_dump_owner: "procps and other packages kept
 * stating /proc/pid"); the files in it belong to root when the task may not be dumped. Anyone may ask. 2 us, where
 * reading status costs 7-13. In a captured tree the folder belongs to whoever made it: there status has to be asked.
 */
#ifndef KERNEL_PID_OWNER_H
#define KERNEL_PID_OWNER_H

#include "fields/task.h"

/* Sets euid and egid from the folder `path` below `proc_fd`. -errno. */
int pid_owner_read(int proc_fd, const char *path, struct task *task);

#endif
