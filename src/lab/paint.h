/* Draws the picture of a trial, as its experiment describes it; the parts of it share this. */
#ifndef LAB_PAINT_H
#define LAB_PAINT_H

#include "lab/trial.h"
#include "render/canvas.h"

/* The whole picture on the whole canvas. Draws what is known so far. */
void paint(struct canvas *canvas, const struct trial *trial);

/* How many rows it wants; it makes do with less. 0: there is nothing to be shown. */
int paint_rows(const struct trial *trial);

/* A part of the canvas, in its units, and the picture in it. */
struct place_on {
	int64_t x, y, width, height;
};

void paint_at(struct canvas *canvas, const struct trial *trial, const struct place_on *place);

/* A series with what is known of it, in order. */
struct curve {
	const char *label;
	enum ink ink;
	enum kind kind;
	enum unit unit;
	int64_t *x, *y; /* owned */
	size_t count;
};

enum { CURVES_MOST = 8 };

struct curves {
	struct curve at[CURVES_MOST];
	size_t count;
	bool by_mark; /* x counts the marks, which have different names */
};

/* All series of the picture that are numbers; VIRT, RES and faults without a picture. */
void curves_take(const struct trial *trial, struct curves *ret);
void curves_done(struct curves *curves);

/* A number in few characters: "256Mi", "1.2 s", "98%". */
void paint_short(struct buffer *buffer, enum unit unit, int64_t value);
int paint_number(struct canvas *canvas, int64_t x, int64_t y, enum canvas_align align, enum ink ink, enum unit unit,
                 int64_t value);

/* As canvas_text, of a text of the experiment's, translated. */
int paint_text(struct canvas *canvas, int64_t x, int64_t y, enum canvas_align align, enum ink ink, const char *text);

/* One line: a sample of each curve's ink, its label, and its first and last value. Gives back the rows it took. */
int paint_legend(struct canvas *canvas, const struct place_on *place, const struct curves *curves);

/* part x scale / whole, without overflow; 0 of nothing. */
static inline int64_t part_of(int64_t part, int64_t scale, int64_t whole)
{
	return whole > 0 ? (int64_t)((__int128)part * scale / whole) : 0;
}

/* paint_plot.c */
void paint_curves(struct canvas *canvas, const struct trial *trial, const struct place_on *place);
void paint_areas(struct canvas *canvas, const struct trial *trial, const struct place_on *place);
void paint_lines(struct canvas *canvas, const struct trial *trial, const struct place_on *place, bool logarithmic);

/* paint_bars.c */
void paint_bars(struct canvas *canvas, const struct trial *trial, const struct place_on *place);
void paint_gantt(struct canvas *canvas, const struct trial *trial, const struct place_on *place);

/* paint_cells.c */
void paint_grid(struct canvas *canvas, const struct trial *trial, const struct place_on *place);
void paint_cow(struct canvas *canvas, const struct trial *trial, const struct place_on *place);
void paint_ladder(struct canvas *canvas, const struct trial *trial, const struct place_on *place);

/* A row of cells as one strip: what most of those behind a tile are; or, with `any`, most of those that are there. */
void paint_strip(struct canvas *canvas, const struct place_on *place, const struct cells *cells, bool any);

/* Which kinds of cells there are, and how many of each; in the last row of the place. */
void paint_cell_legend(struct canvas *canvas, const struct place_on *place, const struct trial *trial);

/* Row n of the picture that is made of cells, or NULL. */
const struct cells *paint_cells_of(const struct trial *trial, const struct series *series);

/* paint_trees.c */
void paint_tree(struct canvas *canvas, const struct trial *trial, const struct place_on *place);
void paint_strips(struct canvas *canvas, const struct trial *trial, const struct place_on *place);
void paint_states(struct canvas *canvas, const struct trial *trial, const struct place_on *place);

#endif
