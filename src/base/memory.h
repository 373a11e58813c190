/* Large blocks of memory. */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include <stddef.h>

/*
 * All of a fresh block will be written soon: its pages are asked for at once, which costs half of what it costs to
 * fault them in one by one. Nothing happens to small blocks, to memory that was used before, and on kernels
 * before 5.14.
 */
void memory_expect(void *at, size_t bytes);

#endif
