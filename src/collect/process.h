/*
 * What can be done to a process, and to that one only: a process is its pid and its start time, and nothing is done to
 * another one that has got the number since.
 */
#ifndef COLLECT_PROCESS_H
#define COLLECT_PROCESS_H

#include <stdint.h>

/*
 * Sends a signal through a pidfd. `started_ns` as in the snapshot that the process was seen in, or -1 for whoever has the
 * number. -ESRCH when that process is gone; else -errno of pidfd_send_signal(2).
 */
int process_signal(int64_t pid, int64_t started_ns, int signal);

/* Sets the nice value. The kernel knows processes by number alone there: the start time is looked at just before. */
int process_renice(int64_t pid, int64_t started_ns, int nice);

#endif
