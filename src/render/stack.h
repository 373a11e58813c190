/* Amounts side by side: a bar whose parts make up a whole, and a line of what was before. */
#ifndef RENDER_STACK_H
#define RENDER_STACK_H

#include "render/marked.h"

struct stack_part {
	int64_t value; /* below 0 counts as 0 */
	enum mark mark;
	const char *glyph; /* one column wide */
};

/*
 * Adds a bar of exactly `width` columns for `whole`; what the parts leave is blank. They are rounded where they end, so
 * that together they are as long as their sum. Ends in MARK_PLAIN.
 */
void stack_put(struct buffer *buffer, size_t width, int64_t whole, const struct stack_part *parts, size_t count);

/* What the parts of memory are drawn with, in Unicode or in ASCII. */
enum memory_part { PART_ANON, PART_SHMEM, PART_KERNEL, PART_CACHE, PART_UNKNOWN, PART_FREE, MEMORY_PARTS };
struct stack_part stack_memory(enum memory_part part, int64_t value, bool unicode);

/* Adds the newest `width` of `values` (the last is the newest) as a line of heights, the highest of them full. */
void spark_put(struct buffer *buffer, const int64_t *values, size_t count, size_t width, bool unicode);

#endif
