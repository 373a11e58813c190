/*
 * /proc/diskstats: a line for each block device and partition: major, minor, name, then counters since boot. World
 * readable; 10 us with ten devices. 11 counters; 4 for discards since 4.18, 2 for flushes since 5.5; the first 2.6
 * kernels gave partitions only 4.
 *
 * Sharp edges: a sector is 512 bytes whatever the device's own is; times are in ms and wrap at 2^32 on old kernels. The
 * file does not say what is a partition: those have no folder of their own in /sys/block, where a '/' in a name is
 * written as '!'.
 */
#ifndef KERNEL_DISKSTATS_H
#define KERNEL_DISKSTATS_H

#include "base/arena.h"
#include "fields/disk.h"

/*
 * Fills at most `capacity` disks in the file's order, names copied into `arena`, and gives how many there are in all.
 * is_partition is left absent; counters that the line does not have are too. A line with fewer than 11 is passed over;
 * -EBADMSG when the first line is such. -ENOMEM.
 */
int diskstats_parse(struct span bytes, struct arena *arena, struct disk *disks, size_t capacity);

/* The same from proc/diskstats below a root directory, with is_partition by its sys/block. -errno. */
int diskstats_read(int root_dirfd, struct arena *arena, struct disk *disks, size_t capacity);

#endif
