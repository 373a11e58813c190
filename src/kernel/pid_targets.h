/*
 * Where the links /proc/PID/exe and /proc/PID/root lead: the file that is being executed and the root directory, by
 * device and inode, which stay the same whatever the name, and tell a file that was replaced from its successor. Owner
 * or CAP_SYS_PTRACE; 3 us, more where the file lies on a network. Kernel threads and zombies have no exe (ENOENT, which
 * does not mean that the task is gone). In a captured tree the links would lead to files of this machine.
 */
#ifndef KERNEL_PID_TARGETS_H
#define KERNEL_PID_TARGETS_H

#include "fields/task.h"

/* Set exe_device and exe_inode, root_device and root_inode, from the link `path` below `proc_fd`. -errno. */
int pid_exe_target_read(int proc_fd, const char *path, struct task *task);
int pid_root_target_read(int proc_fd, const char *path, struct task *task);

#endif
