/* Samples for a screen, and the thread that takes them: a source of our own tells when it was asked, and for what. */
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/clock.h"
#include "tui/feed.h"

enum { MS = 1000000 };
static const int64_t AN_HOUR = 3600 * NS_PER_S;

/* What the source saw; it waits for `gate` first, when there is one. */
static struct {
	size_t taken;
	size_t asked_pids; /* of the last request: its mark */
	int64_t at_ns;
	unsigned patience;
	bool guarded;
	sem_t entered, gate;
} seen;

static int take(struct source *source, const struct request *request, struct snapshot *ret)
{
	(void)source;
	if (seen.guarded) {
		sem_post(&seen.entered);
		sem_wait(&seen.gate);
	}
	seen.taken++;
	seen.asked_pids = request->pid_count;
	seen.patience = request->patience;
	seen.at_ns = clock_ns(CLOCK_MONOTONIC);
	*ret = (struct snapshot){ .monotonic_ns = seen.at_ns };
	return 0;
}

static void drop(struct source *source)
{
	free(source);
}

static struct source *new_source(void)
{
	struct source *source = calloc(1, sizeof *source);

	assert_non_null(source);
	*source = (struct source){ .take = take, .free = drop };
	memset(&seen, 0, sizeof seen);
	sem_init(&seen.entered, 0, 0);
	sem_init(&seen.gate, 0, 0);
	return source;
}

static struct sampler *new_sampler(void)
{
	struct sampler *sampler;

	assert_int_equal(sampler_new(new_source(), &sampler), 0);
	return sampler;
}

static bool ready_within(int fd, int ms)
{
	return poll(&(struct pollfd){ .fd = fd, .events = POLLIN }, 1, ms) == 1;
}

static void take_ready(struct sampler *sampler)
{
	struct snapshot got;

	assert_true(ready_within(sampler_fd(sampler), 60000));
	assert_int_equal(sampler_take(sampler, &got), 0);
	snapshot_done(&got);
}

static bool ask(struct sampler *sampler, size_t mark, int64_t due_ns, int64_t next_ns)
{
	struct request request = { .pid_count = mark };

	return sampler_ask(sampler, &request, due_ns, next_ns);
}

static void what_is_asked_for_in_advance_is_taken_at_its_time(void **state)
{
	(void)state;
	struct sampler *sampler = new_sampler();
	int64_t due = clock_ns(CLOCK_MONOTONIC);

	for (size_t i = 1; i <= 20; i++) {
		due += 5 * MS;
		assert_true(ask(sampler, i, due, due + 5 * MS));
		assert_false(ask(sampler, 77, 0, INT64_MAX));
		take_ready(sampler);
		assert_int_equal(seen.taken, i);
		assert_int_equal(seen.asked_pids, i);
		assert_true(seen.at_ns >= due);
	}
	sampler_free(sampler);
}

static void what_is_recalled_in_time_is_never_taken(void **state)
{
	(void)state;
	struct sampler *sampler = new_sampler();
	struct snapshot none;

	assert_false(sampler_recall(sampler));
	assert_true(ask(sampler, 1, clock_ns(CLOCK_MONOTONIC) + AN_HOUR, INT64_MAX));
	assert_true(sampler_recall(sampler));
	assert_false(sampler_recall(sampler));
	assert_int_equal(sampler_take(sampler, &none), -EAGAIN);
	assert_true(ask(sampler, 2, 0, INT64_MAX));
	take_ready(sampler);
	assert_int_equal(seen.taken, 1);
	assert_int_equal(seen.asked_pids, 2);
	sampler_free(sampler);
}

static void what_has_begun_cannot_be_recalled(void **state)
{
	(void)state;
	struct sampler *sampler = new_sampler();

	seen.guarded = true;
	assert_true(ask(sampler, 1, 0, INT64_MAX));
	sem_wait(&seen.entered);
	assert_false(sampler_recall(sampler));
	sem_post(&seen.gate);
	assert_true(ready_within(sampler_fd(sampler), 60000));
	assert_false(sampler_recall(sampler));
	take_ready(sampler);
	sampler_free(sampler);
}

