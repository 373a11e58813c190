/* Names in kernel tables (mountinfo, swaps): blank, tab, newline and backslash stand there as \040 and the like. */
#ifndef BASE_ESCAPE_H
#define BASE_ESCAPE_H

#include "base/arena.h"

/* A copy of `name` with each \ooo turned back into its byte; empty when memory runs out. */
struct span escape_undo(struct span name, struct arena *arena);

#endif
