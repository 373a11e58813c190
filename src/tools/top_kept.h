/*
 * The lines of the last frame of top -b. Most processes sleep: of one that has done nothing in this interval, and had
 * not in the one before, all that is shown is what it was, and its line is taken over as it is.
 */
#ifndef TOOLS_TOP_KEPT_H
#define TOOLS_TOP_KEPT_H

#include "tools/top.h"

struct kept_line {
	uint32_t at, len; /* in the text of its frame; it ends with a newline */
	bool quiet;       /* nothing of its row was other than in the sample before */
};

/* Of one window. */
struct top_kept {
	struct kept_line *lines; /* owned: of each row of the sample of `frame_number`; NULL: there were none */
	size_t count;            /* of lines */
	int64_t frame_number;
	struct top_layout layout;
	int64_t cpu_share, cpu_most, mem_total_bytes; /* what cells are made of besides their row */

	/* While a frame is put. */
	const struct top *top;
	const struct top_frame *frame;
	struct buffer *into;
	const char *last;        /* the text of the frame before */
	bool same_rows;          /* the rows of both samples hold the same fields */
	bool usable;             /* lines of the last frame were made as they would be made now */
	struct kept_line *fresh; /* owned; NULL: lines are not kept */
};

/* Begins with the rows of that frame of this window; `last` is the text of the frame with the number before. */
void top_kept_begin(struct top_kept *kept, const struct top *top, const struct top_frame *frame, int64_t number,
                    const struct top_layout *layout, struct buffer *into, const char *last);

/* As top_row_put(), with a newline. */
void top_kept_row_put(struct top_kept *kept, size_t index);

void top_kept_end(struct top_kept *kept);
void top_kept_done(struct top_kept *kept);

#endif
