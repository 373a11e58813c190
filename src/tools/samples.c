#include "tools/samples.h"

#include <errno.h>
#include <string.h>

#include "model/pair.h"

static int failed(const struct samples *samples)
{
	return samples->failed ? samples->failed : 1;
}

struct taken {
	struct snapshot first; /* kept when there is something to say at the end */
	struct snapshot last;
	bool together; /* the first is the last: nothing is owned twice */
};

/* One sample on its way. */
struct turn {
	struct samples *samples;
	struct taken *taken;
	struct view view;
	bool paired; /* `view` is made */
};

/* The view of a sample with the moment before it, where there is one. */
static int pair(struct turn *turn, const struct snapshot *now)
{
	struct samples *samples = turn->samples;
	bool first = samples->repeat.taken == 1;
	int r = 0;

	if (first && samples->since_boot) {
		snapshot_done(&turn->taken->last);
		r = pair_boot(now, &turn->taken->last);
	}
	if (r == 0)
		r = view_init(&turn->view, now, first && !samples->since_boot ? NULL : &turn->taken->last, NULL);
	turn->paired = r == 0;
	return r;
}

/* Without memory nobody is chosen, and then put() says so. */
static void choose(void *context, const struct snapshot *snapshot, bool *chosen)
{
	struct turn *turn = context;

	if (pair(turn, snapshot) == 0)
		turn->samples->choose(turn->samples, &turn->view, chosen);
}

static int put(struct turn *turn, struct buffer *buffer, const struct snapshot *now)
{
	struct samples *samples = turn->samples;

	int r = turn->paired ? 0 : pair(turn, now);
	if (r < 0)
		return complain(samples->tool, failed(samples), "%s", strerror(-r));
	turn->view.now = now; /* where it is since it is whole */
	int status = samples->put(samples, buffer, &turn->view);
	say(samples->tool, buffer);
	return status;
}

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
	struct turn turn = { .samples = samples, .taken = taken };
	struct snapshot now = { 0 };

	if (samples->choose) {
		samples->request.choose = choose;
		samples->request.context = &turn;
	}
	samples->request.previous = samples->repeat.taken > 1 ? &taken->last : NULL;
	int r = source_take(source, &samples->request, &now);
	int status = r < 0 ? complain(samples->tool, failed(samples), "cannot take a sample: %s", strerror(-r)) :
	                     put(&turn, buffer, &now);
	if (turn.paired)
		view_done(&turn.view);
	if (r == 0)
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
