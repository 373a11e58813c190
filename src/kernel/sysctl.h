/*
 * /proc/sys/vm/NAME and /proc/sys/kernel/NAME: one number or word a file; the row's key is the file's name. World
 * readable; 4-5 us a read.
 *
 * Sharp edges: *_kbytes are KiB. overcommit_ratio counts only while overcommit_kbytes is 0. overcommit_kbytes is absent
 * before 3.14. In a container these are the host's.
 */
#ifndef KERNEL_SYSCTL_H
#define KERNEL_SYSCTL_H

#include "base/arena.h"
#include "base/files.h"
#include "fields/machine.h"

/* Sets one row from the bytes of its file. -EBADMSG, and nothing set, when they are no number or it does not fit. */
int sysctl_parse(struct span bytes, const struct field *field, struct machine *machine);

/* The word in the bytes of a file that holds one. -EBADMSG when it is empty or cut short. */
int sysctl_word(struct span bytes, struct span *ret);

/*
 * The rows of `wanted` from SYSCTL_VM, or from SYSCTL_KERNEL or PID_MAX, below a root directory; texts are copied into
 * `arena`. -errno of the first when none could be read.
 */
int sysctl_vm_read(struct files *files, const struct field_set *wanted, struct arena *arena, struct machine *machine);
int sysctl_kernel_read(struct files *files, enum source_id from, const struct field_set *wanted, struct arena *arena,
                       struct machine *machine);

#endif
