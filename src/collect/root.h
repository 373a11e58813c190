/* Where the machine is looked at: the running one, or a captured tree. */
#ifndef COLLECT_ROOT_H
#define COLLECT_ROOT_H

#include <stdint.h>

/*
 * Opens "/" for NULL, else the tree `root`: the first moment of one that has time steps. An O_PATH descriptor to be
 * closed, or -1 with errno.
 */
int root_open_first(const char *root);

/* Opens the folder of a process of the running machine: an O_PATH descriptor to be closed. -errno. */
int root_open_process(int64_t pid);

#endif
