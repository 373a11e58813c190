/* A canvas of characters. */
#include <stdlib.h>
#include <wchar.h>

#include "render/canvas_ops.h"
#include "render/text.h"

enum { BRAILLE = 0x2800, FULL_BLOCK = 0x2588 };

static struct glyph *at(struct canvas *canvas, int64_t column, int64_t row)
{
	return column < 0 || row < 0 || column >= canvas->columns || row >= canvas->rows ?
	               NULL :
	               &canvas->glyphs[row * canvas->columns + column];
}

static void set(struct canvas *canvas, int64_t column, int64_t row, uint32_t c, enum ink ink)
{
	struct glyph *glyph = at(canvas, column, row);

	if (glyph)
		*glyph = (struct glyph){ .c = c, .ink = (uint8_t)ink };
}

void canvas_text_text(struct canvas *canvas, int64_t x, int64_t y, enum ink ink, struct span text)
{
	struct buffer safe = { 0 };
	struct span rest;
	int64_t column = x / CANVAS_UNIT, row = y / CANVAS_UNIT;
	mbstate_t state = { 0 };
	wchar_t wide;

	text_put(&safe, text, SIZE_MAX);
	rest = buffer_span(&safe);
	while (rest.len > 0 && y >= 0) {
		size_t len = mbrtowc(&wide, rest.at, rest.len, &state);
		if (len == 0 || len > rest.len)
			break;
		rest = span_skip(rest, len);
		int width = wcwidth(wide);
		if (width <= 0)
			continue;
		if (column >= 0 && column + width <= canvas->columns) {
			set(canvas, column, row, (uint32_t)wide, ink);
			if (width == 2)
				set(canvas, column + 1, row, 0, ink);
		}
		column += width;
	}
	buffer_done(&safe);
}

/* The character for a cell of which `across` and `up` thousandths are filled, from the left and from below. */
static uint32_t block(const struct canvas *canvas, enum ink ink, int64_t across, int64_t up)
{
	static const uint32_t patterns[] = { FULL_BLOCK, 0x2593, 0x2592, 0x2591 };
	static const char plain[] = "#=+-%*o:";
	const size_t n = ink <= INK_LAST ? (size_t)(ink - INK_FIRST) : 0;

	if (!canvas->unicode)
		return across * up >= CANVAS_UNIT * CANVAS_UNIT / 2 ? (uint32_t)plain[n % 8] : ' ';
	if (n % 4 != 0)
		return across * up >= CANVAS_UNIT * CANVAS_UNIT / 2 ? patterns[n % 4] : ' ';
	if (across >= 990)
		return up < 63 ? ' ' : 0x2580 + (uint32_t)((up * 8 + 500) / 1000 > 8 ? 8 : (up * 8 + 500) / 1000);
	if (up >= 500)
		return across < 63 ? ' ' : 0x2590 - (uint32_t)((across * 8 + 500) / 1000);
	return ' ';
}

void canvas_text_area(struct canvas *canvas, int64_t x, int64_t y, int64_t width, int64_t height, enum ink ink)
{
	for (int64_t row = y / CANVAS_UNIT; row * CANVAS_UNIT < y + height; row++) {
		int64_t top = row * CANVAS_UNIT > y ? row * CANVAS_UNIT : y;
		int64_t bottom = (row + 1) * CANVAS_UNIT < y + height ? (row + 1) * CANVAS_UNIT : y + height;
		for (int64_t column = x / CANVAS_UNIT; column * CANVAS_UNIT < x + width; column++) {
			int64_t left = column * CANVAS_UNIT > x ? column * CANVAS_UNIT : x;
			int64_t right = (column + 1) * CANVAS_UNIT < x + width ? (column + 1) * CANVAS_UNIT : x + width;
			uint32_t c = block(canvas, ink, right - left, bottom - top);
			if (c != ' ')
				set(canvas, column, row, c, ink);
		}
	}
}

