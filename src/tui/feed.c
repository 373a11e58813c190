#include "tui/feed.h"

#include "base/clock.h"

/* The first sample is only what the second looks back to. */
static const int64_t FIRST_MOMENT_NS = NS_PER_S / 5;

int feed_open(struct feed *feed, struct source *source)
{
	*feed = (struct feed){ 0 };
	return sampler_new(source, &feed->sampler);
}

void feed_done(struct feed *feed)
{
	sampler_free(feed->sampler);
	snapshot_done(&feed->now);
	snapshot_done(&feed->before);
	watch_done(&feed->watch);
	*feed = (struct feed){ 0 };
}

static void ask(struct feed *feed, const struct request *request, bool extra, int64_t at_ns, int64_t next_ns)
{
	feed->request = *request;
	feed->request.patience = feed->samples && !feed->afresh ? request_patience(feed->delay_ns) : 0;
	feed->request.previous = feed->samples ? &feed->now : NULL;
	feed->afresh = false;
	feed->extra = extra && feed->samples > 1;
	feed->waiting = sampler_ask(feed->sampler, &feed->request, at_ns, next_ns);
}

bool feed_is_due(const struct feed *feed)
{
	return !feed->waiting && clock_ns(CLOCK_MONOTONIC) >= feed->due_ns;
}

void feed_ask(struct feed *feed, const struct request *request, int64_t delay_ns)
{
	int64_t now = clock_ns(CLOCK_MONOTONIC);

	if (feed->waiting)
		return;
	feed->early = feed->due_ns > now;
	feed->asked_from.request = feed->request;
	feed->asked_from.due_ns = feed->due_ns;
	feed->asked_from.afresh = feed->afresh;
	feed->asked_from.extra = feed->extra;
	int64_t at = feed->early ? feed->due_ns : now;
	feed->delay_ns = delay_ns;
	feed->due_ns += delay_ns;
	if (feed->due_ns <= at)
		feed->due_ns = at + delay_ns;
	if (feed->samples < 1)
		feed->due_ns = at + FIRST_MOMENT_NS;
	ask(feed, request, false, feed->early ? at : 0, feed->due_ns);
}

void feed_recall(struct feed *feed)
{
	if (!feed->early || !sampler_recall(feed->sampler))
		return;
	feed->waiting = feed->early = false;
	feed->request = feed->asked_from.request;
	feed->due_ns = feed->asked_from.due_ns;
	feed->afresh = feed->asked_from.afresh;
	feed->extra = feed->asked_from.extra;
}

void feed_ask_extra(struct feed *feed, const struct request *request)
{
	if (!feed->waiting)
		ask(feed, request, true, 0, feed->due_ns);
}

void feed_soon(struct feed *feed)
{
	feed->due_ns = clock_ns(CLOCK_MONOTONIC) + FIRST_MOMENT_NS;
}

void feed_hurry(struct feed *feed)
{
	feed->due_ns = clock_ns(CLOCK_MONOTONIC);
}

int feed_take(struct feed *feed)
{
	struct snapshot fresh;

	int r = sampler_take(feed->sampler, &fresh);
	if (r == -EAGAIN)
		return 0;
	feed->waiting = feed->early = false;
	if (r < 0)
		return r;
	if (feed->extra) {
		snapshot_done(&feed->now);
	} else {
		snapshot_done(&feed->before);
		feed->before = feed->now;
	}
	feed->now = fresh;
	feed->samples++;
	feed->regular += !feed->extra;
	if (field_set_has(&feed->request.fields, TASK_rss_bytes))
		r = watch_update(&feed->watch, &feed->now);
	return r < 0 ? r : 1;
}

int feed_fd(const struct feed *feed)
{
	return sampler_fd(feed->sampler);
}

int64_t feed_time_left(const struct feed *feed)
{
	int64_t left = feed->due_ns - clock_ns(CLOCK_MONOTONIC);

	return feed->waiting ? -1 : left > 0 ? left : 0;
}
