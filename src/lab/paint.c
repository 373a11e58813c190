#include "lab/paint.h"

#include <stdlib.h>

#include "base/time.h"
#include "lab/words.h"
#include "render/number.h"
#include "render/text.h"

enum { U = CANVAS_UNIT };

/* What is shown where the experiment describes no picture. */
static const struct series usual_series[] = {
	{ .label = "VIRT", .from = FROM_TASKS, .field = TASK_virt_bytes },
	{ .label = "RES", .from = FROM_TASKS, .field = TASK_rss_bytes },
	{ .label = N_("RES of the child"), .from = FROM_TASKS, .field = TASK_rss_bytes, .of_child = true },
	{ .label = N_("minor faults"), .from = FROM_TASKS, .field = TASK_minor_faults },
};
static const struct picture usual = { .kind = PICTURE_CURVES, SERIES(usual_series) };

static const struct picture *picture_of(const struct trial *trial)
{
	return trial->experiment->picture ? trial->experiment->picture : &usual;
}

/* Adds commas to a count, or scales it from a million on. */
static void put_count(struct buffer *buffer, int64_t value)
{
	if (value >= 10000000 || value <= -10000000)
		buffer_format(buffer, "%lldM", (long long)(value / 1000000));
	else if (value >= 10000 || value <= -10000)
		buffer_format(buffer, "%lldk", (long long)(value / 1000));
	else
		buffer_i64(buffer, value, 0);
}

void paint_short(struct buffer *buffer, enum unit unit, int64_t value)
{
	switch (unit) {
	case BYTES:
	case BYTES_PER_SECOND:
		if (value < 0)
			buffer_char(buffer, '-');
		number_human(buffer, llabs(value), false);
		return;
	case NANOSECONDS:
		if (llabs(value) >= NS_PER_S) {
			number_fixed(buffer, value / (NS_PER_S / 100), 2);
			buffer_text(buffer, " s");
		} else if (llabs(value) >= 1000000) {
			number_fixed(buffer, value / 10000, 2);
			buffer_text(buffer, " ms");
		} else {
			number_fixed(buffer, value / 10, 2);
			buffer_text(buffer, " us");
		}
		return;
	case PERCENT:
		number_fixed(buffer, value / 1000, 1);
		buffer_char(buffer, '%');
		return;
	case PER_SECOND:
	case FRACTION:
		number_fixed(buffer, value, 3);
		return;
	case LETTER:
		buffer_char(buffer, value > ' ' && value < 127 ? (char)value : '?');
		return;
	default:
		put_count(buffer, value);
	}
}

int paint_number(struct canvas *canvas, int64_t x, int64_t y, enum canvas_align align, enum ink ink, enum unit unit,
                 int64_t value)
{
	struct buffer text = { 0 };

	paint_short(&text, unit, value);
	int width = canvas_text(canvas, x, y, align, ink, buffer_span(&text));
	buffer_done(&text);
	return width;
}

int paint_text(struct canvas *canvas, int64_t x, int64_t y, enum canvas_align align, enum ink ink, const char *text)
{
	return canvas_text(canvas, x, y, align, ink, span_of(_(text)));
}

static void add(struct curve *curve, int64_t x, int64_t y)
{
	if ((curve->count & (curve->count - 1)) == 0) {
		size_t room = curve->count ? 2 * curve->count : 1;
		int64_t *more_x = reallocarray(curve->x, room, sizeof *more_x);
		curve->x = more_x ? more_x : curve->x;
		int64_t *more_y = reallocarray(curve->y, room, sizeof *more_y);
		curve->y = more_y ? more_y : curve->y;
		if (!more_x || !more_y)
			return;
	}
	curve->x[curve->count] = x;
	curve->y[curve->count++] = y;
}

static bool have_names_of_their_own(const struct trial *trial)
{
	enum { FEW = 7 };

	if (trial->moment_count > FEW || trial->moment_count < 2)
		return false;
	for (size_t i = 0; i < trial->moment_count; i++)
		for (size_t j = 0; j < i; j++)
			if (!strcmp(trial->moments[i].name, trial->moments[j].name))
				return false;
	return true;
}

/* Whether the experiment's own process was measured; if not, those of its children are shown as one. */
static bool measured_itself(const struct trial *trial)
{
	for (size_t i = 0; i < trial->moment_count; i++)
		if (!trial->moments[i].of_child)
			return true;
	return false;
}

static void take_moments(const struct trial *trial, const struct series *series, bool by_mark, struct curve *curve)
{
	const bool task = series->from == FROM_TASKS;
	const bool of_child = series->of_child || !measured_itself(trial);

	for (size_t i = 0; i < trial->moment_count; i++) {
		const struct moment *moment = &trial->moments[i];
		int64_t y, x = by_mark ? (int64_t)i : moment->snapshot.monotonic_ns - trial->begin_ns;
		if (task && moment->of_child != of_child)
			continue;
		if (task ? moment_number(moment, series->field, &y) : moment_machine(moment, series->field, &y))
			add(curve, x, y);
	}
}

static void take_points(const struct trial *trial, const struct series *series, struct curve *curve)
{
	const char *name = series->name ? series->name : series->label;

	for (size_t i = 0; i < trial->point_count; i++)
		if (!trial->points[i].slice && !strcmp(trial->points[i].series, name))
			add(curve, trial->points[i].x, trial->points[i].y);
}

