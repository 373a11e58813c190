/*
 * /proc/uptime: seconds since boot and idle seconds of all CPUs together, two decimals each. World readable; 5 us a
 * read.
 *
 * Sharp edges: the first is CLOCK_BOOTTIME: it runs on while the machine sleeps, and is the time namespace's. Idle time
 * is the sum over CPUs, so it may exceed the first.
 */
#ifndef KERNEL_UPTIME_H
#define KERNEL_UPTIME_H

#include "base/files.h"
#include "fields/machine.h"

/* Sets every row that comes from UPTIME. -EBADMSG, and nothing set, when the bytes are not such a line. */
int uptime_parse(struct span bytes, struct machine *machine);

/* The same from proc/uptime below a root directory. -errno. */
int uptime_read(struct files *files, struct machine *machine);

#endif
