/*
 * ioctl(PROCMAP_QUERY) on an open /proc/PID/maps (kernels since 6.11): what the file says of one mapping, by an address
 * in it. 0.6 us: for a few; to list them all, reading the file is cheaper.
 */
#ifndef KERNEL_PID_PROCMAP_H
#define KERNEL_PID_PROCMAP_H

#include "base/span.h"

struct procmap {
	uint64_t inode;
	uint32_t device_major, device_minor;
	struct span name; /* as it is (in the file a newline is \012); empty when it has none */
};

/*
 * Of the mapping that holds `address`; the name is in `buf`. -ENOTTY: an older kernel; -ENOENT: nothing is mapped there
 * now; -errno.
 */
int pid_procmap_read(int maps_fd, uint64_t address, char *buf, uint32_t size, struct procmap *ret);

#endif
