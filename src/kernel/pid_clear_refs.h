/*
 * /proc/PID/clear_refs: writing 1 takes the "used" mark off every page of the process; smaps says later which have it
 * again (Referenced). Owner or CAP_SYS_PTRACE. Costs a walk of all page tables under the mmap lock, about 5 ms for
 * each GiB in small pages; the kernel's reclaim reads the same marks, so for a while it knows less about what is hot.
 * The TLB is not flushed: a page whose translation a CPU still holds may be used without being marked, up to some
 * thousand pages, until other ones push it out.
 */
#ifndef KERNEL_PID_CLEAR_REFS_H
#define KERNEL_PID_CLEAR_REFS_H

/* `pid_dirfd`: the process's directory. -errno: -ESRCH when it has gone, -EACCES without the right. */
int pid_clear_refs(int pid_dirfd);

#endif
