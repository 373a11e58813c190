/*
 * /proc/PID/ns/NAME: a symbolic link "name:[inode]" for each namespace. Owner or CAP_SYS_PTRACE; 2-3 us a link, eight
 * links. A kernel without a kind of namespace has no such link (time since 5.6, cgroup since 4.6); zombies have lost
 * most of theirs. The text of the link is read, not the inode behind it, so that a captured tree says the same.
 */
#ifndef KERNEL_PID_NS_H
#define KERNEL_PID_NS_H

#include "fields/task.h"

/* Sets the rows that come from NS and have a link. -errno of the first one when none could be read. */
int pid_ns_read(int pid_dirfd, struct task *task);

/* The number in "name:[number]". -EBADMSG when it is something else. */
int pid_ns_parse(struct span link, struct span name, int64_t *ret_inode);

#endif
