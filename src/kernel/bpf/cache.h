/*
 * Relocated programs, kept in /var/cache/vires (or $VIRES_CACHE) in files BUILD-OBJECT-NAME, where BUILD is the
 * kernel's build ID and OBJECT a hash of what was built. Whoever could write such a file could run instructions in the
 * kernel, so folder and file must belong to root and be writable for nobody else; what is not whole, or not for this
 * kernel and version, is not used. Of files for other kernels and versions the newest are kept.
 */
#ifndef KERNEL_BPF_CACHE_H
#define KERNEL_BPF_CACHE_H

#include "kernel/bpf/program.h"

/*
 * The program of that name, for the running kernel: from the cache, or relocated now and then kept. The caller frees
 * it. -errno with a reason in `why`. `note` gets a line when a cached file was refused or none could be kept, else "".
 */
int program_find(const char *name, struct program_image **ret, struct why *why, struct why *note);

/*
 * Finds the program of that name and loads it, with `records` entries in its first map; it needs no settings. Closed
 * with program_close(). -errno, `why` and `note` as above.
 */
int program_start(const char *name, uint32_t records, struct program *ret, struct why *why, struct why *note);

#endif
