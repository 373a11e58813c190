/*
 * /proc/PID/maps: a line a mapping, by address: "start-end perms offset major:minor inode name". Owner or
 * CAP_SYS_PTRACE. About 0.3 us a mapping (60,000: 19 ms); a read gives at most a page, and the mappings may change
 * between two reads: no mapping is given twice, but a whole file is not one moment. Empty for kernel threads and
 * zombies.
 *
 * Sharp edges: the name begins at a column of its own, may hold any byte, and is empty for anonymous memory; of it only
 * newlines are escaped (\012), so a backslash is not always an escape. A path is seen from our own root.
 */
#ifndef KERNEL_PID_MAPS_H
#define KERNEL_PID_MAPS_H

#include "fields/mapping.h"

/* Sets every row that comes from MAPS, out of one line without its newline. -EBADMSG, and nothing set, when it is no
 * such line. Texts point into it. */
int pid_maps_parse(struct span line, struct mapping *mapping);

/* Cuts the next whole line off the front of `rest` and parses it: 1. 0: none is left. -EBADMSG. */
int pid_maps_next(struct span *rest, struct mapping *ret);

#endif