void canvas_text_tile(struct canvas *canvas, int64_t x, int64_t y, int64_t width, int64_t height, enum ink ink,
                      uint32_t c)
{
	for (int64_t row = (y + 499) / CANVAS_UNIT; row * CANVAS_UNIT + 500 < y + height; row++)
		for (int64_t column = (x + 499) / CANVAS_UNIT; column * CANVAS_UNIT + 500 < x + width; column++)
			set(canvas, column, row, c, ink);
}

/* One of the 2 x 4 dots of a character. */
static void dot(struct canvas *canvas, int64_t x, int64_t y, enum ink ink)
{
	static const uint8_t bits[4][2] = { { 0x01, 0x08 }, { 0x02, 0x10 }, { 0x04, 0x20 }, { 0x40, 0x80 } };
	struct glyph *glyph = x < 0 || y < 0 ? NULL : at(canvas, x / 2, y / 4);

	if (!glyph || (glyph->c != ' ' && glyph->dots == 0))
		return;
	glyph->dots |= bits[y % 4][x % 2];
	glyph->c = canvas->unicode ? BRAILLE + (uint32_t)glyph->dots : '*';
	glyph->ink = (uint8_t)ink;
}

void canvas_text_line(struct canvas *canvas, int64_t x1, int64_t y1, int64_t x2, int64_t y2, enum ink ink, bool dashed)
{
	const int64_t from_x = x1 * 2 / CANVAS_UNIT, from_y = y1 * 4 / CANVAS_UNIT;
	const int64_t to_x = x2 * 2 / CANVAS_UNIT, to_y = y2 * 4 / CANVAS_UNIT;
	const int64_t across = llabs(to_x - from_x), down = llabs(to_y - from_y);
	const int64_t steps = across > down ? across : down;

	for (int64_t i = 0; i <= steps && steps < 100000; i++)
		if (!dashed || i % 4 == 0)
			dot(canvas, steps ? from_x + (to_x - from_x) * i / steps : from_x,
			    steps ? from_y + (to_y - from_y) * i / steps : from_y, ink);
}

/* What a terminal is told for each ink; none for plain text. */
static const char *const colours[INKS] = { "34", "33", "32", "35", "36", "31", "93", "90", "", "2", "32", "31" };

static void put_line(struct buffer *buffer, const struct glyph *line, size_t count, bool colour)
{
	uint8_t ink = INK_PLAIN;
	char bytes[16];

	for (size_t i = 0; i < count; i++) {
		mbstate_t state = { 0 };
		if (line[i].c == 0)
			continue;
		if (colour && line[i].ink != ink && line[i].c != ' ') {
			buffer_format(buffer, "\33[0;%sm", colours[line[i].ink]);
			ink = line[i].ink;
		}
		size_t len = line[i].c < 0x80 ? 0 : wcrtomb(bytes, (wchar_t)line[i].c, &state);
		if (len == 0 || len > sizeof bytes)
			buffer_char(buffer, line[i].c < 0x80 ? (char)line[i].c : '?');
		else
			buffer_add(buffer, (struct span){ bytes, len });
	}
	if (colour && ink != INK_PLAIN)
		buffer_text(buffer, "\33[m");
	buffer_char(buffer, '\n');
}

/* The columns up to the last one that is not blank. */
static size_t used_of(const struct canvas *canvas, int row)
{
	const struct glyph *line = &canvas->glyphs[row * canvas->columns];
	size_t count = (size_t)canvas->columns;

	while (count > 0 && line[count - 1].c == ' ')
		count--;
	return count;
}

void canvas_put(const struct canvas *canvas, struct buffer *buffer, bool colour)
{
	int rows = canvas->glyphs ? canvas->rows : 0;

	while (rows > 0 && used_of(canvas, rows - 1) == 0)
		rows--;
	for (int row = 0; row < rows; row++)
		put_line(buffer, &canvas->glyphs[row * canvas->columns], used_of(canvas, row), colour);
}
