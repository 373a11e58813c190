/* A line made of parts, each of which is there whole or not at all. */
#ifndef RENDER_FITTED_H
#define RENDER_FITTED_H

#include "render/marked.h"

struct fitted {
	struct buffer text, part; /* owned: what is in the line, and what is being put together */
	size_t width, used;       /* columns of the line, and of `text` */
};

/* The part is ended: it becomes part of the line when there is room for it. */
void fitted_part(struct fitted *line);

/* Ends the last part, adds the line and MARK_PLAIN to `buffer`, and gives back what the line owns. */
void fitted_end(struct fitted *line, struct buffer *buffer);

#endif
