/*
 * /proc/stat: a line "cpu" with the times of all CPUs, a line "cpuN" for each that is online, then single counters.
 * World readable. 20 us here; on machines with many CPUs and interrupts up to milliseconds, as the kernel sums each
 * interrupt.
 *
 * Sharp edges: times are in ticks (USER_HZ). user contains guest, nice contains guest_nice. idle and iowait may step
 * back. Offline CPUs have no line, so the numbers have gaps and "cpuN" is not the N-th line. The line of all CPUs still
 * has the time of those that went offline. intr and softirq: the first number is the total.
 */
#ifndef KERNEL_SYSTEM_STAT_H
#define KERNEL_SYSTEM_STAT_H

#include "base/files.h"
#include "fields/cpu.h"
#include "fields/machine.h"
#include "kernel/units.h"

/*
 * Sets the machine's rows that come from SYSTEM_STAT and fills at most `capacity` CPUs in the file's order; gives how
 * many are online in all. Old kernels print fewer columns: those times are absent. -EBADMSG, and nothing set, when the
 * bytes are not such a file.
 */
int system_stat_parse(struct span bytes, const struct kernel_units *units, struct machine *machine, struct cpu *cpus,
                      size_t capacity);

/* The same from proc/stat below a root directory. -errno. */
int system_stat_read(struct files *files, const struct kernel_units *units, struct machine *machine, struct cpu *cpus,
                     size_t capacity);

#endif
