/* Pages and other things of which there are many: a tile stands for one or for several. */
#include "lab/paint.h"
#include "lab/words.h"

enum { U = CANVAS_UNIT };

static const struct {
	const char *name;
	enum ink ink;
	uint32_t glyph;
	char plain;
} looks[CELLS] = {
	[CELL_ABSENT] = { N_("absent"), INK_DIM, 0x00b7, '.' },
	[CELL_ZERO] = { N_("zero page"), INK_LAST, 0x2591, '0' },
	[CELL_OWN] = { N_("own"), INK_FIRST + 2, 0x2588, '#' },
	[CELL_SHARED] = { N_("shared"), INK_FIRST + 1, 0x2592, '=' },
	[CELL_FILE] = { N_("of a file"), INK_FIRST + 0, 0x2593, 'f' },
	[CELL_SWAPPED] = { N_("swapped out"), INK_FIRST + 5, 0x00d7, 'x' },
	[CELL_HUGE] = { N_("huge"), INK_FIRST + 3, 0x25a0, 'H' },
	[CELL_GRANTED] = { N_("granted"), INK_GOOD, 0x2588, '+' },
	[CELL_REFUSED] = { N_("refused"), INK_BAD, 0x00d7, 'x' },
	[CELL_LIVE] = { N_("in use"), INK_FIRST + 2, 0x2588, '#' },
	[CELL_HOLE] = { N_("hole"), INK_FIRST + 1, 0x2591, 'o' },
	[CELL_TOP] = { N_("never used"), INK_FIRST + 4, 0x2592, '_' },
};

static enum cell_kind kind_of(uint8_t cell)
{
	return cell < CELLS ? (enum cell_kind)cell : CELL_ABSENT;
}

/* What most of these cells are; of two with as many, the one that is not absent. With `any`, absent only if all are. */
static enum cell_kind most_of(const uint8_t *cells, size_t count, bool any)
{
	size_t counts[CELLS] = { 0 };
	enum cell_kind most = CELL_ABSENT;

	for (size_t i = 0; i < count; i++)
		counts[kind_of(cells[i])]++;
	for (int kind = 1; kind < CELLS; kind++)
		if (counts[kind] > 0 && (counts[kind] >= counts[most] || (any && most == CELL_ABSENT)))
			most = (enum cell_kind)kind;
	return most;
}

static void put_tile(struct canvas *canvas, int64_t x, int64_t y, int64_t width, int64_t height, enum cell_kind kind)
{
	if (kind == CELL_ABSENT && canvas->svg)
		canvas_area(canvas, x + width / 2 - U / 16, y + height / 2 - U / 32, U / 8, U / 16, INK_DIM);
	else
		canvas_tile(canvas, x, y, width, height, looks[kind].ink, looks[kind].glyph, looks[kind].plain);
}

const struct cells *paint_cells_of(const struct trial *trial, const struct series *series)
{
	return series->from == FROM_CELLS ? trial_cells(trial, series->name ? series->name : series->label) : NULL;
}

void paint_strip(struct canvas *canvas, const struct place_on *place, const struct cells *cells, bool any)
{
	int64_t tile = canvas->svg ? U / 4 : U;
	size_t tiles = (size_t)(place->width / tile);

	if (tiles > cells->count) {
		tiles = cells->count;
		tile = tiles ? place->width / (int64_t)tiles : tile;
		tile = canvas->svg || tile < U ? tile : tile / U * U;
	}
	for (size_t i = 0; i < tiles; i++) {
		size_t from = i * cells->count / tiles, to = (i + 1) * cells->count / tiles;
		put_tile(canvas, place->x + (int64_t)i * tile, place->y, tile, place->height,
		         most_of(cells->at + from, to - from, any));
	}
}

void paint_cell_legend(struct canvas *canvas, const struct place_on *place, const struct trial *trial)
{
	int64_t x = place->x, y = place->y + place->height - U;
	struct buffer text = { 0 };

	for (int kind = 0; kind < CELLS; kind++) {
		size_t count = 0;
		for (size_t i = 0; i < trial->row_count; i++)
			for (size_t j = 0; j < trial->rows[i].count; j++)
				count += kind_of(trial->rows[i].at[j]) == (enum cell_kind)kind;
		if (count == 0)
			continue;
		buffer_clear(&text);
		buffer_format(&text, "%s %zu", _(looks[kind].name), count);
		put_tile(canvas, x, y, U, U, (enum cell_kind)kind);
		x += (canvas_text(canvas, x + 2 * U, y, ALIGN_LEFT, INK_PLAIN, buffer_span(&text)) + 5) * U;
	}
	buffer_done(&text);
}

/* Tiles from left to right and then down, in the order of the addresses. */
static void put_panel(struct canvas *canvas, const struct place_on *place, const struct cells *cells)
{
	const int64_t tile_width = canvas->svg ? U / 2 : U, tile_height = canvas->svg ? U / 4 : U;
	size_t across = (size_t)(place->width / tile_width), down = (size_t)(place->height / tile_height);

	across = across > 64 ? 64 : across;
	down = down > 64 ? 64 : down;
	if (across * down > cells->count && across > 0)
		down = (cells->count + across - 1) / across;
	const size_t tiles = across * down < cells->count ? across * down : cells->count;
	for (size_t i = 0; i < tiles; i++) {
		size_t from = i * cells->count / tiles, to = (i + 1) * cells->count / tiles;
		put_tile(canvas, place->x + (int64_t)(i % across) * tile_width,
		         place->y + (int64_t)(i / across) * tile_height, tile_width, tile_height,
		         most_of(cells->at + from, to - from, false));
	}
}

