/*
 * Lines that know which of their parts stand out. A mark is one control byte in the text; text_put lets no such byte of
 * anybody else's through, so they cannot be forged. Where nothing can stand out the marks are dropped.
 */
#ifndef RENDER_MARKED_H
#define RENDER_MARKED_H

#include "base/buffer.h"

/* How what follows is meant; the screen decides how it looks. */
enum mark {
	MARK_PLAIN = 14,
	MARK_VALUE,   /* numbers among words */
	MARK_HEAD,    /* heads of columns */
	MARK_CHOSEN,  /* the line or word under the cursor */
	MARK_SORT,    /* the column that the table is sorted by */
	MARK_ACTIVE,  /* what runs now */
	MARK_MESSAGE, /* what has to be read now */
	MARK_KEY,     /* a key to press */
	MARK_BAR,     /* the first, second and third part of a bar */
	MARK_BAR2,
	MARK_BAR3,
	MARK_BAD,  /* what should worry */
	MARK_DIM,  /* what matters less */
	MARK_GAP,  /* 27 is ESC: no mark */
	MARK_BAR4, /* more parts of a bar */
	MARK_BAR5,
	MARK_TAG,  /* what was picked to be dealt with together */
	MARK_GOOD, /* what is as it should be */
	MARK_END,
};

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

/* The columns that the whole text takes without its marks. */
size_t marked_width(struct span line);

#endif
