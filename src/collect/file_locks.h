/* The locks that a process holds on files, or waits for. */
#ifndef COLLECT_FILE_LOCKS_H
#define COLLECT_FILE_LOCKS_H

#include "kernel/locks.h"

/* `path` is empty where the process has the file not open, or that may not be seen. Good until it returns. */
typedef void file_lock_visit(void *context, const struct file_lock *lock, struct span path);

/* Shows `visit` those of one process of the running machine. -ENOENT: a kernel without /proc/locks; -errno. */
int file_locks_walk(int64_t pid, file_lock_visit *visit, void *context);

#endif
