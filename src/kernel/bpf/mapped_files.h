/* The mapped files of all processes by eBPF, in one look: the lines of all /proc/PID/maps that have an inode. */
#ifndef KERNEL_BPF_MAPPED_FILES_H
#define KERNEL_BPF_MAPPED_FILES_H

#include "base/buffer.h"
#include "base/why.h"
#include "fields/mapping.h"
#include "kernel/bpf/mapped_file.h"

/*
 * Puts one struct mapped_file after the other into `ret`: process by process, each by address. Kernels since 5.12, the
 * numbers are those of the first pid namespace, and nobody's mappings are hidden. -errno with a reason.
 */
int mapped_files_read(struct buffer *ret, struct why *why);

/* Start, end, size, device and inode of one that is `known`. */
void mapped_file_fill(const struct mapped_file *file, struct mapping *ret);

#endif
