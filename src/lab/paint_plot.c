/* Curves over time or x: lines, stacked areas, rates as bars below. */
#include "base/time.h"
#include "lab/paint.h"
#include "lab/words.h"
#include "render/text.h"

enum { U = CANVAS_UNIT, SCALE_COLUMNS = 9 };

/* Where numbers lie in the part of the canvas inside the scales. */
struct plot {
	struct place_on in;
	int64_t x_least, x_most, y_least, y_most; /* y_least: 0 unless logarithmic */
	bool logarithmic;
};

/* The logarithm to base 2 in 1/1,000, straight between the powers: good enough for a scale. */
static int64_t log_of(int64_t value)
{
	if (value < 1)
		return 0;
	int power = 63 - __builtin_clzll((unsigned long long)value);
	return power * 1000 + (int64_t)(((__int128)value - ((__int128)1 << power)) * 1000 / ((__int128)1 << power));
}

static int64_t place_x(const struct plot *plot, int64_t x)
{
	int64_t least = plot->logarithmic ? log_of(plot->x_least) : plot->x_least;
	int64_t most = plot->logarithmic ? log_of(plot->x_most) : plot->x_most;

	return plot->in.x + part_of((plot->logarithmic ? log_of(x) : x) - least, plot->in.width, most - least);
}

static int64_t height_of(const struct plot *plot, int64_t y)
{
	const int64_t least = log_of(plot->y_least);

	return plot->logarithmic ? part_of(log_of(y) - least, plot->in.height, log_of(plot->y_most) - least) :
	                           part_of(y, plot->in.height, plot->y_most);
}

static int64_t place_y(const struct plot *plot, int64_t y)
{
	return plot->in.y + plot->in.height - U / 8 -
	       part_of(height_of(plot, y), plot->in.height - U / 4, plot->in.height);
}

static bool is_shown(const struct curve *curve, bool counters)
{
	return (curve->kind == COUNTER) == counters;
}

/* The range of all that is drawn; for counters of their steps. */
static void find_range(struct plot *plot, const struct trial *trial, const struct curves *curves, bool counters)
{
	bool any = false;

	plot->y_most = 1;
	for (size_t i = 0; i < curves->count; i++)
		for (size_t j = 0; j < curves->at[i].count; j++) {
			const struct curve *curve = &curves->at[i];
			int64_t x = curve->x[j];
			plot->x_least = !any || x < plot->x_least ? x : plot->x_least;
			plot->x_most = !any || x > plot->x_most ? x : plot->x_most;
			any = true;
			if (!is_shown(curve, counters))
				continue;
			int64_t y = !counters ? curve->y[j] : j > 0 ? curve->y[j] - curve->y[j - 1] : 0;
			plot->y_least =
				plot->logarithmic && (plot->y_least == 0 || y < plot->y_least) ? y : plot->y_least;
			plot->y_most = y > plot->y_most ? y : plot->y_most;
		}
	if (curves->by_mark) {
		plot->x_least = 0;
		plot->x_most = (int64_t)trial->moment_count - 1;
	}
	if (plot->x_most <= plot->x_least)
		plot->x_most = plot->x_least + 1;
}

static enum unit unit_of(const struct curves *curves, bool counters)
{
	for (size_t i = 0; i < curves->count; i++)
		if (is_shown(&curves->at[i], counters))
			return curves->at[i].unit;
	return PLAIN;
}

/* Cuts room for the scale off the left, and draws it: the most, and 0 or 1 below. */
static void put_y_scale(struct canvas *canvas, struct plot *plot, enum unit unit)
{
	struct place_on *in = &plot->in;

	in->x += SCALE_COLUMNS * U;
	in->width -= (SCALE_COLUMNS + 1) * U;
	canvas_line(canvas, in->x - U / 4, in->y, in->x - U / 4, in->y + in->height - 1, INK_DIM, false);
	paint_number(canvas, in->x - U, in->y, ALIGN_RIGHT, INK_DIM, unit, plot->y_most);
	if (in->height >= 2 * U)
		paint_number(canvas, in->x - U, in->y + in->height - U, ALIGN_RIGHT, INK_DIM, unit, plot->y_least);
	if (in->height >= 7 * U && !plot->logarithmic)
		paint_number(canvas, in->x - U, in->y + in->height / 2 - U / 2, ALIGN_RIGHT, INK_DIM, unit,
		             plot->y_most / 2);
}

