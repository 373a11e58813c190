/* What vires maps, smaps and pages do alike: the mappings of one process, each in its class. */
#ifndef TOOLS_MAPPINGS_H
#define TOOLS_MAPPINGS_H

#include "analysis/space.h"
#include "tools/look.h"

struct mappings {
	const struct tool *tool;
	struct shared shared;
	struct field_set wanted;  /* of each mapping */
	struct field_set details; /* of the process, besides what it is called */
	int64_t pid;
	/* Gets each mapping, by address, with its class; its texts are good until it returns. 0 or -errno. */
	int (*visit)(struct mappings *mappings, enum space_class class, const struct mapping *mapping);
	/* Before the first of them, or NULL. */
	void (*begin)(struct mappings *mappings);

	/* filled in */
	struct look look;
	uint32_t row; /* of the process */
	struct space space;
	struct buffer out;
};

/* Walks them: GO_ON; or the status, after a line on stderr. mappings_done may be called in either case. */
int mappings_show(struct mappings *mappings);
void mappings_done(struct mappings *mappings);

/* `{"schema":...,"pid":...,"comm":...,` */
void mappings_begin_json(struct mappings *mappings);

/* "PID  command", the line that both begin with. */
void mappings_put_title(struct mappings *mappings);

#endif
