/* Who is there: the numbers below /proc, and below /proc/PID/task. */
#ifndef COLLECT_LISTING_H
#define COLLECT_LISTING_H

#include "collect/entry.h"
#include "model/source.h"

/*
 * Fills `ret` (empty) with the processes that `request` wants, in the order of their numbers: all, or those of its pids
 * that exist. -errno when `proc_fd` cannot be listed; a process that goes away while its threads are listed has none.
 */
int listing_read(int proc_fd, const struct request *request, struct entries *ret);

#endif