static void who_rests_for_long_is_woken_by_what_is_wanted_sooner(void **state)
{
	(void)state;
	struct sampler *sampler = new_sampler();
	int64_t now = clock_ns(CLOCK_MONOTONIC);

	assert_true(ask(sampler, 1, 0, now + AN_HOUR));
	take_ready(sampler);
	assert_true(ask(sampler, 2, now + MS, now + AN_HOUR));
	take_ready(sampler);
	assert_true(ask(sampler, 3, now + AN_HOUR, INT64_MAX));
	assert_true(sampler_recall(sampler));
	assert_true(ask(sampler, 4, now + 2 * MS, now + 3 * MS));
	take_ready(sampler);
	assert_int_equal(seen.asked_pids, 4);
	assert_true(ask(sampler, 5, now + AN_HOUR, INT64_MAX));
	sampler_free(sampler); /* nor does the end wait for it */
	assert_int_equal(seen.taken, 3);
}

static void wait_and_take(struct feed *feed)
{
	assert_true(ready_within(feed_fd(feed), 60000));
	assert_int_equal(feed_take(feed), 1);
}

static struct feed open_feed(void)
{
	struct feed feed;
	struct request request = { .pid_count = 1 };

	assert_int_equal(feed_open(&feed, new_source()), 0);
	assert_true(feed_is_due(&feed));
	feed_ask(&feed, &request, AN_HOUR);
	wait_and_take(&feed);
	feed_ask(&feed, &request, AN_HOUR); /* a moment later, so that there is something to look back to */
	assert_true(feed.early && feed_time_left(&feed) == -1);
	wait_and_take(&feed);
	return feed;
}

static void the_next_one_is_asked_for_in_advance_and_may_be_recalled_for_another(void **state)
{
	(void)state;
	struct feed feed = open_feed();
	struct request request = { .pid_count = 2 };
	int64_t due = feed.due_ns;

	assert_int_equal(seen.patience, request_patience(AN_HOUR));
	feed.afresh = true;
	feed_ask(&feed, &request, AN_HOUR);
	assert_true(feed.waiting);
	assert_int_equal(feed.due_ns, due + AN_HOUR);
	feed_recall(&feed);
	assert_false(feed.waiting);
	assert_true(feed.afresh);
	assert_int_equal(feed.due_ns, due);
	assert_int_equal(feed.request.pid_count, 1); /* still that of the newest sample */
	request.pid_count = 3;
	feed_ask_extra(&feed, &request);
	wait_and_take(&feed);
	assert_int_equal(seen.asked_pids, 3);
	assert_int_equal(seen.patience, 0);
	assert_int_equal(feed.regular, 2);
	assert_int_equal(feed.due_ns, due);
	feed_ask(&feed, &request, AN_HOUR);
	feed_recall(&feed);
	feed_hurry(&feed);
	feed_ask(&feed, &request, AN_HOUR);
	wait_and_take(&feed);
	assert_int_equal(feed.regular, 3);
	assert_true(feed.due_ns >= seen.at_ns + AN_HOUR - NS_PER_S);
	feed_done(&feed);
}

static void what_is_under_way_is_not_recalled(void **state)
{
	(void)state;
	struct feed feed = open_feed();
	struct request request = { .pid_count = 4 };

	seen.guarded = true;
	feed_hurry(&feed);
	feed.due_ns += MS;
	feed_ask(&feed, &request, AN_HOUR);
	sem_wait(&seen.entered);
	int64_t due = feed.due_ns;
	feed_recall(&feed);
	assert_true(feed.waiting);
	assert_int_equal(feed.due_ns, due);
	sem_post(&seen.gate);
	wait_and_take(&feed);
	assert_int_equal(seen.asked_pids, 4);
	feed_done(&feed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_asked_for_in_advance_is_taken_at_its_time),
		cmocka_unit_test(what_is_recalled_in_time_is_never_taken),
		cmocka_unit_test(what_has_begun_cannot_be_recalled),
		cmocka_unit_test(who_rests_for_long_is_woken_by_what_is_wanted_sooner),
		cmocka_unit_test(the_next_one_is_asked_for_in_advance_and_may_be_recalled_for_another),
		cmocka_unit_test(what_is_under_way_is_not_recalled),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
