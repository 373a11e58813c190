/* Pieces of SVG: pictures as text. */
#ifndef RENDER_SVG_H
#define RENDER_SVG_H

#include "base/buffer.h"

/* Opens and closes a picture on a white ground, with a title for those who cannot see it. */
void svg_begin(struct buffer *buffer, unsigned width, unsigned height, struct span title);
void svg_end(struct buffer *buffer);

/* Text as content or attribute: no byte of it is taken for markup, and what no XML may hold becomes U+FFFD. */
void svg_text(struct buffer *buffer, struct span text);

/* A number held in 1/1,000, for coordinates: whatever the locale, with a point. */
void svg_number(struct buffer *buffer, int64_t thousandths);

/* The n-th of some colours that can be told apart, also by those who see no red or green. */
const char *svg_colour(size_t n);

#endif
