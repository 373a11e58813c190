/*
 * A sheet to draw on, in columns and rows of text: the same drawing comes out as characters for a terminal or as SVG.
 * Places and sizes are in 1/1,000 of a column or row, from the upper left corner; what lies outside is cut off.
 */
#ifndef RENDER_CANVAS_H
#define RENDER_CANVAS_H

#include "base/buffer.h"

enum { CANVAS_UNIT = 1000 };

/* What stands for different things; on a terminal, filled areas of the first four differ in their pattern, too. */
enum ink {
	INK_FIRST, /* INK_FIRST + n: the n-th of the things that are drawn */
	INK_LAST = INK_FIRST + 7,
	INK_PLAIN,
	INK_DIM,
	INK_GOOD,
	INK_BAD,
	INKS
};

enum canvas_align { ALIGN_LEFT, ALIGN_CENTRE, ALIGN_RIGHT };

struct canvas {
	int columns, rows;
	struct glyph *glyphs; /* owned: of a sheet of text; else NULL */
	bool unicode;         /* more than ASCII may be used */
	struct buffer *svg;
};

/* -ENOMEM. */
int canvas_init_text(struct canvas *canvas, int columns, int rows, bool unicode);

/* Draws into `buffer`, in a group of its own that begins at `x`, `y` in pixels; a column is 8 pixels, a row 16. */
enum { CANVAS_COLUMN_PIXELS = 8, CANVAS_ROW_PIXELS = 16 };
void canvas_init_svg(struct canvas *canvas, struct buffer *buffer, int columns, int rows, int x, int y);

/* Ends it; of text, adds the lines first, in colours or not, up to the last one that is not empty. */
void canvas_done(struct canvas *canvas);
void canvas_put(const struct canvas *canvas, struct buffer *buffer, bool colour);

/* Text in the row that `y` is in. Gives back its columns. */
int canvas_text(struct canvas *canvas, int64_t x, int64_t y, enum canvas_align align, enum ink ink, struct span text);

/* A filled area. */
void canvas_area(struct canvas *canvas, int64_t x, int64_t y, int64_t width, int64_t height, enum ink ink);

/* A filled area that is a thing by itself: on a terminal it is drawn with `glyph` (ASCII `plain` without Unicode). */
void canvas_tile(struct canvas *canvas, int64_t x, int64_t y, int64_t width, int64_t height, enum ink ink,
                 uint32_t glyph, char plain);

/* A line of dots; `dashed` has gaps. */
void canvas_line(struct canvas *canvas, int64_t x1, int64_t y1, int64_t x2, int64_t y2, enum ink ink, bool dashed);

#endif
