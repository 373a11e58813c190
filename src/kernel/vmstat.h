/*
 * /proc/vmstat: about 190 lines "key number". World readable; 20-40 us a read: the kernel sums counters over all CPUs.
 *
 * Sharp edges: pgpgin and pgpgout are KiB, not pages. The nr_ lines are levels, the others count since boot and may
 * wrap on 32-bit kernels. pgscan_* and pgsteal_* have been split by zone (before 4.8), by who reclaims and by kind of
 * page (5.8): rows whose key a kernel does not print are absent.
 */
#ifndef KERNEL_VMSTAT_H
#define KERNEL_VMSTAT_H

#include "base/files.h"
#include "fields/machine.h"

/* Sets every row that comes from VMSTAT. -EBADMSG, and nothing set, when the bytes are not such a file. */
int vmstat_parse(struct span bytes, struct machine *machine);

/* The same from proc/vmstat below a root directory. -errno. */
int vmstat_read(struct files *files, struct machine *machine);

#endif
