/*
 * /proc/spl/kstat/zfs/arcstats: the cache of ZFS (ARC), "name type data" a line below two lines of heading. World
 * readable; a few us a read. There only while the module is loaded.
 *
 * Sharp edges: the cache is in no line of meminfo, its descriptions apart, which are slab objects. In a container these
 * are the host's numbers while meminfo may be the container's own: then the cache can be larger than all its memory.
 */
#ifndef KERNEL_ARCSTATS_H
#define KERNEL_ARCSTATS_H

#include "base/files.h"
#include "fields/machine.h"

/* Sets every row that comes from ARCSTATS. -EBADMSG, and nothing set, when the bytes are not such a file. */
int arcstats_parse(struct span bytes, struct machine *machine);

/* The same from proc/spl/kstat/zfs/arcstats below a root directory. -ENOENT: no ZFS; -errno. */
int arcstats_read(struct files *files, struct machine *machine);

#endif
