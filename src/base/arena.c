#include "base/arena.h"

#include <stdalign.h>
#include <stdlib.h>

enum { BLOCK_BYTES = 64 * 1024 };

struct arena_block {
	struct arena_block *next;
	size_t used, size;
	alignas(max_align_t) char bytes[];
};

static void *cut(struct arena_block *block, size_t size)
{
	void *ret = block->bytes + block->used;

	block->used += size;
	return ret;
}

void *arena_new(struct arena *arena, size_t size)
{
	size = (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
	if (arena->blocks && arena->blocks->size - arena->blocks->used >= size)
		return cut(arena->blocks, size);

	size_t room = size > BLOCK_BYTES ? size : BLOCK_BYTES;
	struct arena_block *block = malloc(sizeof *block + room);
	if (!block)
		return NULL;
	*block = (struct arena_block){ .next = arena->blocks, .size = room };
	arena->blocks = block;
	return cut(block, size);
}

struct span arena_copy(struct arena *arena, struct span bytes)
{
	char *copy = bytes.len ? arena_new(arena, bytes.len) : NULL;

	if (!copy)
		return (struct span){ "", 0 };
	memcpy(copy, bytes.at, bytes.len);
	return (struct span){ copy, bytes.len };
}

void arena_done(struct arena *arena)
{
	for (struct arena_block *block = arena->blocks, *next; block; block = next) {
		next = block->next;
		free(block);
	}
	arena->blocks = NULL;
}
