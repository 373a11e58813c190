#include "tools/samples.h"

#include <errno.h>
#include <string.h>

#include "model/pair.h"

/* What is said of one moment and the one before it; NULL: none. */
static int put(struct samples *samples, struct buffer *buffer, const struct snapshot *now,
               const struct snapshot *before)
{
	struct view view;

	int r = view_init(&view, now, before, NULL);
	if (r < 0)
		return complain(samples->tool, 1, "%s", strerror(-r));
	int status = samples->put(samples, buffer, &view);
	say(samples->tool, buffer);
	view_done(&view);
	return status;
}

/* `before` is the sample of the last turn; this turn's takes its place. */
static int one(struct samples *samples, struct source *source, struct buffer *buffer, struct snapshot *before)
{
	bool first = samples->repeat.taken == 1;
	struct snapshot now = { 0 };

	int r = source_take(source, &samples->request, &now);
	if (r < 0)
		return complain(samples->tool, 1, "cannot take a sample: %s", strerror(-r));
	if (first && samples->since_boot)
		r = pair_boot(&now, before);
	int status = r < 0 ? complain(samples->tool, 1, "%s", strerror(-r)) :
	                     put(samples, buffer, &now, first && !samples->since_boot ? NULL : before);
	snapshot_done(before);
	*before = now;
	return status;
}

int samples_run(struct samples *samples)
{
	struct source *source = NULL;
	struct snapshot before = { 0 };
	struct buffer buffer = { 0 };
	int status = GO_ON;

	int r = place_open(&samples->shared.place, samples->repeat.count != 1, &source);
	if (r < 0)
		return place_complain(samples->tool, 1, &samples->shared.place, r);
	while (status == GO_ON && repeat_next(&samples->repeat))
		status = one(samples, source, &buffer, &before);
	snapshot_done(&before);
	buffer_done(&buffer);
	source_free(source);
	return status == GO_ON ? 0 : status;
}
