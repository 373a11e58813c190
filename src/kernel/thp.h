/*
 * /sys/kernel/mm/transparent_hugepage/{enabled,defrag}: all possible words in a line, the chosen one in brackets:
 * "always [madvise] never". World readable; 3 us a read. No such folder on kernels without transparent huge pages.
 */
#ifndef KERNEL_THP_H
#define KERNEL_THP_H

#include "base/arena.h"
#include "base/files.h"
#include "fields/machine.h"

/* The word in brackets. -EBADMSG when there is none. */
int thp_parse(struct span bytes, struct span *ret_word);

/* Sets the rows that come from THP, the words copied into `arena`. -errno of the first when none could be read. */
int thp_read(struct files *files, struct arena *arena, struct machine *machine);

#endif
