/* Text that may hold any byte, made fit for a terminal: nothing that a terminal would obey ever gets out. */
#ifndef RENDER_TEXT_H
#define RENDER_TEXT_H

#include "base/buffer.h"

/*
 * Adds `text`, cut at `columns` display columns; control characters and what is no character in the locale's encoding
 * become '?', as ps has always marked them: control characters '.' where the locale has no UTF-8, and behind the first
 * byte that is none. Gives back the columns used.
 */
size_t text_put(struct buffer *buffer, struct span text, size_t columns);

/* The columns that text_put would use, at most `columns`. */
size_t text_width(struct span text, size_t columns);

/* What is behind the first `columns` display columns of a text; a wide character at the cut goes with them. */
struct span text_skip(struct span text, size_t columns);

/* Adds `text` in exactly `columns` columns: cut, or filled with blanks on the right, or on the left with `right`. */
void text_cell(struct buffer *buffer, struct span text, size_t columns, bool right);

/* The same, but a text that is too long ends in '+'. */
void text_cell_marked(struct buffer *buffer, struct span text, size_t columns);

/* The whole text, with control characters as ^X and what is no character as <FF>: everything is told apart. */
void text_visible(struct buffer *buffer, struct span text);

/* Each line of `text`, broken at blanks to at most `columns` columns; what is carried over begins at `indent`. */
void text_wrap(struct buffer *buffer, struct span text, size_t columns, size_t indent);

/* Arguments as one line: the NUL bytes between them become blanks, the last one goes. */
void text_arguments(struct buffer *buffer, struct span cmdline);

/* The same as procps writes it: newlines become blanks, too, and arguments of no byte at all are "?". */
void text_command(struct buffer *buffer, struct span cmdline);

#endif
