/* Levels of a tree, strips above curves, and the states of processes. */
#include "lab/paint.h"
#include "lab/words.h"

enum { U = CANVAS_UNIT, LABEL_COLUMNS = 23, COUNT_COLUMNS = 16 };

static size_t used_of(const struct cells *cells)
{
	size_t used = 0;

	for (size_t i = 0; i < cells->count; i++)
		used += cells->at[i] != CELL_ABSENT;
	return used;
}

static void put_count(struct canvas *canvas, int64_t x, int64_t y, const struct cells *cells)
{
	struct buffer text = { 0 };

	buffer_format(&text, _("%zu of %zu"), used_of(cells), cells->count);
	canvas_text(canvas, x, y, ALIGN_LEFT, INK_PLAIN, buffer_span(&text));
	buffer_done(&text);
}

/* From the first slot that is used to both ends of the level below: that table is what the slot points to. */
static void put_fan(struct canvas *canvas, const struct place_on *strip, const struct cells *cells, int64_t gap)
{
	size_t first = 0;

	while (first < cells->count && cells->at[first] == CELL_ABSENT)
		first++;
	if (first == cells->count || gap < U)
		return;
	int64_t x = strip->x + part_of((int64_t)first * 2 + 1, strip->width, (int64_t)cells->count * 2);
	int64_t y = strip->y + strip->height;
	canvas_line(canvas, x, y, strip->x, y + gap - U / 8, INK_DIM, true);
	canvas_line(canvas, x, y, strip->x + strip->width - U / 2, y + gap - U / 8, INK_DIM, true);
}

/* Bars of what was reported as points beside the tree, a row each. */
static void put_costs(struct canvas *canvas, const struct trial *trial, const struct place_on *place)
{
	struct curves curves;
	int64_t most = 1, y = place->y, room = place->width - (LABEL_COLUMNS + COUNT_COLUMNS) * U;

	curves_take(trial, &curves);
	for (size_t i = 0; i < curves.count; i++)
		if (curves.at[i].count > 0 && curves.at[i].y[curves.at[i].count - 1] > most)
			most = curves.at[i].y[curves.at[i].count - 1];
	for (size_t i = 0; i < curves.count && y + U <= place->y + place->height; i++, y += U) {
		const struct curve *curve = &curves.at[i];
		paint_text(canvas, place->x + (LABEL_COLUMNS - 1) * U, y, ALIGN_RIGHT, INK_PLAIN, curve->label);
		if (curve->count == 0)
			continue;
		int64_t value = curve->y[curve->count - 1];
		canvas_area(canvas, place->x + LABEL_COLUMNS * U, y, part_of(value, room, most),
		            canvas->svg ? U * 3 / 4 : U, INK_FIRST);
		paint_number(canvas, place->x + LABEL_COLUMNS * U + part_of(value, room, most) + U, y, ALIGN_LEFT,
		             INK_PLAIN, curve->unit, value);
	}
	curves_done(&curves);
}

static size_t count_of(const struct picture *picture, bool cells)
{
	size_t count = 0;

	for (size_t i = 0; i < picture->series_count; i++)
		count += (picture->series[i].from == FROM_CELLS) == cells;
	return count;
}

void paint_tree(struct canvas *canvas, const struct trial *trial, const struct place_on *place)
{
	const struct picture *picture = trial->experiment->picture;
	int64_t levels = (int64_t)count_of(picture, true), costs = (int64_t)count_of(picture, false);
	int64_t room = place->height - costs * U;
	int64_t step = levels ? room / levels / U * U : U, y = place->y, level = 0;

	step = step < U ? U : step > 4 * U ? 4 * U : step;
	for (size_t i = 0; i < picture->series_count; i++) {
		const struct cells *cells = paint_cells_of(trial, &picture->series[i]);
		const struct place_on strip = { place->x + LABEL_COLUMNS * U, y,
			                        place->width - (LABEL_COLUMNS + COUNT_COLUMNS) * U, U };
		if (picture->series[i].from != FROM_CELLS)
			continue;
		paint_text(canvas, strip.x - U, y, ALIGN_RIGHT, INK_PLAIN, picture->series[i].label);
		if (cells) {
			paint_strip(canvas, &strip, cells, true);
			put_count(canvas, strip.x + strip.width + U, y, cells);
			if (++level < levels)
				put_fan(canvas, &strip, cells, step - U);
		}
		y += step;
	}
	put_costs(canvas, trial, &(struct place_on){ place->x, y, place->width, place->y + place->height - y });
}

