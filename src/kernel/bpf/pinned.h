/*
 * Task iterators that root has left in a bpffs of their own, at /run/vires/bpf (or $VIRES_PINNED), for readers without
 * privilege. Each version of the program has its own names there, so nobody reads what another one means.
 */
#ifndef KERNEL_BPF_PINNED_H
#define KERNEL_BPF_PINNED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/why.h"

enum { PINNED_PATH_BYTES = 256 };

/* The folder, and where the iterator of this version lies in it. */
const char *pinned_folder(void);
void pinned_path(bool threads, char ret[PINNED_PATH_BYTES]);

/*
 * Mounts the bpffs when there is none, and pins both iterators, readable for the group with that number. Replaces what
 * was there. -errno with a reason.
 */
int pinned_make(int proc_fd, unsigned group, struct why *why);

/* Takes all away again, the bpffs too. -errno with a reason. */
int pinned_remove(struct why *why);

#endif
