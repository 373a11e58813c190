/*
 * /proc/PID/io: seven lines "key: bytes or calls". Owner or CAP_SYS_PTRACE (EACCES at the read, not at the open); 5-7
 * us a read, more with many threads: the file of a process sums them, that of a task does not.
 *
 * Sharp edges: rchar and wchar count what was asked of the calls, pipes and caches included; only read_bytes and
 * write_bytes are traffic with storage, and the latter is counted when a page is dirtied. cancelled_write_bytes takes
 * such pages back again.
 */
#ifndef KERNEL_PID_IO_H
#define KERNEL_PID_IO_H

#include "fields/task.h"
#include "kernel/units.h"

/* Sets every row that comes from IO. -EBADMSG, and nothing set, when the bytes are not such a file. */
int pid_io_parse(struct span bytes, const struct kernel_units *units, struct task *task);

#endif
