/*
 * /proc/slabinfo: a line for each cache of kernel objects, version 2.1. Root only (since 4.x also in containers). 0.5
 * ms with 235 caches: the kernel walks them under a lock, so it is not for every second on a busy machine.
 *
 * Sharp edges: names may hold nearly anything, but no blank. The size of a slab is in pages.
 */
#ifndef KERNEL_SLABINFO_H
#define KERNEL_SLABINFO_H

#include "base/arena.h"
#include "fields/slab.h"
#include "kernel/units.h"

/*
 * Fills at most `capacity` caches in the file's order, names copied into `arena`, and gives how many there are in all.
 * -EBADMSG when the bytes are not version 2.x of such a file; -ENOMEM.
 */
int slabinfo_parse(struct span bytes, const struct kernel_units *units, struct arena *arena, struct slab *slabs,
                   size_t capacity);

/* The same from proc/slabinfo below a root directory. -errno. */
int slabinfo_read(int root_dirfd, const struct kernel_units *units, struct arena *arena, struct slab *slabs,
                  size_t capacity);

#endif
