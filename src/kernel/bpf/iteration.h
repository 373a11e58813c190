/* An iterator of the kernel: a loaded program that it calls for each task or mapping, and whose output is a file. */
#ifndef KERNEL_BPF_ITERATION_H
#define KERNEL_BPF_ITERATION_H

#include <stdint.h>

#include "base/buffer.h"
#include "base/why.h"

/* The descriptor of a link, which is one iterator: over all processes (0), or over `pid` alone. -errno with a reason.
 */
int iteration_link(int program_fd, int32_t pid, struct why *why);

/* The descriptor of its file; each opening is a look of its own. -errno. */
int iteration_open(int link_fd);

/* Reads that file to its end, and closes it; into `ret`, emptied before. -errno. */
int iteration_slurp(int fd, struct buffer *ret);

#endif
