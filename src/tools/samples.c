#include "tools/samples.h"

#include <errno.h>
#include <string.h>

/* `before` is the sample of the last turn; this turn's takes its place. */
static int one(struct samples *samples, struct source *source, struct buffer *buffer, struct snapshot *before)
{
	bool first = samples->repeat.taken == 1;
	struct snapshot now = { 0 };
	struct view view;
	int status = 1;

	int r = source_take(source, &samples->request, &now);
	if (r < 0)
		return complain(samples->tool, 1, "cannot take a sample: %s", strerror(-r));
	r = view_init(&view, &now, first ? NULL : before, NULL);
	if (r < 0) {
		complain(samples->tool, 1, "%s", strerror(-r));
	} else {
		status = samples->put(samples, buffer, &view);
		say(samples->tool, buffer);
		view_done(&view);
	}
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
