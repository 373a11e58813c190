/*
 * Lines that know which of their parts stand out. A mark is one byte below ' ' in the text; text_put never lets such a
 * byte of anybody else's through, so they cannot be forged. Where nothing can stand out the marks are dropped.
 */
#ifndef RENDER_MARKED_H
#define RENDER_MARKED_H

#include "base/buffer.h"

/* From here on: */
enum mark { MARK_PLAIN = 1, MARK_VALUE, MARK_HEAD, MARK_KEY, MARK_BAD, MARK_DIM, MARK_GOOD, MARK_END };

static inline void mark(struct buffer *buffer, enum mark mark)
{
	buffer_char(buffer, (char)mark);
}

/* Cuts the next part off the front of `rest`: text of one mark. `*mark` is that of the part before. False at the end.
 */
bool marked_part(struct span *rest, enum mark *mark, struct span *ret_part);

/* Adds the text without its marks, cut at `columns` display columns; trailing blanks stay. Gives back the columns used.
 */
size_t marked_put(struct buffer *buffer, struct span line, size_t columns);

#endif
