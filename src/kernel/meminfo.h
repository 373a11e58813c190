/*
 * /proc/meminfo: about 55 lines "Key: number kB". World readable; 15-20 us a read.
 *
 * Sharp edges: the lines do not add up to MemTotal (pages that drivers take straight from the allocator are in none).
 * Cached contains shared memory and tmpfs. MemAvailable is absent before 3.14, SReclaimable before 2.6.19. HugePages_*
 * are counts, not bytes. In a container it is still the host's, unless lxcfs lays another file over it.
 */
#ifndef KERNEL_MEMINFO_H
#define KERNEL_MEMINFO_H

#include "base/files.h"
#include "fields/machine.h"

/* Sets every row that comes from MEMINFO. -EBADMSG, and nothing set, when the bytes are not such a file. */
int meminfo_parse(struct span bytes, struct machine *machine);

/* The same from proc/meminfo below a root directory. -errno. */
int meminfo_read(struct files *files, struct machine *machine);

#endif
