/* The lists of things that a machine has: CPUs, swap areas, disks, slabs, pools of huge pages. */
#ifndef COLLECT_LISTS_H
#define COLLECT_LISTS_H

#include "base/files.h"
#include "kernel/units.h"
#include "model/source.h"

enum list { LIST_CPUS, LIST_SWAPS, LIST_DISKS, LIST_SLABS, LIST_HUGE_POOLS, LISTS };

/* How many there were of each: room for as many is made at once. All 0 at the start. */
struct lists {
	size_t seen[LISTS];
};

/*
 * Reads the lists that `request` wants into `snapshot`. With the CPUs come the machine's rows from SYSTEM_STAT. A list
 * that cannot be read is empty, and says why where the snapshot has a place for it. -ENOMEM.
 */
int lists_take(struct lists *lists, struct files *files, const struct kernel_units *units,
               const struct request *request, struct snapshot *snapshot);

#endif
