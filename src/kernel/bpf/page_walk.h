/*
 * Resident, private, written and proportional parts of a process's memory by eBPF, out of its page tables: what
 * smaps_rollup and smaps say, for a third of their CPU time (4 ms for each GiB) and without the lock that they hold up
 * the process with. Needs x86-64 with tables of four levels, what the walk of tasks.h needs, and root's rights. 2-3 ms
 * to open: it is only given out after it has counted the reader itself as smaps_rollup does.
 *
 * Sharp edges: a process that changes its mappings meanwhile may be counted wrong. Who asks for whole processes has to
 * compare the sum with what statm says. What the tables do not tell is answered with PAGES_ELSEWHERE: swap, hugetlb,
 * device memory. It asks for no right to look into the process: the caller has to have it.
 */
#ifndef KERNEL_BPF_PAGE_WALK_H
#define KERNEL_BPF_PAGE_WALK_H

#include <stddef.h>
#include <stdint.h>

#include "base/why.h"
#include "fields/task.h"
#include "kernel/bpf/page_sum.h"

struct page_walk;

/* -errno with a reason: -ENOTSUP where tables are not what is expected, -EBADMSG where numbers are not. */
int page_walk_open(struct page_walk **ret, struct why *why);

/*
 * Answers `count` questions: host_pid, boot_ns, start and end are set, all else is 0. A range of 0 to ADDRESSES_END is
 * the whole process. -errno, and then nothing is answered.
 */
int page_walk_read(struct page_walk *walk, struct page_sum *asked, size_t count);

/* Pages that were counted; and their proportional part in bytes, rounded down to KiB as the kernel does. */
int64_t page_sum_resident(const struct page_sum *sum);
int64_t page_sum_part_bytes(const struct page_sum *sum);

/* Sets the rows of SMAPS_ROLLUP that a sum tells: Rss, Pss, Shared_* and Private_*. */
void page_sum_fill(const struct page_sum *sum, struct task *task);

/* Accepts NULL. */
void page_walk_close(struct page_walk *walk);

#endif
