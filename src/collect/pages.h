/* Where the pages of a process are: in RAM and in which frame, swapped out, or nowhere. */
#ifndef COLLECT_PAGES_H
#define COLLECT_PAGES_H

#include "kernel/frames.h"
#include "kernel/pid_pagemap.h"

/*
 * As pid_pagemap_read(), of a process of the running machine; -ENOENT when there is none. Before Linux 6.7 the page of
 * zeroes is PAGE_FILE, and huge pages are like small ones.
 */
int pages_read(int64_t pid, uint64_t address, struct page_entry *ret, size_t count);

/* As pid_pagemap_runs(). */
int pages_walk(int64_t pid, uint64_t start, uint64_t end, page_run_visit *visit, void *context);

/* As frame_read(), of the running machine. */
int pages_frame(int64_t frame, struct frame *ret);

#endif
