/*
 * How /proc is mounted: its line in self/mountinfo, "ID parent major:minor root point options ... - proc source
 * options". With hidepid, what an ordinary reader could not trace is hidden from him. World readable.
 */
#ifndef KERNEL_PROC_MOUNT_H
#define KERNEL_PROC_MOUNT_H

#include <stdbool.h>

#include "base/span.h"

/* Whether the proc file system of that device is mounted with hidepid. False when it is not found. */
bool proc_mount_hides(struct span mountinfo, unsigned major, unsigned minor);

/* The same of `proc_fd`. -errno. */
int proc_mount_read(int proc_fd, bool *ret_hides);

#endif
