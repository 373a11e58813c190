/* Numbers in the columns of sar, pidstat and their kin: decimals, units and colours as asked for. */
#ifndef RENDER_FIGURE_H
#define RENDER_FIGURE_H

#include "base/buffer.h"

enum figure {
	FIGURE_COUNT,           /* as it is */
	FIGURE_PER_S,           /* PER_SECOND or FRACTION, in 1/1,000 */
	FIGURE_PERCENT,         /* in 1/10,000 of a percent; a high one has a colour of its own */
	FIGURE_KIB,             /* bytes as whole KiB */
	FIGURE_KIB_PER_S,       /* bytes a second as KiB with decimals */
	FIGURE_PLAIN_KIB_PER_S, /* the same, never with a unit */
	FIGURE_KIB_PART,        /* bytes or bytes a second as KiB with decimals; its units begin with k */
	FIGURE_SECTORS_PER_S,   /* bytes a second in blocks of 512 */
	FIGURE_MS,              /* nanoseconds as milliseconds */
	FIGURE_MS_PART,         /* the same with decimals */
	FIGURE_TICKS,           /* nanoseconds as hundredths of a second */
};

enum figure_colour {
	COLOUR_ITEM, /* which thing the line is about */
	COLOUR_NUMBER,
	COLOUR_ZERO,   /* a number that shows as zero */
	COLOUR_MEDIUM, /* a percentage from 50 on */
	COLOUR_HIGH,   /* a percentage from 75 on */
	COLOURS
};

enum { SGR_BYTES = 16 };

struct figure_style {
	int decimals; /* 0 to 2, of what is no count */
	bool human;   /* units and percent signs behind the numbers */
	bool colour;
	char sgr[COLOURS][SGR_BYTES]; /* what a terminal is told for each colour */
};

/* Two decimals, no units, no colours. */
void figure_style_init(struct figure_style *style);

/* Colours on, with the usual ones; `sgr` changes some, as S_COLORS_SGR does: "H=31;1:I=32;22:M=35;1:N=34;1:Z=34;22". */
void figure_colours(struct figure_style *style, const char *sgr);

/* Adds the number alone: no blanks, no colour. */
void figure_put_bare(struct buffer *buffer, const struct figure_style *style, enum figure figure, int64_t value);

/* Adds a blank and the number, right-aligned in `width` columns; one that is longer pushes the others. */
void figure_put(struct buffer *buffer, const struct figure_style *style, enum figure figure, size_t width,
                int64_t value);

/* The same for a word: a name, or the mark for what is absent. */
void figure_put_word(struct buffer *buffer, const struct figure_style *style, enum figure_colour colour, size_t width,
                     struct span word);

#endif
