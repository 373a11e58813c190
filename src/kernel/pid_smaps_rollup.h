/*
 * /proc/PID/smaps_rollup: the sums over all mappings, "Key: number kB". Owner or CAP_SYS_PTRACE (EACCES at the open).
 * Since 4.14.
 *
 * Dear: the kernel walks every page table of the process under its mmap lock, so a big process takes milliseconds
 * (60,000 mappings: 19 ms) and may be held up by it; 15-20 us for tiny ones. Read one by one, and never all of them by
 * surprise.
 *
 * Sharp edges: kernel threads give ESRCH, which does not mean that the task is gone. Rows that a kernel does not know
 * are absent (Pss_Anon, Pss_File and Pss_Shmem since 5.4, Pss_Dirty since 6.0). Each line is rounded down to KiB by
 * itself.
 */
#ifndef KERNEL_PID_SMAPS_ROLLUP_H
#define KERNEL_PID_SMAPS_ROLLUP_H

#include "fields/task.h"
#include "kernel/units.h"

/* Sets every row that comes from SMAPS_ROLLUP. -EBADMSG, and nothing set, when the bytes are not such a file. */
int pid_smaps_rollup_parse(struct span bytes, const struct kernel_units *units, struct task *task);

#endif
