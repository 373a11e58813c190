/* The files of the whole machine: which reader belongs to which source. */
#ifndef KERNEL_SYSTEM_FILES_H
#define KERNEL_SYSTEM_FILES_H

#include "base/arena.h"
#include "fields/machine.h"
#include "kernel/units.h"

/*
 * Reads what the machine's rows want from one source, below a root directory; texts are copied into `arena`. -errno,
 * -EBADMSG when a file is not what it should be, -EINVAL for a source that no row of the machine names.
 *
 * CPUs and swap areas are lists and have their own calls: system_stat_read and swaps_read.
 */
int system_file_read(enum source_id from, int root_dirfd, const struct kernel_units *units, struct arena *arena,
                     struct machine *machine);

#endif
