#include "base/memory.h"

#include <stdint.h>
#include <sys/mman.h>

#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_WRITE 23
#endif

void memory_expect(void *at, size_t bytes)
{
	enum { LARGE = 128 * 1024, PAGE = 4096 };
	uintptr_t from = ((uintptr_t)at + PAGE - 1) / PAGE * PAGE, to = ((uintptr_t)at + bytes) / PAGE * PAGE;
	unsigned char there;

	if (bytes < LARGE || mincore((void *)(to - PAGE), PAGE, &there) < 0 || there & 1)
		return;
	madvise((void *)from, to - from, MADV_POPULATE_WRITE);
}
