/* What the lines above the table of the vires screen are made with. */
#ifndef TOOLS_SCREEN_LINES_H
#define TOOLS_SCREEN_LINES_H

#include "render/fitted.h"
#include "tools/screen.h"

/* The word that a line begins with. */
void screen_label(struct fitted *line, const char *word);

/* An amount that stands out, between two texts. */
void screen_bytes(struct fitted *line, const char *before, int64_t bytes, const char *behind);

/* Adds the line, and a newline, to `buffer`. */
void screen_line_end(struct fitted *line, struct buffer *buffer);

/* screen_memory.c: all RAM as a bar whose parts add up, what was promised, and swap by device. */
void screen_ram_put(struct buffer *buffer, const struct screen_call *call, const struct view *view, size_t width);
void screen_promise_put(struct buffer *buffer, const struct view *view, size_t width);
void screen_swap_put(struct buffer *buffer, const struct screen_call *call, const struct view *view,
                     const struct screen_past *past, size_t width);

#endif