void curves_take(const struct trial *trial, struct curves *ret)
{
	const struct picture *picture = picture_of(trial);

	*ret = (struct curves){ .by_mark = have_names_of_their_own(trial) };
	for (size_t i = 0; i < picture->series_count && ret->count < CURVES_MOST; i++) {
		const struct series *series = &picture->series[i];
		struct curve *curve = &ret->at[ret->count];
		if (series->from == FROM_CELLS || series->from == FROM_SLICES)
			continue;
		*curve = (struct curve){ .label = series->label,
			                 .ink = (enum ink)(INK_FIRST + ret->count),
			                 .kind = GAUGE,
			                 .unit = picture->unit };
		const struct field *field = series->from == FROM_TASKS   ? &task_fields[series->field] :
		                            series->from == FROM_MACHINE ? &machine_fields[series->field] :
		                                                           NULL;
		if (field) {
			curve->kind = field->kind;
			curve->unit = field->unit;
			take_moments(trial, series, ret->by_mark, curve);
			if (picture == &usual && series->of_child && (curve->count == 0 || !measured_itself(trial)))
				continue; /* there is no child, or nobody else */
		} else {
			ret->by_mark = false;
			take_points(trial, series, curve);
		}
		ret->count++;
	}
}

void curves_done(struct curves *curves)
{
	for (size_t i = 0; i < curves->count; i++) {
		free(curves->at[i].x);
		free(curves->at[i].y);
	}
	*curves = (struct curves){ 0 };
}

int paint_legend(struct canvas *canvas, const struct place_on *place, const struct curves *curves)
{
	int64_t x = place->x, y = place->y;
	struct buffer text = { 0 };

	for (size_t i = 0; i < curves->count; i++) {
		const struct curve *curve = &curves->at[i];
		buffer_clear(&text);
		buffer_text(&text, _(curve->label));
		if (curve->count > 1) {
			buffer_char(&text, ' ');
			paint_short(&text, curve->unit, curve->y[0]);
			buffer_text(&text, " -> ");
		}
		if (curve->count > 0) {
			buffer_text(&text, curve->count > 1 ? "" : " ");
			paint_short(&text, curve->unit, curve->y[curve->count - 1]);
		}
		int64_t width = ((int64_t)text_width(buffer_span(&text), SIZE_MAX) + 5) * U;
		if (x > place->x && x + width - 3 * U > place->x + place->width) {
			x = place->x;
			y += U;
		}
		canvas_area(canvas, x, y + U / 4, U, U * 3 / 4, curve->ink);
		x += (canvas_text(canvas, x + 2 * U, y, ALIGN_LEFT, INK_PLAIN, buffer_span(&text)) + 5) * U;
	}
	buffer_done(&text);
	return (int)((y - place->y) / U) + 1;
}

void paint(struct canvas *canvas, const struct trial *trial)
{
	const struct place_on all = { 0, 0, (int64_t)canvas->columns * U, (int64_t)canvas->rows * U };

	paint_at(canvas, trial, &all);
}

void paint_at(struct canvas *canvas, const struct trial *trial, const struct place_on *place)
{
	switch (picture_of(trial)->kind) {
	case PICTURE_CURVES:
		paint_curves(canvas, trial, place);
		return;
	case PICTURE_BARS:
		paint_bars(canvas, trial, place);
		return;
	case PICTURE_GRID:
		paint_grid(canvas, trial, place);
		return;
	case PICTURE_COW:
		paint_cow(canvas, trial, place);
		return;
	case PICTURE_TREE:
		paint_tree(canvas, trial, place);
		return;
	case PICTURE_LADDER:
		paint_ladder(canvas, trial, place);
		return;
	case PICTURE_AREAS:
		paint_areas(canvas, trial, place);
		return;
	case PICTURE_LOG:
		paint_lines(canvas, trial, place, true);
		return;
	case PICTURE_GANTT:
		paint_gantt(canvas, trial, place);
		return;
	case PICTURE_STATES:
		paint_states(canvas, trial, place);
		return;
	case PICTURE_STRIPS:
		paint_strips(canvas, trial, place);
		return;
	case PICTURE_SWEEP:
		paint_lines(canvas, trial, place, false);
		return;
	}
}

static size_t named_groups(const struct picture *picture)
{
	size_t count = 0;

	for (size_t i = 0; i < picture->group_count; i++)
		count += picture->groups[i] != NULL;
	return count;
}

static bool has_only_cells(const struct picture *picture)
{
	for (size_t i = 0; i < picture->series_count; i++)
		if (picture->series[i].from != FROM_CELLS)
			return false;
	return true;
}

/* The usual curves need two moments of one process; a picture of its own only what it is made from. */
static bool has_anything(const struct trial *trial)
{
	struct curves curves;
	bool any = false;

	if (trial->experiment->picture)
		return trial->moment_count > 0 || trial->point_count > 0 || trial->row_count > 0;
	curves_take(trial, &curves);
	for (size_t i = 0; i < curves.count; i++)
		any |= curves.at[i].count > 1 && curves.at[i].kind == GAUGE;
	curves_done(&curves);
	return any;
}

int paint_rows(const struct trial *trial)
{
	const struct picture *picture = picture_of(trial);

	if (!has_anything(trial))
		return 0;

	switch (picture->kind) {
	case PICTURE_GANTT:
		return 2 * (int)picture->series_count + 1;
	case PICTURE_LADDER:
		return (int)picture->group_count + 3;
	case PICTURE_BARS: {
		enum { USUAL = 14, MOST = 26 };
		size_t groups = picture->group_count ? named_groups(picture) : trial->moment_count;
		size_t rows = groups * picture->series_count + 2; /* the legend may need two */
		return rows < USUAL ? (rows > 3 ? (int)rows : 3) : rows > MOST ? MOST : (int)rows;
	}
	case PICTURE_GRID:
	case PICTURE_COW:
		return 16;
	case PICTURE_STRIPS:
		return has_only_cells(picture) ? (int)picture->series_count + 1 : 13;
	default:
		return 13;
	}
}
