/* The loop of all tools that print one sample or many: wait, take a snapshot, print it. */
#ifndef TOOLS_SAMPLES_H
#define TOOLS_SAMPLES_H

#include "model/view.h"
#include "tools/repeat.h"
#include "tools/run.h"

/* The first member of what the tool knows about its call. */
struct samples {
	const struct tool *tool;
	struct shared shared;
	struct request request;
	struct repeat repeat;
	int failed;      /* the exit status when there is no sample; 0: 1, as most old tools have it */
	bool since_boot; /* the moment before the first sample is the boot: else there is none */
	/*
	 * Puts what is to be said of one sample; `view` has the sample before it too, from the second on. Gives back
	 * GO_ON, or the status to end with. `repeat.taken` is 1 in the first call.
	 */
	int (*put)(struct samples *samples, struct buffer *buffer, const struct view *view);
	/*
	 * Or NULL: sets `chosen` for the rows of which the request's details shall be read. The view is the one that
	 * `put` will get, but for the details. Not together with only_chosen.
	 */
	void (*choose)(struct samples *samples, const struct view *view, bool *chosen);
	/* In front of each sample, once it is due: whether it shall be taken; or NULL. */
	bool (*goes_on)(struct samples *samples);
	/* Or NULL: what is to be said at the end, of the last sample with the first before it, if there are two. */
	void (*at_end)(struct samples *samples, struct buffer *buffer, const struct view *whole);
};

/* Runs to the end: the exit status. What `put` has put is written at once, sample by sample. */
int samples_run(struct samples *samples);

#endif
