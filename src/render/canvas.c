#include "render/canvas.h"

#include <errno.h>
#include <stdlib.h>

#include "render/canvas_ops.h"
#include "render/text.h"

int canvas_init_text(struct canvas *canvas, int columns, int rows, bool unicode)
{
	columns = columns > 0 ? columns : 1;
	rows = rows > 0 ? rows : 1;
	struct glyph *glyphs = calloc((size_t)columns * (size_t)rows, sizeof *glyphs);
	if (!glyphs)
		return -ENOMEM;
	for (size_t i = 0; i < (size_t)columns * (size_t)rows; i++)
		glyphs[i] = (struct glyph){ .c = ' ', .ink = INK_PLAIN };
	*canvas = (struct canvas){ .columns = columns, .rows = rows, .glyphs = glyphs, .unicode = unicode };
	return 0;
}

void canvas_init_svg(struct canvas *canvas, struct buffer *buffer, int columns, int rows, int x, int y)
{
	*canvas = (struct canvas){ .columns = columns, .rows = rows, .unicode = true, .svg = buffer };
	canvas_svg_begin(canvas, x, y);
}

void canvas_done(struct canvas *canvas)
{
	if (canvas->svg)
		canvas_svg_end(canvas);
	free(canvas->glyphs);
	*canvas = (struct canvas){ 0 };
}

int canvas_text(struct canvas *canvas, int64_t x, int64_t y, enum canvas_align align, enum ink ink, struct span text)
{
	int width = (int)text_width(text, SIZE_MAX);

	if (canvas->svg)
		canvas_svg_text(canvas, x, y, align, ink, text);
	else
		canvas_text_text(canvas,
		                 align == ALIGN_LEFT ? x : x - width * CANVAS_UNIT / (align == ALIGN_RIGHT ? 1 : 2), y,
		                 ink, text);
	return width;
}

/* Cuts an area to the sheet. False when nothing is left. */
static bool cut(const struct canvas *canvas, int64_t *x, int64_t *y, int64_t *width, int64_t *height)
{
	int64_t right = *x + *width, bottom = *y + *height;
	const int64_t columns = (int64_t)canvas->columns * CANVAS_UNIT, rows = (int64_t)canvas->rows * CANVAS_UNIT;

	*x = *x < 0 ? 0 : *x;
	*y = *y < 0 ? 0 : *y;
	*width = (right < columns ? right : columns) - *x;
	*height = (bottom < rows ? bottom : rows) - *y;
	return *width > 0 && *height > 0;
}

void canvas_area(struct canvas *canvas, int64_t x, int64_t y, int64_t width, int64_t height, enum ink ink)
{
	if (!cut(canvas, &x, &y, &width, &height))
		return;
	if (canvas->svg)
		canvas_svg_area(canvas, x, y, width, height, ink, false);
	else
		canvas_text_area(canvas, x, y, width, height, ink);
}

void canvas_tile(struct canvas *canvas, int64_t x, int64_t y, int64_t width, int64_t height, enum ink ink,
                 uint32_t glyph, char plain)
{
	if (!cut(canvas, &x, &y, &width, &height))
		return;
	if (canvas->svg)
		canvas_svg_area(canvas, x, y, width, height, ink, true);
	else
		canvas_text_tile(canvas, x, y, width, height, ink, canvas->unicode ? glyph : (uint32_t)plain);
}

void canvas_line(struct canvas *canvas, int64_t x1, int64_t y1, int64_t x2, int64_t y2, enum ink ink, bool dashed)
{
	(canvas->svg ? canvas_svg_line : canvas_text_line)(canvas, x1, y1, x2, y2, ink, dashed);
}
