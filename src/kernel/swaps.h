/*
 * /proc/swaps: a heading and a line for each swap area: name, type, size, used (KiB), priority. World readable; 5 us a
 * read.
 *
 * Sharp edges: blank, tab, newline and backslash in a name are written as \040 and the like; a removed swap file has
 * "\040(deleted)" behind its name. The size leaves the header page out. zram shows up as a partition.
 */
#ifndef KERNEL_SWAPS_H
#define KERNEL_SWAPS_H

#include "base/arena.h"
#include "fields/swap.h"

/*
 * Fills at most `capacity` areas in the file's order, their texts copied into `arena`, and gives how many there are in
 * all (0: none). -EBADMSG when the bytes are not such a file; -ENOMEM.
 */
int swaps_parse(struct span bytes, struct arena *arena, struct swap *areas, size_t capacity);

/* The same from proc/swaps below a root directory. -errno. */
int swaps_read(int root_dirfd, struct arena *arena, struct swap *areas, size_t capacity);

#endif