/* The names of the marks under their places, as far as they do not run into each other. */
static void put_marks(struct canvas *canvas, const struct trial *trial, const struct plot *plot, int64_t y)
{
	int64_t end = 0;

	for (size_t i = 0; i < trial->moment_count; i++) {
		struct span name = span_of(_(trial->moments[i].name));
		bool last = i > 0 && i + 1 == trial->moment_count;
		int64_t width = (int64_t)text_width(name, SIZE_MAX) * U;
		int64_t x = place_x(plot, (int64_t)i) - (i == 0 ? 0 : last ? width : width / 2);
		if (x < end)
			continue;
		canvas_text(canvas, x, y, ALIGN_LEFT, INK_DIM, name);
		end = x + width + U;
	}
}

/* Under the plot: the names of the marks, or where x begins and ends and what it is. */
static void put_x_scale(struct canvas *canvas, const struct trial *trial, const struct curves *curves,
                        const struct plot *plot, int64_t y)
{
	const struct picture *picture = trial->experiment->picture;
	bool points = picture && picture->series_count && picture->series[0].from == FROM_POINTS;
	enum unit unit = points ? picture->x_unit : NANOSECONDS;
	int64_t base = points ? 0 : plot->x_least;

	if (curves->by_mark) {
		put_marks(canvas, trial, plot, y);
		return;
	}
	paint_number(canvas, plot->in.x, y, ALIGN_LEFT, INK_DIM, unit, plot->x_least - base);
	paint_number(canvas, plot->in.x + plot->in.width, y, ALIGN_RIGHT, INK_DIM, unit, plot->x_most - base);
	if (picture && picture->x_label)
		paint_text(canvas, plot->in.x + plot->in.width / 2, y, ALIGN_CENTRE, INK_DIM, picture->x_label);
}

static void put_line(struct canvas *canvas, const struct plot *plot, const struct curve *curve, bool dashed)
{
	for (size_t j = 0; j < curve->count; j++) {
		size_t from = j ? j - 1 : j;
		canvas_line(canvas, place_x(plot, curve->x[from]), place_y(plot, curve->y[from]),
		            place_x(plot, curve->x[j]), place_y(plot, curve->y[j]), curve->ink, dashed);
	}
}

/* What a counter gained, as a bar from the sample before to this one. */
static void put_steps(struct canvas *canvas, const struct plot *plot, const struct curve *curve)
{
	for (size_t j = 1; j < curve->count; j++) {
		int64_t left = place_x(plot, curve->x[j - 1]), right = place_x(plot, curve->x[j]);
		int64_t height = height_of(plot, curve->y[j] - curve->y[j - 1]);
		int64_t gap = right - left > 3 * U ? U : 0;
		canvas_area(canvas, left, plot->in.y + plot->in.height - height, right - left - gap, height,
		            curve->ink);
	}
}

static bool has(const struct curves *curves, bool counters)
{
	bool any = false;

	for (size_t i = 0; i < curves->count; i++)
		any |= is_shown(&curves->at[i], counters);
	return any;
}

void paint_curves(struct canvas *canvas, const struct trial *trial, const struct place_on *place)
{
	struct curves curves;
	struct plot plot = { .in = *place };

	curves_take(trial, &curves);
	int64_t legend = paint_legend(canvas, place, &curves) * U;
	bool gauges = has(&curves, false), counters = has(&curves, true);
	int64_t room = place->height - legend - U;
	int64_t below = !counters ? 0 : !gauges ? room : room >= 9 * U ? 3 * U : room >= 5 * U ? 2 * U : 0;
	plot.in.y += legend;
	plot.in.height = room - below;
	if (gauges && plot.in.height > 0) {
		find_range(&plot, trial, &curves, false);
		put_y_scale(canvas, &plot, unit_of(&curves, false));
		for (size_t i = 0; i < curves.count; i++)
			if (is_shown(&curves.at[i], false))
				put_line(canvas, &plot, &curves.at[i], false);
	}
	if (below > 0) {
		plot.in = (struct place_on){ place->x, place->y + place->height - U - below, place->width, below };
		find_range(&plot, trial, &curves, true);
		put_y_scale(canvas, &plot, unit_of(&curves, true));
		for (size_t i = 0; i < curves.count; i++)
			if (is_shown(&curves.at[i], true))
				put_steps(canvas, &plot, &curves.at[i]);
	}
	if (trial->moment_count > 0 || trial->point_count > 0)
		put_x_scale(canvas, trial, &curves, &plot, place->y + place->height - U);
	curves_done(&curves);
}

