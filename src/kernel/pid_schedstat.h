/*
 * /proc/PID/schedstat: time on a CPU, time waiting for one (both ns) and the number of time slices. World readable; 5-6
 * us a read. Of this one thread alone, also in the directory of the process. Reads 0 0 0 when the kernel has no
 * scheduler statistics.
 */
#ifndef KERNEL_PID_SCHEDSTAT_H
#define KERNEL_PID_SCHEDSTAT_H

#include "fields/task.h"
#include "kernel/units.h"

/* Sets every row that comes from SCHEDSTAT. -EBADMSG, and nothing set, when the bytes are not such a line. */
int pid_schedstat_parse(struct span bytes, const struct kernel_units *units, struct task *task);

#endif
