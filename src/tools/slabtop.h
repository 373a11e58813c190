/* The parts of vires slabtop. */
#ifndef TOOLS_SLABTOP_H
#define TOOLS_SLABTOP_H

#include "model/view.h"
#include "tools/run.h"

struct slabtop {
	const struct tool *tool;
	struct shared shared;
	struct request request;
	struct source *source;
	int64_t delay_ns;
	char sort; /* one of SLABTOP_SORTS */
	bool delayed, once, human;
};

#define SLABTOP_SORTS "abclvnopsu"

/*
 * Takes a sample and puts the lines of the summary, a blank, the heading and `rows` caches, the first of the order.
 * GO_ON, or the status of what it complained about.
 */
int slabtop_put(struct slabtop *slabtop, struct buffer *buffer, size_t rows);

/* The table on the screen until a key ends it: the exit status. */
int slabtop_screen(struct slabtop *slabtop);

enum { SLABTOP_HEADING_LINE = 6 };

#endif
