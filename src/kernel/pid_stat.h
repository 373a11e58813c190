/*
 * /proc/PID/stat: one line of 52 fields. World readable; 7-9 us a read, 3-5 us through a kept descriptor, more with
 * many threads.
 *
 * Sharp edges: the name in field 2 may hold any byte, so it ends at the *last* ')'. Field 24 (rss) is not summed over
 * the per-CPU counters on kernels since 6.2 and is therefore not read: RES comes from statm or status. Times are in
 * ticks. Faults and times are of all threads; addresses are 0 or 1 without ptrace rights, and so left absent.
 */
#ifndef KERNEL_PID_STAT_H
#define KERNEL_PID_STAT_H

#include "fields/task.h"
#include "kernel/units.h"

/* Sets every task row that comes from STAT. -EBADMSG, and nothing set, when the bytes are not a whole stat line. */
int pid_stat_parse(struct span bytes, const struct kernel_units *units, struct task *task);

#endif
