/*
 * Swap to compressed memory: a zram device of our own, made through /sys/class/zram-control (since 4.2). Root.
 *
 * Sharp edges: reading hot_add makes a device. Devices that are there already belong to somebody else.
 */
#ifndef KERNEL_ZRAM_SWAP_H
#define KERNEL_ZRAM_SWAP_H

#include <stdint.h>

/* Makes a device; its number. -EOPNOTSUPP: this kernel has no zram, or its module is not loaded. -errno. */
int zram_swap_make(void);

/* Swaps to it, before all other swap. -errno. */
int zram_swap_on(int number, int64_t bytes);

/* Takes everything in it back into memory (-ENOMEM when that does not fit), and removes it. What is gone is fine. */
int zram_swap_remove(int number);

#endif
