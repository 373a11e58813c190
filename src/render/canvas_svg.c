/* A canvas that is part of an SVG picture. */
#include "render/canvas_ops.h"
#include "render/svg.h"

/* Thousandths of a column or row to thousandths of a pixel. */
static int64_t across(int64_t x)
{
	return x * CANVAS_COLUMN_PIXELS;
}

static int64_t down(int64_t y)
{
	return y * CANVAS_ROW_PIXELS;
}

static const char *colour(enum ink ink)
{
	static const char *const others[] = { "#222222", "#888888", "#009e73", "#d55e00" };

	return ink <= INK_LAST ? svg_colour((size_t)(ink - INK_FIRST)) : others[ink - INK_PLAIN];
}

static void put_attribute(struct buffer *buffer, const char *name, int64_t value)
{
	buffer_format(buffer, " %s=\"", name);
	svg_number(buffer, value);
	buffer_char(buffer, '"');
}

void canvas_svg_begin(struct canvas *canvas, int x, int y)
{
	buffer_format(canvas->svg, "<g transform=\"translate(%d %d)\" font-family=\"monospace\" font-size=\"13\">\n", x,
	              y);
}

void canvas_svg_end(struct canvas *canvas)
{
	buffer_text(canvas->svg, "</g>\n");
}

void canvas_svg_text(struct canvas *canvas, int64_t x, int64_t y, enum canvas_align align, enum ink ink,
                     struct span text)
{
	static const char *const anchors[] = { "start", "middle", "end" };
	struct buffer *svg = canvas->svg;

	buffer_text(svg, "<text xml:space=\"preserve\"");
	put_attribute(svg, "x", across(x));
	put_attribute(svg, "y", down(y / CANVAS_UNIT * CANVAS_UNIT) + 12000);
	buffer_format(svg, " text-anchor=\"%s\" fill=\"%s\">", anchors[align], colour(ink));
	svg_text(svg, text);
	buffer_text(svg, "</text>\n");
}

void canvas_svg_area(struct canvas *canvas, int64_t x, int64_t y, int64_t width, int64_t height, enum ink ink,
                     bool bordered)
{
	struct buffer *svg = canvas->svg;
	int64_t gap = bordered && across(width) > 3000 ? 500 : 0;

	buffer_text(svg, "<rect");
	put_attribute(svg, "x", across(x) + gap);
	put_attribute(svg, "y", down(y) + gap);
	put_attribute(svg, "width", across(width) - 2 * gap);
	put_attribute(svg, "height", down(height) - 2 * gap);
	buffer_format(svg, " fill=\"%s\"/>\n", colour(ink));
}

void canvas_svg_line(struct canvas *canvas, int64_t x1, int64_t y1, int64_t x2, int64_t y2, enum ink ink, bool dashed)
{
	struct buffer *svg = canvas->svg;

	buffer_text(svg, "<line");
	put_attribute(svg, "x1", across(x1));
	put_attribute(svg, "y1", down(y1));
	put_attribute(svg, "x2", across(x2));
	put_attribute(svg, "y2", down(y2));
	buffer_format(svg, " stroke=\"%s\" stroke-width=\"%s\" stroke-linecap=\"round\"%s/>\n", colour(ink),
	              ink == INK_DIM ? "1" : "2", dashed ? " stroke-dasharray=\"2 5\"" : "");
}
