/* How much memory the parts of an ELF file take that are loaded: what size(1) calls "dec". */
#ifndef BASE_ELF_SIZE_H
#define BASE_ELF_SIZE_H

#include "base/span.h"

/*
 * Adds up the section headers in `table`, the ones that are allocated. `is_64`: of 64-bit files. False, nothing
 * changed, when a size does not fit.
 */
bool elf_sections_add(struct span table, bool is_64, int64_t *ret_bytes);

/* The same of a file of this machine's byte order. -ENOEXEC: no ELF file, or one without sections; -errno. */
int elf_size(const char *path, int64_t *ret_bytes);

#endif
