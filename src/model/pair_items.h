/* What single CPUs and disks did between two moments: the DERIVED rows of cpu.def and disk.def. */
#ifndef MODEL_PAIR_ITEMS_H
#define MODEL_PAIR_ITEMS_H

#include "model/cpu_times.h"
#include "model/view.h"

/*
 * The shares of one CPU of `view->now`, or with NULL of all that are online in both moments together, in the order of
 * enum cpu_use. False, nothing changed, without a moment before, or when the CPU was not online then. A CPU without
 * ticks (nohz) that gained no time at all has been idle.
 */
bool pair_cpu_shares(const struct view *view, const struct cpu *cpu, int64_t ret[CPU_TIMES]);

/* A DERIVED field of a CPU. */
bool pair_cpu(const struct view *view, const struct cpu *cpu, unsigned cpu_id, int64_t *ret);

/*
 * A DERIVED field of a disk of `view->now`; one that was not there before began with 0. False, nothing changed, without
 * a moment before, when a counter went back, and for means of no requests.
 */
bool pair_disk(const struct view *view, const struct disk *disk, unsigned disk_id, int64_t *ret);

/* Whether a disk counts in sums: neither a partition nor made of other disks. */
bool pair_disk_counts(const struct disk *disk);

/* The sum of a rate over all whole disks, those apart that are made of other ones. False when none has it. */
bool pair_disks(const struct view *view, unsigned disk_id, int64_t *ret);

#endif
