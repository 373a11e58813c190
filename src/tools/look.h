/* One look at the machine: what tools use that take a single snapshot and then do something with it. */
#ifndef TOOLS_LOOK_H
#define TOOLS_LOOK_H

#include "model/view.h"
#include "tools/run.h"

struct look {
	struct source *source;
	struct snapshot now;
	struct view view; /* of `now`, with nothing before it */
};

/*
 * Opens the place and takes the snapshot. GO_ON; or says on stderr what went wrong and gives back `status`. The look is
 * then empty; look_done may still be called.
 */
int look_take(const struct tool *tool, int status, const struct place *place, const struct request *request,
              struct look *ret);
void look_done(struct look *look);

/* The row of that process, or of that thread; UINT32_MAX when there is none. Rows are in the order of their numbers. */
uint32_t look_row(const struct look *look, int64_t pid);

#endif
