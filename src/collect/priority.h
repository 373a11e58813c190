/* How a process is scheduled, and its input and output: setpriority(2), sched_setscheduler(2), ioprio_set(2). */
#ifndef COLLECT_PRIORITY_H
#define COLLECT_PRIORITY_H

#include <stdint.h>

/*
 * Sets the nice value of the process `pid` that started at `started_ns` (-1: whoever has the number now). The kernel
 * knows processes by number alone there, so the start is looked at right before. -ESRCH when that process has ended;
 * -EACCES, -EPERM: not without CAP_SYS_NICE; -errno.
 */
int process_renice(int64_t pid, int64_t started_ns, int nice);

/*
 * The nice value of the autogroup (/proc/PID/autogroup) that the process is in: -20 to 19. -ENOENT: this kernel has no
 * autogroups, or the process has ended; -EPERM: a lower one is not for everybody; -EAGAIN: too soon after the last
 * time; else as above.
 */
int process_renice_group(int64_t pid, int64_t started_ns, int nice);

/* As the kernel numbers them. NONE: by the nice value. */
enum io_class { IO_CLASS_NONE, IO_CLASS_REALTIME, IO_CLASS_BEST_EFFORT, IO_CLASS_IDLE };

/*
 * The first thread of the process `pid` that started at `started_ns` (-1: whoever has the number now) gets that
 * scheduling policy (SCHED_...), with a `priority` of 1 to 99 for SCHED_FIFO and SCHED_RR, else 0. -ESRCH: it has
 * ended; -EPERM: not without CAP_SYS_NICE; -EINVAL, -errno.
 */
int process_schedule(int64_t pid, int64_t started_ns, int policy, int priority);

/* The same for its disk traffic: `level` is 0, the highest, to 7, of realtime and best effort. */
int process_io_priority(int64_t pid, int64_t started_ns, enum io_class class, int level);

#endif
