#include "tools/samples.h"

#include <errno.h>
#include <string.h>

#include "model/pair.h"

static int failed(const struct samples *samples)
{
	return samples->failed ? samples->failed : 1;
}

/* What is said of one moment and the one before it; NULL: none. */
static int put(struct samples *samples, struct buffer *buffer, const struct snapshot *now,
               const struct snapshot *before)
{
	struct view view;

	int r = view_init(&view, now, before, NULL);
	if (r < 0)
		return complain(samples->tool, failed(samples), "%s", strerror(-r));
	int status = samples->put(samples, buffer, &view);
	say(samples->tool, buffer);
	view_done(&view);
	return status;
}

struct taken {
	struct snapshot first; /* kept when there is something to say at the end */
	struct snapshot last;
	bool together; /* the first is the last: nothing is owned twice */
};

/* This turn's sample takes the place of the last turn's. */
static void keep(const struct samples *samples, struct taken *taken, const struct snapshot *now)
{
	bool first = samples->repeat.taken == 1;

	if (taken->together)
		taken->first = taken->last;
	else
		snapshot_done(&taken->last);
	taken->last = *now;
	taken->together = first && samples->at_end;
}

static int one(struct samples *samples, struct source *source, struct buffer *buffer, struct taken *taken)
{
	bool first = samples->repeat.taken == 1;
	struct snapshot now = { 0 };

	int r = source_take(source, &samples->request, &now);
	if (r < 0)
		return complain(samples->tool, failed(samples), "cannot take a sample: %s", strerror(-r));
	if (first && samples->since_boot)
		r = pair_boot(&now, &taken->last);
	int status = r < 0 ? complain(samples->tool, failed(samples), "%s", strerror(-r)) :
	                     put(samples, buffer, &now, first && !samples->since_boot ? NULL : &taken->last);
	keep(samples, taken, &now);
	return status;
}

static bool goes_on(struct samples *samples)
{
	if (!repeat_next(&samples->repeat))
		return false;
	if (!samples->goes_on || samples->goes_on(samples))
		return true;
	samples->repeat.taken--;
	return false;
}

static void say_end(struct samples *samples, struct buffer *buffer, const struct taken *taken)
{
	struct view whole;

	if (!samples->at_end || taken->together || samples->repeat.taken < 2)
		return;
	if (view_init(&whole, &taken->last, &taken->first, NULL) < 0)
		return;
	samples->at_end(samples, buffer, &whole);
	say(samples->tool, buffer);
	view_done(&whole);
}

int samples_run(struct samples *samples)
{
	struct source *source = NULL;
	struct taken taken = { 0 };
	struct buffer buffer = { 0 };
	int status = GO_ON;

	int r = place_open(&samples->shared.place, samples->repeat.count != 1, &source);
	if (r < 0)
		return place_complain(samples->tool, failed(samples), &samples->shared.place, r);
	while (status == GO_ON && goes_on(samples))
		status = one(samples, source, &buffer, &taken);
	if (status == GO_ON)
		say_end(samples, &buffer, &taken);
	if (!taken.together)
		snapshot_done(&taken.first);
	snapshot_done(&taken.last);
	buffer_done(&buffer);
	source_free(source);
	return status == GO_ON ? 0 : status;
}
