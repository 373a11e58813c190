/*
 * libbpf finds where this kernel keeps what the programs read. It is dear (30-80 ms, most of it reading the kernel's
 * types), so it is done once for each kernel build, and the library is loaded (dlopen) only then.
 */
#ifndef KERNEL_BPF_RELOCATE_H
#define KERNEL_BPF_RELOCATE_H

#include "kernel/bpf/program.h"

/* The program of that name as an image that the caller frees; `kernel` and `id` stay empty. -errno with a reason. */
int program_relocate(const char *name, struct program_image **ret, struct why *why);

/* A hash of the object that the program comes from; NULL when there is none of that name. */
const char *program_object_id(const char *name);

#endif
