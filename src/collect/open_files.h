/* What a process has open. */
#ifndef COLLECT_OPEN_FILES_H
#define COLLECT_OPEN_FILES_H

#include "kernel/pid_fd.h"

/* Shows `visit` each open file of a process of the running machine, or of the tree below `root`. -EACCES: not
 * permitted; -ENOENT, -ESRCH: no such process; -errno. */
int open_files_walk(const char *root, int64_t pid, pid_fd_visit *visit, void *context);

#endif
