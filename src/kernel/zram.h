/*
 * /sys/block/zramN/mm_stat: what a compressed RAM disk holds, one line of numbers. Anyone may read it. orig_data_size
 * is what was written to it, before compression; mem_used_total all RAM that it takes for that, its own waste included.
 * meminfo counts this RAM nowhere by name, and SwapFree knows only the first number. Since Linux 4.2.
 */
#ifndef KERNEL_ZRAM_H
#define KERNEL_ZRAM_H

#include "fields/swap.h"

/* -EBADMSG, and nothing is changed. */
int zram_parse(struct span bytes, struct swap *area);

/* Of the area whose name is that of a zram device. -ENOENT for any other; -errno. */
int zram_read(int root_dirfd, struct swap *area);

#endif
