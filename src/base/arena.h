/* Memory that is given back all at once: everything one snapshot owns. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/span.h"

struct arena {
	struct arena_block *blocks; /* newest first */
};

/* `size` bytes aligned for any type, not cleared; NULL when memory runs out. */
void *arena_new(struct arena *arena, size_t size);

/* A copy of `bytes` that lives as long as the arena; an empty span when memory runs out. */
struct span arena_copy(struct arena *arena, struct span bytes);

void arena_done(struct arena *arena);

#endif
