/* Files of an overlay: what is mapped is one of a layer below, and /proc shows the one that the process opened. */
#ifndef KERNEL_BPF_LAYERED_H
#define KERNEL_BPF_LAYERED_H

#include "kernel/bpf/kernel_types.h"

/*
 * FMODE_BACKING, which no type tells: bit 25 from Linux 6.5 on, bit 24 since 6.14. The other one of the two means
 * something harmless there (direct writes, no notifications): of such files too somebody else has to be asked.
 */
static inline __attribute__((always_inline)) bool may_be_layered(const struct file *file)
{
	return file->f_mode & (1 << 24 | 1 << 25);
}

#endif
