/* What a program needs to find RAM by, with the page tables of whoever runs it. */
#ifndef KERNEL_BPF_RAM_SEARCH_H
#define KERNEL_BPF_RAM_SEARCH_H

#include <stdint.h>

#include "base/why.h"
#include "kernel/bpf/ram.h"

/*
 * Writes to `word` (of ours, to be left alone until the program has run) what is hardly anywhere else, and sets the
 * rest. -errno with a reason: only x86-64 with tables of four levels, and only root sees how many frames there are.
 */
int ram_search(uint64_t *word, struct ram *ret, struct why *why);

#endif
