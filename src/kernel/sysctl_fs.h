/*
 * /proc/sys/fs/{dentry-state,file-nr,inode-state}: several numbers on one line each; the row's key is the file's name.
 * World readable; 4 us a read.
 *
 * Sharp edges: dentry-state is "all unused ...", file-nr "allocated free most" (free is 0 since 2.6), inode-state "all
 * free ...". Negative dentries count as unused, too.
 */
#ifndef KERNEL_SYSCTL_FS_H
#define KERNEL_SYSCTL_FS_H

#include "base/files.h"
#include "fields/machine.h"

/* Sets one row from the bytes of its file. -EBADMSG, and nothing set, when they are no such line. */
int sysctl_fs_parse(struct span bytes, unsigned machine_id, struct machine *machine);

/* All of them, below a root directory. -errno of the first when none could be read. */
int sysctl_fs_read(struct files *files, struct machine *machine);

#endif
