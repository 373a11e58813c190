/*
 * /proc/loadavg: "load1 load5 load15 runnable/total last_pid". World readable; 5 us a read.
 *
 * Sharp edges: the loads count threads that wait for a disk too, and in two decimals. total counts threads of the whole
 * machine, whatever hidepid or a PID namespace hides; last_pid is that of the reader's namespace.
 */
#ifndef KERNEL_LOADAVG_H
#define KERNEL_LOADAVG_H

#include "base/files.h"
#include "fields/machine.h"

/* Sets every row that comes from LOADAVG. -EBADMSG, and nothing set, when the bytes are not such a line. */
int loadavg_parse(struct span bytes, struct machine *machine);

/* The same from proc/loadavg below a root directory. -errno. */
int loadavg_read(struct files *files, struct machine *machine);

#endif
