/* A bar of text: [|||||     ], its parts in the marks MARK_BAR, MARK_BAR2, MARK_BAR3. */
#ifndef RENDER_BAR_H
#define RENDER_BAR_H

#include "base/buffer.h"

enum { BAR_PARTS = 3 };

/*
 * Adds a bar of `width` columns, brackets included (nothing below 3). `parts` are PERCENT, from the left; together they
 * fill at most all. Each is drawn with its own of the `glyphs`; blanks where marks alone make the blocks.
 */
void bar_put(struct buffer *buffer, size_t width, const int64_t parts[BAR_PARTS], const char glyphs[BAR_PARTS]);

#endif
