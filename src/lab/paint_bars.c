/* Lying bars in groups, and lanes of time slices. */
#include "base/time.h"
#include "lab/paint.h"
#include "lab/words.h"

enum { U = CANVAS_UNIT, LABEL_COLUMNS = 22, NUMBER_COLUMNS = 10 };

/* What is in a group: each curve's value there. */
struct group_of_bars {
	int64_t x;
	char name[WIRE_TEXT];
};

enum { GROUPS_MOST = 32 };

static size_t add_group(struct group_of_bars *groups, size_t count, int64_t x, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (groups[i].x == x)
			return count;
	if (count == GROUPS_MOST)
		return count;
	groups[count].x = x;
	strncpy(groups[count].name, name, WIRE_TEXT - 1);
	groups[count].name[WIRE_TEXT - 1] = '\0';
	return count + 1;
}

/* One for each mark, or for each x that points have. */
static size_t find_groups(const struct trial *trial, const struct curves *curves, struct group_of_bars *ret)
{
	const struct picture *picture = trial->experiment->picture;
	size_t count = 0;

	for (size_t i = 0; i < curves->count; i++)
		for (size_t j = 0; j < curves->at[i].count; j++) {
			struct buffer name = { 0 };
			int64_t x = curves->at[i].x[j];
			if (curves->by_mark && x >= 0 && (size_t)x < trial->moment_count)
				buffer_text(&name, _(trial->moments[x].name));
			else if (picture && x >= 0 && (size_t)x < picture->group_count)
				buffer_text(&name, _(picture->groups[x]));
			else if (picture && picture->series[0].from == FROM_POINTS)
				paint_short(&name, picture->x_unit, x);
			else
				paint_short(&name, NANOSECONDS, x);
			count = add_group(ret, count, x, buffer_cstr(&name));
			buffer_done(&name);
		}
	return count;
}

static bool value_in(const struct curve *curve, int64_t x, int64_t *ret)
{
	for (size_t j = curve->count; j-- > 0;)
		if (curve->x[j] == x) {
			*ret = curve->y[j];
			return true;
		}
	return false;
}

static int64_t largest(const struct curves *curves)
{
	int64_t most = 1;

	for (size_t i = 0; i < curves->count; i++)
		for (size_t j = 0; j < curves->at[i].count; j++)
			most = curves->at[i].y[j] > most ? curves->at[i].y[j] : most;
	return most;
}

void paint_bars(struct canvas *canvas, const struct trial *trial, const struct place_on *place)
{
	struct group_of_bars groups[GROUPS_MOST];
	struct curves curves;

	curves_take(trial, &curves);
	size_t count = find_groups(trial, &curves, groups);
	int64_t y = place->y + paint_legend(canvas, place, &curves) * U, most = largest(&curves), value;
	int64_t left = place->x + LABEL_COLUMNS * U;
	int64_t room = place->width - (LABEL_COLUMNS + NUMBER_COLUMNS) * U;
	for (size_t g = 0; g < count; g++)
		for (size_t i = 0; i < curves.count && y + U <= place->y + place->height; i++, y += U) {
			if (i == 0)
				canvas_text(canvas, left - U, y, ALIGN_RIGHT, INK_PLAIN, span_of(groups[g].name));
			if (!value_in(&curves.at[i], groups[g].x, &value))
				continue;
			canvas_area(canvas, left, y + (canvas->svg ? U / 8 : 0), part_of(value, room, most),
			            canvas->svg ? U * 3 / 4 : U, curves.at[i].ink);
			paint_number(canvas, left + part_of(value > 0 ? value : 0, room, most) + U, y, ALIGN_LEFT,
			             INK_PLAIN, curves.at[i].unit, value);
		}
	curves_done(&curves);
}

static bool is_of(const struct point *point, const struct series *series, bool slice)
{
	return point->slice == slice && !strcmp(point->series, series->name ? series->name : series->label);
}

static void find_time(const struct trial *trial, int64_t *ret_least, int64_t *ret_most)
{
	bool any = false;

	*ret_least = *ret_most = 0;
	for (size_t i = 0; i < trial->point_count; i++) {
		const struct point *point = &trial->points[i];
		if (!point->slice)
			continue;
		*ret_least = !any || point->x < *ret_least ? point->x : *ret_least;
		*ret_most = !any || point->y > *ret_most ? point->y : *ret_most;
		any = true;
	}
}

void paint_gantt(struct canvas *canvas, const struct trial *trial, const struct place_on *place)
{
	const struct picture *picture = trial->experiment->picture;
	int64_t left = place->x + LABEL_COLUMNS * U, room = place->width - (LABEL_COLUMNS + NUMBER_COLUMNS) * U;
	int64_t least, most, y = place->y, lanes = (int64_t)picture->series_count;
	int64_t lane = lanes > 0 ? (place->height - U) / lanes / U * U : U;

	lane = lane < U ? U : lane > 3 * U ? 3 * U : lane;
	find_time(trial, &least, &most);
	for (size_t s = 0; s < picture->series_count; s++, y += lane) {
		enum ink ink = (enum ink)(INK_FIRST + (canvas->svg ? s % 8 : s % 4));
		paint_text(canvas, left - U, y, ALIGN_RIGHT, INK_PLAIN, picture->series[s].label);
		canvas_line(canvas, left, y + lane - U / 8, left + room, y + lane - U / 8, INK_DIM, true);
		for (size_t i = 0; i < trial->point_count; i++) {
			const struct point *point = &trial->points[i];
			if (is_of(point, &picture->series[s], true))
				canvas_area(canvas, left + part_of(point->x - least, room, most - least), y,
				            part_of(point->y - point->x, room, most - least),
				            lane > U ? lane - U / 2 : lane, ink);
			else if (is_of(point, &picture->series[s], false) && point->x == 0)
				paint_number(canvas, left + room + U, y, ALIGN_LEFT, INK_PLAIN, PERCENT, point->y);
		}
	}
	paint_number(canvas, left, y, ALIGN_LEFT, INK_DIM, NANOSECONDS, 0);
	paint_number(canvas, left + room, y, ALIGN_RIGHT, INK_DIM, NANOSECONDS, most - least);
}
