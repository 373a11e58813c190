/* What the reader sees of an experiment: the picture and the lines beside it, while it runs and when it is over. */
#ifndef LAB_FACE_H
#define LAB_FACE_H

#include "lab/lab.h"
#include "lab/lines.h"

struct face {
	const struct tool *tool;
	struct lines *lines; /* owned */
	bool live;           /* on a terminal: drawn anew as it runs */
	bool colour, unicode;
	int columns, rows;
	int drawn;        /* lines on the terminal that the next frame takes the place of */
	int64_t drawn_ns; /* when */
	struct buffer out;
};

/* `live` only where the output is a terminal. -errno. */
int face_init(struct face *face, const struct tool *tool, bool live);
void face_done(struct face *face);

/* Draws what is known, where it is shown live: at most 20 times a second unless `now`. */
void face_draw(struct face *face, const struct trial *trial, bool now);

/* Two side by side; `results` once they are over, else NULL. */
void face_draw_pair(struct face *face, const struct trial *const trials[2], bool now);
void face_put_pair(struct face *face, const struct trial *const trials[2], const struct result *results);

/* Takes the live picture away. */
void face_clear(struct face *face);

/* Adds title, predictions, picture (with `picture`), lines, and what came out. */
void face_put_title(struct face *face, const struct experiment *experiment, bool predictions);
void face_put_result(struct face *face, const struct result *result, bool picture);

/* The SVG picture of these results, one below the other. */
void face_put_svg(struct buffer *buffer, const struct result *results, size_t count);

/* The picture alone as an SVG element, `columns` wide. */
void face_put_picture_svg(struct buffer *buffer, const struct trial *trial, int columns);

#endif