void paint_grid(struct canvas *canvas, const struct trial *trial, const struct place_on *place)
{
	const struct picture *picture = trial->experiment->picture;
	int64_t count = (int64_t)picture->series_count;
	int64_t wide = count ? (place->width - (count - 1) * 2 * U) / count / U * U : place->width;

	for (size_t i = 0; i < picture->series_count; i++) {
		const struct cells *cells = paint_cells_of(trial, &picture->series[i]);
		struct place_on panel = { place->x + (int64_t)i * (wide + 2 * U), place->y + U, wide,
			                  place->height - 2 * U - U };
		paint_text(canvas, panel.x, place->y, ALIGN_LEFT, INK_PLAIN, picture->series[i].label);
		if (cells)
			put_panel(canvas, &panel, cells);
	}
	paint_cell_legend(canvas, place, trial);
}

/* One row of tiles, and how it hangs together: one frame in the middle, or one on each side. */
static void put_pair(struct canvas *canvas, const struct place_on *place, enum cell_kind left, enum cell_kind right)
{
	int64_t middle = place->x + place->width / 2, y = place->y + U / 2;
	int64_t from = place->x + place->width / 4, to = place->x + place->width * 3 / 4;

	put_tile(canvas, place->x, place->y, place->width / 4, U, left);
	put_tile(canvas, to, place->y, place->width / 4, U, right);
	if (left == CELL_SHARED && right == CELL_SHARED) {
		canvas_line(canvas, from, y, to, y, INK_DIM, false);
		put_tile(canvas, middle - 3 * U, place->y, 6 * U, U, CELL_SHARED);
		return;
	}
	if (left != CELL_ABSENT) {
		canvas_line(canvas, from, y, middle - 8 * U, y, INK_DIM, false);
		put_tile(canvas, middle - 8 * U, place->y, 6 * U, U, left);
	}
	if (right != CELL_ABSENT) {
		canvas_line(canvas, middle + 8 * U, y, to, y, INK_DIM, false);
		put_tile(canvas, middle + 2 * U, place->y, 6 * U, U, right);
	}
}

void paint_cow(struct canvas *canvas, const struct trial *trial, const struct place_on *place)
{
	const struct picture *picture = trial->experiment->picture;
	const struct cells *left = picture->series_count > 0 ? paint_cells_of(trial, &picture->series[0]) : NULL;
	const struct cells *right = picture->series_count > 1 ? paint_cells_of(trial, &picture->series[1]) : NULL;
	size_t rows = place->height > 3 * U ? (size_t)(place->height / U) - 3 : 0;
	const struct cells none = { .count = 0 };

	left = left ? left : &none;
	right = right ? right : &none;
	size_t count = left->count > right->count ? left->count : right->count;
	rows = rows < count ? rows : count;
	if (picture->series_count > 1) {
		paint_text(canvas, place->x, place->y, ALIGN_LEFT, INK_PLAIN, picture->series[0].label);
		paint_text(canvas, place->x + place->width, place->y, ALIGN_RIGHT, INK_PLAIN, picture->series[1].label);
	}
	paint_text(canvas, place->x + place->width / 2, place->y, ALIGN_CENTRE, INK_PLAIN, N_("frames in RAM"));
	for (size_t i = 0; i < rows; i++) {
		const struct place_on row = { place->x, place->y + (int64_t)(i + 1) * U, place->width, U };
		size_t from = i * count / rows, to = (i + 1) * count / rows;
		put_pair(canvas, &row, to <= left->count ? most_of(left->at + from, to - from, false) : CELL_ABSENT,
		         to <= right->count ? most_of(right->at + from, to - from, false) : CELL_ABSENT);
	}
	paint_cell_legend(canvas, place, trial);
}

void paint_ladder(struct canvas *canvas, const struct trial *trial, const struct place_on *place)
{
	enum { LABEL = 14 };
	const struct picture *picture = trial->experiment->picture;
	int64_t count = (int64_t)picture->series_count;
	int64_t wide = count ? (place->width - LABEL * U) / count / U * U : 0;
	int64_t rungs = (int64_t)picture->group_count;

	wide = wide > 24 * U ? 24 * U : wide;
	for (int64_t g = 0; g < rungs && (g + 2) * U < place->height; g++)
		paint_text(canvas, place->x + (LABEL - 2) * U, place->y + (rungs - g) * U, ALIGN_RIGHT, INK_PLAIN,
		           picture->groups[g]);
	for (int64_t i = 0; i < count; i++) {
		const struct cells *cells = paint_cells_of(trial, &picture->series[i]);
		int64_t x = place->x + LABEL * U + i * wide;
		paint_text(canvas, x, place->y, ALIGN_LEFT, INK_PLAIN, picture->series[i].label);
		for (int64_t g = 0; cells && g < rungs && g < (int64_t)cells->count; g++)
			put_tile(canvas, x, place->y + (rungs - g) * U, wide > 10 * U ? 8 * U : wide - 2 * U, U,
			         kind_of(cells->at[g]));
	}
	paint_cell_legend(canvas, place, trial);
}
