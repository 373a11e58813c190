#include "render/chart.h"

#include "render/number.h"
#include "render/svg.h"

/* part x scale / whole, without overflow; 0 of nothing. */
static int64_t part_of(int64_t part, int64_t scale, int64_t whole)
{
	return whole > 0 && part > 0 ? (int64_t)((__int128)part * scale / whole) : 0;
}

static int64_t sum_of(const struct chart_slice *slices, size_t count)
{
	int64_t sum = 0;

	for (size_t i = 0; i < count; i++)
		if (slices[i].value > 0 && __builtin_add_overflow(sum, slices[i].value, &sum))
			return INT64_MAX;
	return sum;
}

/*
 * A slice is a dash of a thick circle: SVG turns it to its place, so that nobody has to know a sine. Angles are in
 * 1/1,000 of a degree.
 */
static void put_slice(struct buffer *buffer, const struct chart_slice *slice, size_t n, int64_t from, int64_t to)
{
	enum { RADIUS = 110, CIRCUMFERENCE = 691150, FULL = 360000 };
	int64_t middle = (from + to) / 2;

	buffer_text(buffer, "<circle r=\"110\" fill=\"none\" stroke-width=\"220\" stroke=\"");
	buffer_text(buffer, svg_colour(n));
	buffer_text(buffer, "\" stroke-dasharray=\"");
	svg_number(buffer, part_of(to - from, CIRCUMFERENCE, FULL));
	buffer_text(buffer, " 2000\" transform=\"");
	if (slice->apart) {
		buffer_text(buffer, "rotate(");
		svg_number(buffer, middle);
		buffer_text(buffer, ") translate(0 -15) rotate(");
		svg_number(buffer, -middle);
		buffer_text(buffer, ") ");
	}
	buffer_text(buffer, "rotate(");
	svg_number(buffer, from - 90000);
	buffer_text(buffer, ")\"/>\n");
}

static void put_label(struct buffer *buffer, const struct chart_slice *slice, int64_t from, int64_t to, int64_t sum)
{
	int64_t middle = (from + to) / 2, hundredths = part_of(slice->value, 10000, sum);

	buffer_text(buffer, "<g transform=\"rotate(");
	svg_number(buffer, middle);
	buffer_text(buffer, ") translate(0 -245) rotate(");
	svg_number(buffer, -middle);
	buffer_format(buffer, ")\"><text text-anchor=\"%s\">", middle < 180000 ? "start" : "end");
	svg_text(buffer, slice->label);
	buffer_text(buffer, " ");
	number_fixed(buffer, hundredths, 2);
	buffer_text(buffer, "%</text></g>\n");
}

void chart_pie(struct buffer *buffer, struct span title, const struct chart_slice *slices, size_t count)
{
	enum { WIDTH = 900, HEIGHT = 640, FULL = 360000 };
	int64_t sum = sum_of(slices, count), before = 0;

	svg_begin(buffer, WIDTH, HEIGHT, title);
	buffer_format(buffer, "<text x=\"%d\" y=\"30\" text-anchor=\"middle\" font-size=\"18\">", WIDTH / 2);
	svg_text(buffer, title);
	buffer_format(buffer, "</text>\n<g transform=\"translate(%d %d)\">\n", WIDTH / 2, HEIGHT / 2 + 20);
	for (int labels = 0; labels < 2; labels++, before = 0) {
		for (size_t i = 0; i < count; i++) {
			int64_t from = part_of(before, FULL, sum);
			before += slices[i].value > 0 ? slices[i].value : 0;
			int64_t to = part_of(before, FULL, sum);
			if (labels)
				put_label(buffer, &slices[i], from, to, sum);
			else
				put_slice(buffer, &slices[i], i, from, to);
		}
	}
	buffer_text(buffer, "</g>\n");
	svg_end(buffer);
}

enum { LEFT = 90, TOP = 50, PLOT = 360, BOTTOM = 150, BAR = 12, GAP = 16, TICKS = 5 };

static int64_t largest(const struct chart_bars *bars)
{
	int64_t most = 0;

	for (size_t i = 0; i < bars->groups * bars->series; i++)
		most = bars->values[i] > most ? bars->values[i] : most;
	return most;
}

static void put_scale(struct buffer *buffer, const struct chart_bars *bars, unsigned width, int64_t most)
{
	for (int i = 0; i <= TICKS; i++) {
		int64_t value = part_of(i, most, TICKS);
		int64_t y = (TOP + PLOT) * 1000 - part_of(i, PLOT * 1000, TICKS);
		buffer_format(buffer, "<g transform=\"translate(%d ", LEFT);
		svg_number(buffer, y);
		buffer_format(buffer,
		              ")\"><path d=\"M0 0H%u\" stroke=\"#cccccc\"/><text x=\"-8\" y=\"4\" text-anchor=\"end\">",
		              width - LEFT - 10);
		bars->put_value(buffer, value);
		buffer_text(buffer, "</text></g>\n");
	}
}

static void put_group(struct buffer *buffer, const struct chart_bars *bars, size_t group, int64_t most)
{
	size_t x = LEFT + GAP / 2 + group * (bars->series * BAR + GAP);

	for (size_t i = 0; i < bars->series; i++) {
		int64_t height = part_of(bars->values[group * bars->series + i], PLOT * 1000, most);
		buffer_format(buffer, "<rect x=\"%zu\" width=\"%d\" y=\"", x + i * BAR, BAR - 1);
		svg_number(buffer, (TOP + PLOT) * 1000 - height);
		buffer_text(buffer, "\" height=\"");
		svg_number(buffer, height);
		buffer_format(buffer, "\" fill=\"%s\"/>\n", svg_colour(i));
	}
	buffer_format(buffer, "<text text-anchor=\"end\" transform=\"translate(%zu %d) rotate(-45)\">",
	              x + bars->series * BAR / 2, TOP + PLOT + 16);
	svg_text(buffer, bars->labels[group]);
	buffer_text(buffer, "</text>\n");
}

void chart_bars(struct buffer *buffer, struct span title, const struct chart_bars *bars)
{
	enum { LEGEND = 90 };
	size_t plot = bars->groups * (bars->series * BAR + GAP), legend = bars->series * LEGEND;
	unsigned width = (unsigned)(LEFT + 20 + (plot > legend ? plot : legend));
	int64_t most = largest(bars);

	width = width < 400 ? 400 : width;
	svg_begin(buffer, width, TOP + PLOT + BOTTOM, title);
	buffer_format(buffer, "<text x=\"%u\" y=\"20\" text-anchor=\"middle\" font-size=\"16\">", width / 2);
	svg_text(buffer, title);
	buffer_text(buffer, "</text>\n");
	for (size_t i = 0; i < bars->series; i++) {
		buffer_format(
			buffer,
			"<rect x=\"%zu\" y=\"30\" width=\"10\" height=\"10\" fill=\"%s\"/><text x=\"%zu\" y=\"39\">",
			LEFT + i * LEGEND, svg_colour(i), LEFT + 14 + i * LEGEND);
		svg_text(buffer, bars->names[i]);
		buffer_text(buffer, "</text>\n");
	}
	put_scale(buffer, bars, width, most);
	for (size_t group = 0; group < bars->groups; group++)
		put_group(buffer, bars, group, most);
	svg_end(buffer);
}
