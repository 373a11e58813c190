/*
 * Signals to processes, and waiting for their end. A process is held by a descriptor (pidfd), so that a number which is
 * given to another process in between never gets what was meant for the first.
 */
#ifndef COLLECT_SEND_H
#define COLLECT_SEND_H

#include <stdint.h>

/*
 * A descriptor for the process `pid` that started at `started_ns` after boot (TASK_started_ns); -1: for whoever has the
 * number now. -ESRCH: it has ended, perhaps another has its number by now; -ENOSYS: this kernel has none (before 5.3);
 * -errno.
 */
int process_hold(int64_t pid, int64_t started_ns);

/*
 * Sends signal `number` to what process_hold gave, with `value` where it is not NULL, as sigqueue(3) does. -ESRCH: it
 * has ended; -EPERM, -EINVAL, -errno.
 */
int process_send_held(int fd, int number, const int *value);

/*
 * Both in one: what kill(1) does for one process. On kernels without descriptors its start is looked at right before.
 * Numbers below 1 are groups and all, as in kill(2). -errno as above.
 */
int process_send(int64_t pid, int64_t started_ns, int number, const int *value);

/* Waits until the held process has ended, at most `milliseconds` (-1: for ever). 1: it has; 0: not yet; -errno. */
int process_wait_held(int fd, int milliseconds);

/*
 * Has the kernel give back the memory of a held process that is being killed, without waiting until it runs again to
 * do so itself. -EINVAL: it is not being killed; -ENOSYS: before Linux 5.15; -ESRCH: it has none any more; -errno.
 */
int process_release_held(int fd);

#endif
