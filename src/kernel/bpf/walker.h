/* The program `walk`, loaded for ourselves alone: one call fills the records. */
#ifndef KERNEL_BPF_WALKER_H
#define KERNEL_BPF_WALKER_H

#include <stdint.h>

#include "kernel/bpf/program.h"
#include "kernel/bpf/record.h"

struct walker;

/* -errno with a reason. `image` and `proc_fd` stay the caller's, and there. */
int walker_open(const struct program_image *image, const struct task_settings *settings, int proc_fd,
                struct walker **ret, struct why *why);

/* The records of now, good until the next call. -errno. For `patience` see task_list_take(). */
int walker_take(struct walker *walker, unsigned patience, struct task_records *ret);

/* By how much started_ns of the last records is more than the kernel's own count: another time namespace. */
uint64_t walker_offset_ns(const struct walker *walker);

/* Accepts NULL. */
void walker_close(struct walker *walker);

#endif
