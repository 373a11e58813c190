/* Where the pages of a process are: in RAM and in which frame, swapped out, or nowhere. */
#ifndef COLLECT_PAGES_H
#define COLLECT_PAGES_H

#include "kernel/pid_pagemap.h"

/* As pid_pagemap_read(), of a process of the running machine; -ENOENT when there is none. */
int pages_read(int64_t pid, uint64_t address, struct page_entry *ret, size_t count);

#endif
