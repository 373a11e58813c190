/* The nice value of one process. */
#ifndef COLLECT_RENICE_H
#define COLLECT_RENICE_H

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

#endif
