/* Charts as SVG. */
#ifndef RENDER_CHART_H
#define RENDER_CHART_H

#include "base/buffer.h"

struct chart_slice {
	struct span label;
	int64_t value; /* 0 or more */
	bool apart;    /* moved out a little */
};

/* A pie, its slices clockwise from the top, each with its label and its share in percent. */
void chart_pie(struct buffer *buffer, struct span title, const struct chart_slice *slices, size_t count);

struct chart_bars {
	const struct span *labels; /* a group of bars each */
	size_t groups;
	const struct span *names; /* of the bars in a group */
	size_t series;
	const int64_t *values;                                   /* groups x series */
	void (*put_value)(struct buffer *buffer, int64_t value); /* for the scale */
};

/* Groups of upright bars on a scale from 0; with a legend. Bars below 0 have no height. */
void chart_bars(struct buffer *buffer, struct span title, const struct chart_bars *bars);

#endif