void paint_strips(struct canvas *canvas, const struct trial *trial, const struct place_on *place)
{
	const struct picture *picture = trial->experiment->picture;
	struct place_on below = *place;

	for (size_t i = 0; i < picture->series_count; i++) {
		const struct cells *cells = paint_cells_of(trial, &picture->series[i]);
		const struct place_on strip = { place->x + LABEL_COLUMNS * U, below.y, place->width - LABEL_COLUMNS * U,
			                        U };
		if (picture->series[i].from != FROM_CELLS)
			continue;
		paint_text(canvas, strip.x - U, below.y, ALIGN_RIGHT, INK_PLAIN, picture->series[i].label);
		if (cells)
			paint_strip(canvas, &strip, cells, false);
		below.y += U;
		below.height -= U;
	}
	if (below.y > place->y) {
		below.height = U;
		paint_cell_legend(canvas, &below, trial);
		below.y += U;
		below.height = place->y + place->height - below.y;
	}
	if (count_of(picture, false) > 0 && below.height > 3 * U)
		paint_curves(canvas, trial, &below);
}

/* Where the states stand, in twelfths of the width and in rows, and what leads from one to another. */
static const struct {
	char letter;
	int x, row;
	const char *name;
} states[] = {
	{ 'R', 2, 1, N_("runs or waits for a CPU") }, { 'S', 6, 0, N_("sleeps") },
	{ 'D', 6, 2, N_("waits, cannot be woken") },  { 'T', 6, 4, N_("stopped by a signal") },
	{ 't', 6, 6, N_("stopped by a tracer") },     { 'Z', 2, 5, N_("dead, not yet waited for") },
	{ 'I', 9, 1, N_("idle kernel thread") },
};

static const char paths[][2] = { { 'R', 'S' }, { 'R', 'D' }, { 'R', 'T' }, { 'R', 't' }, { 'R', 'Z' } };

static size_t find_state(char letter)
{
	size_t i = 0;

	while (i + 1 < sizeof states / sizeof states[0] && states[i].letter != letter)
		i++;
	return i;
}

static void put_state(struct canvas *canvas, const struct place_on *place, size_t n, int64_t here, bool known)
{
	int64_t x = (place->x + place->width * states[n].x / 12) / U * U, y = place->y + states[n].row * U;
	const char letter[] = { states[n].letter, ' ', '\0' };
	enum ink ink = here > 0 ? INK_GOOD : known ? INK_PLAIN : INK_DIM;

	canvas_text(canvas, x, y, ALIGN_LEFT, ink, span_of(letter));
	for (int64_t i = 0; i < here && i < 8; i++)
		canvas_tile(canvas, x + (2 + i) * U, y, U, U, INK_GOOD, 0x25cf, 'o');
	if (here > 8)
		paint_number(canvas, x + 11 * U, y, ALIGN_LEFT, INK_PLAIN, PLAIN, here);
	paint_text(canvas, x, y + U, ALIGN_LEFT, INK_DIM, states[n].name);
}

void paint_states(struct canvas *canvas, const struct trial *trial, const struct place_on *place)
{
	const struct picture *picture = trial->experiment->picture;
	struct curves curves;

	curves_take(trial, &curves);
	for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
		size_t from = find_state(paths[i][0]), to = find_state(paths[i][1]);
		canvas_line(canvas, place->x + place->width * states[from].x / 12 + U / 2,
		            place->y + states[from].row * U + U / 2, place->x + place->width * states[to].x / 12 - U,
		            place->y + states[to].row * U + U / 2, INK_DIM, true);
	}
	for (size_t n = 0; n < sizeof states / sizeof states[0]; n++) {
		int64_t here = 0;
		bool known = false;
		for (size_t i = 0; i < curves.count; i++)
			if (curves.at[i].count > 0 && curves.at[i].label[0] == states[n].letter &&
			    curves.at[i].label[1] == '\0') {
				here = curves.at[i].y[curves.at[i].count - 1];
				known = true;
			}
		put_state(canvas, place, n, here, known);
	}
	curves_done(&curves);
	int64_t y = place->y + 9 * U;
	for (size_t i = 0; i < picture->series_count && y + U <= place->y + place->height; i++) {
		const struct cells *cells = paint_cells_of(trial, &picture->series[i]);
		const struct place_on strip = { place->x + LABEL_COLUMNS * U, y, place->width - LABEL_COLUMNS * U, U };
		if (!cells)
			continue;
		paint_text(canvas, strip.x - U, y, ALIGN_RIGHT, INK_PLAIN, picture->series[i].label);
		paint_strip(canvas, &strip, cells, false);
		y += U;
	}
}
