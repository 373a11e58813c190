/* The memory of one process in a dozen plain sentences. Everything comes from the view, the space and the order. */
#ifndef ANALYSIS_WHY_H
#define ANALYSIS_WHY_H

#include "analysis/sharing.h"
#include "analysis/space.h"
#include "model/source.h"
#include "model/view.h"

struct why {
	const struct view *view;
	uint32_t row;
	const struct space *space;     /* NULL: the mappings could not be read */
	const struct sharing *sharing; /* NULL: it was not looked for */
	bool captured;                 /* of a captured tree */
	bool spared;                   /* shares and mappings were not read, not to hold it up */
	size_t oom_place;              /* 1 is the first to die; 0: it does not die */
	size_t oom_count;
	int64_t kernel_stack_bytes; /* one kernel stack */
};

/* The task fields that the sentences use, all of the one process. */
extern const uint8_t why_fields[];
extern const size_t why_field_count;

/* Of what was promised, how much was never touched or was given back; among how many processes, in tenths, what is
 * shared is shared on average. False: not known, or nothing is shared. */
bool why_untouched(const struct why *why, int64_t *ret_bytes);
bool why_sharers(const struct why *why, int64_t *ret_tenths);

/* A sentence a line, each with its numbers. What is not known is said to be unknown. */
void why_text(const struct why *why, struct buffer *buffer);

#endif