static void put_dot(struct canvas *canvas, int64_t x, int64_t y, enum ink ink)
{
	if (canvas->svg)
		canvas_area(canvas, x - U / 2, y - U / 4, U, U / 2, ink);
	else
		canvas_tile(canvas, x / U * U, y / U * U, U, U, ink, 0x25cf, 'o');
}

void paint_lines(struct canvas *canvas, const struct trial *trial, const struct place_on *place, bool logarithmic)
{
	struct curves curves;
	struct plot plot = { .in = *place, .logarithmic = logarithmic };

	curves_take(trial, &curves);
	int64_t legend = paint_legend(canvas, place, &curves) * U;
	plot.in.y += legend;
	plot.in.height -= legend + U;
	find_range(&plot, trial, &curves, false);
	put_y_scale(canvas, &plot, unit_of(&curves, false));
	for (size_t i = 0; i < curves.count; i++) {
		const struct curve *curve = &curves.at[i];
		put_line(canvas, &plot, curve, false);
		for (size_t j = 0; j < curve->count; j++)
			put_dot(canvas, place_x(&plot, curve->x[j]), place_y(&plot, curve->y[j]), curve->ink);
	}
	if (trial->point_count > 0 || trial->moment_count > 0)
		put_x_scale(canvas, trial, &curves, &plot, place->y + place->height - U);
	curves_done(&curves);
}

/* A curve at any x, which is in 1/1,000, straight between its points. False outside of them. */
static bool value_at(const struct curve *curve, int64_t x, int64_t *ret)
{
	for (size_t j = 0; j < curve->count; j++) {
		if (curve->x[j] * 1000 < x)
			continue;
		if (j == 0) {
			*ret = curve->y[0];
			return curve->x[0] * 1000 == x;
		}
		*ret = curve->y[j - 1] + part_of(curve->y[j] - curve->y[j - 1], x - curve->x[j - 1] * 1000,
		                                 (curve->x[j] - curve->x[j - 1]) * 1000);
		return true;
	}
	return false;
}

/* All but the last are stacked: the scale has to hold their sum. */
static void find_sum(struct plot *plot, const struct curves *curves)
{
	for (size_t j = 0; curves->count > 1 && j < curves->at[0].count; j++) {
		int64_t sum = 0, value;
		for (size_t i = 0; i + 1 < curves->count; i++)
			sum += value_at(&curves->at[i], curves->at[0].x[j] * 1000, &value) ? value : 0;
		plot->y_most = sum > plot->y_most ? sum : plot->y_most;
	}
}

void paint_areas(struct canvas *canvas, const struct trial *trial, const struct place_on *place)
{
	struct curves curves;
	struct plot plot = { .in = *place };

	curves_take(trial, &curves);
	if (curves.count > 0)
		curves.at[curves.count - 1].ink = INK_BAD;
	int64_t legend = paint_legend(canvas, place, &curves) * U, step = canvas->svg ? U / 4 : U;
	plot.in.y += legend;
	plot.in.height -= legend + U;
	find_range(&plot, trial, &curves, false);
	find_sum(&plot, &curves);
	put_y_scale(canvas, &plot, unit_of(&curves, false));
	for (int64_t at = 0; at < plot.in.width; at += step) {
		int64_t x = plot.x_least * 1000 +
		            part_of(at + step / 2, (plot.x_most - plot.x_least) * 1000, plot.in.width);
		int64_t below = 0, value;
		for (size_t i = 0; i + 1 < curves.count; i++) {
			if (!value_at(&curves.at[i], x, &value))
				continue;
			int64_t bottom = height_of(&plot, below), top = height_of(&plot, below + value);
			canvas_area(canvas, plot.in.x + at, plot.in.y + plot.in.height - top, step, top - bottom,
			            curves.at[i].ink);
			below += value;
		}
	}
	if (curves.count > 0)
		put_line(canvas, &plot, &curves.at[curves.count - 1], false);
	if (trial->point_count > 0 || trial->moment_count > 0)
		put_x_scale(canvas, trial, &curves, &plot, place->y + place->height - U);
	curves_done(&curves);
}
