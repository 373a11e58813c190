/* One look at a process in depth: what vires why and the page of a process say is made from it. */
#ifndef TOOLS_WHY_LOOK_H
#define TOOLS_WHY_LOOK_H

#include "analysis/why.h"
#include "tools/run.h"

struct why_look {
	struct source *source;
	struct snapshot now; /* all processes, for the order in which they die; this one has why_fields too */
	struct view view;
	struct space space;
	struct sharing sharing;
	struct why why;
	int mappings_error; /* 0, or -errno why why.space is NULL */
};

/* Gets each mapping with its class. May be NULL. */
typedef void why_mapping(void *context, enum space_class class, const struct mapping *mapping);

struct why_wanted {
	struct place place;
	int64_t pid;
	const uint8_t *more; /* fields of the process besides why_fields */
	size_t more_count;
	bool without_mappings; /* which hold the process up */
	bool sharing;          /* with whom: looks at the mappings of all other processes */
	size_t step;           /* of a captured tree in steps: how many to go on from the first */
	why_mapping *visit;
	void *context;
};

/* -ESRCH: no such process; -errno of the place or the source, and there is nothing to be done away with. */
int why_look_take(const struct why_wanted *wanted, struct why_look *ret);
/* Adds who it is, marked: name, pid and user, and the command line as far as it fits into a line; then an empty one. */
void why_head_put(struct buffer *buffer, const struct why *why, int64_t pid, size_t columns);

void why_look_done(struct why_look *look);

#endif
