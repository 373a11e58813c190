/*
 * /sys/kernel/mm/hugepages/hugepages-2048kB/NAME, and the same below /sys/devices/system/node/nodeN/hugepages: one
 * number a file. World readable; about 5 us a file.
 *
 * Sharp edges: the default size is what HugePages_* of meminfo are about, other sizes are only here. Single nodes have
 * no resv_hugepages. Folders come in any order.
 */
#ifndef KERNEL_HUGE_POOLS_H
#define KERNEL_HUGE_POOLS_H

#include "fields/huge_pool.h"

/* The size in the name of a pool's folder, "hugepages-2048kB". -EBADMSG when it is none. */
int huge_pool_size(struct span name, int64_t *ret_bytes);

/* Sets one row from the bytes of its file. -EBADMSG, and nothing set, when they are no number. */
int huge_pool_parse(struct span bytes, const struct field *field, struct huge_pool *pool);

/*
 * Fills at most `capacity` pools: those of the machine by size, then those of each node; gives how many there are in
 * all. -errno: a kernel without huge pages, or a tree without sysfs.
 */
int huge_pools_read(int root_dirfd, struct huge_pool *pools, size_t capacity);

#endif
