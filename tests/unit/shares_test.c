#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include <cmocka.h>

#include "base/time.h"
#include "collect/shares.h"

enum { MIB = 1 << 20 };

struct made {
	int64_t pid, rss, faults;
	bool thread;
};

static const struct request request = { .share_part = 100, .share_longest_ns = 10000000 };

/* A row of SMAPS_ROLLUP that the next snapshots want besides. */
static unsigned also = TASK_pss_bytes;

static struct snapshot snapshot_at(int64_t monotonic_ns, const struct made *made, size_t count)
{
	struct snapshot snapshot = { .monotonic_ns = monotonic_ns };
	struct field_set fields = { 0 };
	const unsigned ids[] = { TASK_pid,          TASK_started_ns,  TASK_rss_bytes,
		                 TASK_minor_faults, TASK_pss_bytes,   TASK_pss_read_ns,
		                 TASK_is_thread,    TASK_pss_unknown, also };
	size_t row;

	for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
		field_set_add(&fields, ids[i]);
	shape_make(&fields, &snapshot.shape);
	for (size_t i = 0; i < count; i++) {
		struct task task = { 0 };
		task_set(&task, pid, made[i].pid);
		task_set(&task, is_thread, made[i].thread);
		task_set(&task, started_ns, 1);
		task_set(&task, rss_bytes, made[i].rss);
		task_set(&task, minor_faults, made[i].faults);
		assert_int_equal(snapshot_add(&snapshot, &row), 0);
		assert_int_equal(snapshot_fill(&snapshot, row, &task), 0);
	}
	return snapshot;
}

/* Which rows were read, in which order; each says a PSS of a thousand and how many were read before it. */
struct log {
	size_t rows[16], count;
	int error;
	bool walks;               /* needs no lock, and gives nothing but PSS */
	const struct made *alone; /* they share nothing: PSS is RES */
	int64_t burns_ns;         /* of CPU time, each */
};

static int64_t cpu_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return t.tv_sec * NS_PER_S + t.tv_nsec;
}

static int read_row(void *context, size_t row, bool gently, struct task *task)
{
	struct log *log = context;

	if (gently && !log->walks)
		return -EBUSY;
	log->rows[log->count++] = row;
	if (log->error)
		return log->error;
	task_set(task, pss_bytes, log->alone ? log->alone[row].rss : 1000 + (int64_t)log->count);
	for (int64_t end = cpu_ns() + log->burns_ns; cpu_ns() < end;)
		;
	return log->walks ? SHARES_PART : 0;
}

/* Readings carry the clock's own time. */
static int64_t now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * NS_PER_S + t.tv_nsec;
}

static void take(struct shares *shares, struct log *log, int64_t at_ns, const struct made *made, size_t count,
                 int64_t *ret_pss)
{
	struct snapshot snapshot = snapshot_at(at_ns, made, count);

	log->count = 0;
	assert_int_equal(shares_take(shares, &request, &snapshot, read_row, log), 0);
	for (size_t row = 0; row < count; row++)
		if (!snapshot_number(&snapshot, row, TASK_pss_bytes, &ret_pss[row]))
			ret_pss[row] = -1;
	snapshot_done(&snapshot);
}

/* Rows that were not made anew still have what was known of them. */
static void what_is_no_longer_known_leaves_its_row(void **state)
{
	(void)state;
	int64_t now = now_ns(), value;
	struct made made[] = { { 5, MIB, 10 }, { 6, 2 * MIB, 10 } };
	struct shares shares = { 0 };
	struct log log = { 0 };
	int64_t pss[2];

	take(&shares, &log, now, made, 2, pss);
	made[1].rss = 0; /* all of it was swapped out, or it has become a zombie */
	struct snapshot snapshot = snapshot_at(now + NS_PER_S, made, 2);
	for (size_t row = 0; row < 2; row++) {
		snapshot_put(&snapshot, row, TASK_pss_bytes, pss[row]);
		snapshot_put(&snapshot, row, TASK_pss_read_ns, shares.at[row].read_ns);
	}
	assert_int_equal(shares_take(&shares, &request, &snapshot, read_row, &log), 0);
	assert_true(snapshot_number(&snapshot, 0, TASK_pss_bytes, &value) && value == pss[0]);
	assert_false(snapshot_number(&snapshot, 1, TASK_pss_bytes, &value));
	assert_false(snapshot_number(&snapshot, 1, TASK_pss_read_ns, &value));
	assert_true(snapshot_number(&snapshot, 1, TASK_pss_unknown, &value) && value == SHARE_NO_MEMORY);
	snapshot_done(&snapshot);
	shares_done(&shares);
}

static void the_largest_are_read_first_and_then_only_what_moved(void **state)
{
	(void)state;
	int64_t now = now_ns();
	struct made made[] = { { 5, MIB, 10 }, { 6, 9 * MIB, 10 }, { 7, 5 * MIB, 10 } };
	struct shares shares = { 0 };
	struct log log = { 0 };
	int64_t pss[3];

	take(&shares, &log, now + NS_PER_S, made, 3, pss);
	assert_int_equal(log.count, 3);
	assert_int_equal(log.rows[0], 1);
	assert_int_equal(log.rows[1], 2);
	take(&shares, &log, now + 2 * NS_PER_S, made, 3, pss);
	assert_int_equal(log.count, 0);
	assert_int_equal(pss[0], 1003);
	made[2].faults++;
	take(&shares, &log, now + 3 * NS_PER_S, made, 3, pss);
	assert_int_equal(log.count, 1);
	assert_int_equal(log.rows[0], 2);
	shares_done(&shares);
}

static void what_stands_still_is_read_again_in_a_minute_for_its_sharers(void **state)
{
	(void)state;
	struct made made[] = { { 5, MIB, 10 } };
	struct shares shares = { 0 };
	struct log log = { 0 };
	int64_t pss[1];
	int64_t now = now_ns();

	take(&shares, &log, now, made, 1, pss);
	take(&shares, &log, now + 30 * NS_PER_S, made, 1, pss);
	assert_int_equal(log.count, 0);
	take(&shares, &log, now + 90 * NS_PER_S, made, 1, pss);
	assert_int_equal(log.count, 1);
	shares_done(&shares);
}

static size_t read_when(struct shares *shares, int64_t at_ns, const struct made *made)
{
	struct log log = { 0 };
	int64_t pss;

	take(shares, &log, at_ns, made, 1, &pss);
	return log.count;
}

static void what_is_found_the_same_again_is_believed_longer_each_time(void **state)
{
	(void)state;
	struct made made[] = { { 5, MIB, 10 } };
	struct shares shares = { 0 };

	read_when(&shares, NS_PER_S, made);
	assert_int_equal(shares.at[0].patience_ns, 60 * NS_PER_S);
	static const int64_t patience_s[] = { 120, 240, 480, 480 };
	for (size_t i = 0; i < sizeof patience_s / sizeof *patience_s; i++) {
		/* Times of readings are the clock's. */
		int64_t old = shares.at[0].read_ns + shares.at[0].patience_ns;
		assert_int_equal(read_when(&shares, old - NS_PER_S, made), 0);
		assert_int_equal(read_when(&shares, old + NS_PER_S, made), 1);
		assert_int_equal(shares.at[0].patience_ns, patience_s[i] * NS_PER_S);
	}
	made[0].faults++;
	assert_int_equal(read_when(&shares, shares.last_ns + NS_PER_S, made), 1);
	assert_int_equal(shares.at[0].patience_ns, 60 * NS_PER_S);
	shares_done(&shares);
}

static void where_sharers_came_or_went_it_is_read_again_in_a_minute(void **state)
{
	(void)state;
	struct made made[] = { { 5, MIB, 10 } };
	struct shares shares = { 0 };

	read_when(&shares, NS_PER_S, made);
	shares.at[0].patience_ns = 240 * NS_PER_S;
	shares.at[0].pss_bytes = 1500;
	assert_int_equal(read_when(&shares, shares.at[0].read_ns + 241 * NS_PER_S, made), 1);
	assert_int_equal(shares.at[0].patience_ns, 60 * NS_PER_S);
	shares_done(&shares);
}

static void a_process_that_would_be_held_up_too_long_is_never_read(void **state)
{
	(void)state;
	struct made made[] = { { 5, MIB, 10 }, { 6, INT64_C(8) << 30, 10 } };
	struct shares shares = { 0 };
	struct log log = { 0 };
	int64_t pss[2];

	take(&shares, &log, NS_PER_S, made, 2, pss);
	assert_int_equal(log.count, 1);
	assert_int_equal(log.rows[0], 0);
	assert_int_equal(pss[1], -1);
	shares_done(&shares);
}

static void the_allowance_ends_and_grows_again_with_time(void **state)
{
	(void)state;
	int64_t now = now_ns();
	struct made made[] = { { 5, MIB, 10 }, { 6, MIB, 10 } };
	struct shares shares = { 0 };
	struct log log = { 0 };
	int64_t pss[2];

	take(&shares, &log, now + NS_PER_S, made, 2, pss);
	shares.allowance_ns = -5000000; /* as after an expensive reading: half a second at one part in a hundred */
	made[0].faults++;
	take(&shares, &log, now + NS_PER_S + 100000000, made, 2, pss);
	assert_int_equal(log.count, 0);
	take(&shares, &log, now + 2 * NS_PER_S, made, 2, pss);
	assert_int_equal(log.count, 1);
	shares_done(&shares);
}

enum { LONG_NS = 25000000 }; /* more than the first allowance */

static size_t read_first(struct log *log, const struct request *wanted, const struct made *made, size_t count)
{
	struct snapshot snapshot = snapshot_at(NS_PER_S, made, count);
	struct shares shares = { 0 };

	assert_int_equal(shares_take(&shares, wanted, &snapshot, read_row, log), 0);
	snapshot_done(&snapshot);
	shares_done(&shares);
	return log->count;
}

static void at_first_it_goes_on_until_no_other_row_can_be_among_the_largest(void **state)
{
	(void)state;
	const struct made made[] = {
		{ 5, MIB, 10, false }, { 6, 9 * MIB, 10, false }, { 7, 5 * MIB, 10, false }, { 8, 3 * MIB, 10, false }
	};
	struct request wanted = request;
	struct log none = { .burns_ns = LONG_NS }, alone = none, shared = none;

	assert_int_equal(read_first(&none, &wanted, made, 4), 1);
	wanted.share_top = 2;
	alone.alone = made;
	assert_int_equal(read_first(&alone, &wanted, made, 4), 2);
	assert_int_equal(alone.rows[0], 1);
	assert_int_equal(alone.rows[1], 2);
	assert_int_equal(read_first(&shared, &wanted, made, 4), 4); /* the last might have more than those before */
}

static void who_is_in_sight_is_read_first_and_at_first_in_any_case(void **state)
{
	(void)state;
	const struct made made[] = { { 5, MIB, 10, false }, { 6, 9 * MIB, 10, false }, { 7, 5 * MIB, 10, false } };
	const int64_t seen[] = { 5, 7 };
	struct request wanted = request;
	struct log log = { .burns_ns = LONG_NS };

	wanted.seen_pids = seen;
	wanted.seen_count = 2;
	assert_int_equal(read_first(&log, &wanted, made, 3), 2);
	assert_int_equal(log.rows[0], 2);
	assert_int_equal(log.rows[1], 0);
}

static void what_takes_long_is_read_less_often(void **state)
{
	(void)state;
	struct made made[] = { { 5, MIB, 10, false } };
	struct shares shares = { 0 };

	read_when(&shares, NS_PER_S, made);
	shares.at[0].cost_ns = 20000000; /* at one part in a hundred, of which four may go to one: 8 s */
	made[0].faults++;
	assert_int_equal(read_when(&shares, shares.at[0].read_ns + 7 * NS_PER_S, made), 0);
	assert_int_equal(read_when(&shares, shares.at[0].read_ns + 9 * NS_PER_S, made), 1);
	shares_done(&shares);
}

static void a_new_process_with_an_old_number_has_no_share_yet_and_the_unreadable_none(void **state)
{
	(void)state;
	struct made made[] = { { 5, MIB, 10 } };
	struct shares shares = { 0 };
	struct log log = { .error = -EACCES };
	int64_t pss[1];

	take(&shares, &log, NS_PER_S, made, 1, pss);
	assert_int_equal(log.count, 1);
	assert_int_equal(pss[0], -1);
	log.error = 0;
	shares.at[0].started_ns = 99; /* another life */
	take(&shares, &log, 2 * NS_PER_S, made, 1, pss);
	assert_int_equal(log.count, 1);
	assert_int_equal(pss[0], 1001);
	shares_done(&shares);
}

static int64_t unknown(struct shares *shares, struct log *log, int64_t at_ns, const struct made *made, size_t count,
                       size_t row)
{
	struct snapshot snapshot = snapshot_at(at_ns, made, count);
	int64_t why = -1;

	log->count = 0;
	assert_int_equal(shares_take(shares, &request, &snapshot, read_row, log), 0);
	snapshot_number(&snapshot, row, TASK_pss_unknown, &why);
	snapshot_done(&snapshot);
	return why;
}

static void each_row_says_why_its_share_is_not_known(void **state)
{
	(void)state;
	struct made made[] = { { 5, MIB, 10 }, { 6, INT64_C(8) << 30, 10 }, { 7, 0, 0 } };
	struct shares shares = { 0 };
	struct log log = { 0 };

	assert_int_equal(unknown(&shares, &log, NS_PER_S, made, 3, 0), SHARE_KNOWN);
	assert_int_equal(unknown(&shares, &log, 2 * NS_PER_S, made, 3, 1), SHARE_TOO_LARGE);
	assert_int_equal(unknown(&shares, &log, 3 * NS_PER_S, made, 3, 2), SHARE_NO_MEMORY);
	shares_done(&shares);
	log.error = -EACCES;
	assert_int_equal(unknown(&shares, &log, NS_PER_S, made, 1, 0), SHARE_NOT_PERMITTED);
	shares.allowance_ns = -50000000;
	made[0].pid = 8;
	assert_int_equal(unknown(&shares, &log, NS_PER_S + 1000000, made, 1, 0), SHARE_NOT_YET);
	shares_done(&shares);
}

static void what_is_too_large_for_the_lock_is_read_without_it(void **state)
{
	(void)state;
	struct made made[] = { { 5, INT64_C(3) << 30, 10 }, { 6, INT64_C(64) << 30, 10 } };
	struct shares shares = { 0 };
	struct log log = { .walks = true };

	assert_int_equal(unknown(&shares, &log, NS_PER_S, made, 2, 0), SHARE_KNOWN);
	assert_int_equal(log.count, 1);
	assert_int_equal(unknown(&shares, &log, 2 * NS_PER_S, made, 2, 1), SHARE_TOO_LARGE);
	shares_done(&shares);
	log.walks = false;
	assert_int_equal(unknown(&shares, &log, NS_PER_S, made, 2, 0), SHARE_TOO_LARGE);
	assert_int_equal(log.count, 0);
	shares_done(&shares);
}

static void what_was_read_in_part_is_read_again_when_more_is_wanted(void **state)
{
	(void)state;
	struct made made[] = { { 5, MIB, 10 } };
	struct shares shares = { 0 };
	struct log log = { .walks = true };
	int64_t pss[1];

	take(&shares, &log, NS_PER_S, made, 1, pss);
	take(&shares, &log, 2 * NS_PER_S, made, 1, pss);
	assert_int_equal(log.count, 0);
	also = TASK_pss_anon_bytes;
	log.walks = false;
	take(&shares, &log, 3 * NS_PER_S, made, 1, pss);
	assert_int_equal(log.count, 1);
	take(&shares, &log, 4 * NS_PER_S, made, 1, pss); /* this kernel does not say it: once is enough */
	assert_int_equal(log.count, 0);
	also = TASK_pss_bytes;
	shares_done(&shares);
}

static void everybody_is_read_anew_when_that_is_asked_for(void **state)
{
	(void)state;
	const struct request all = { .share_part = 1, .share_longest_ns = INT64_MAX };
	struct made made[] = { { 5, MIB, 10, false }, { 6, INT64_C(8) << 30, 10, false } };
	struct shares shares = { 0 };
	struct log log = { 0 };

	for (int64_t at = 1; at <= 2; at++) {
		struct snapshot snapshot = snapshot_at(at * NS_PER_S, made, 2);
		log.count = 0;
		assert_int_equal(shares_take(&shares, &all, &snapshot, read_row, &log), 0);
		assert_int_equal(log.count, 2);
		snapshot_done(&snapshot);
	}
	shares_done(&shares);
}

static void what_has_ended_keeps_no_share(void **state)
{
	(void)state;
	struct made made[] = { { 5, MIB, 10, false } };
	struct shares shares = { 0 };
	struct log log = { 0 };
	int64_t pss[1];

	take(&shares, &log, NS_PER_S, made, 1, pss);
	assert_true(pss[0] > 0);
	made[0].rss = 0; /* a zombie */
	take(&shares, &log, 2 * NS_PER_S, made, 1, pss);
	assert_int_equal(pss[0], -1);
	assert_int_equal(unknown(&shares, &log, 3 * NS_PER_S, made, 1, 0), SHARE_NO_MEMORY);
	shares_done(&shares);
}

static void a_thread_has_no_share_and_does_not_make_others_forgotten(void **state)
{
	(void)state;
	struct made made[] = { { 5, MIB, 10, false }, { 99, MIB, 10, true }, { 7, MIB, 10, false } };
	struct shares shares = { 0 };
	struct log log = { 0 };
	int64_t pss[3];

	take(&shares, &log, NS_PER_S, made, 3, pss);
	assert_int_equal(log.count, 2);
	assert_int_equal(pss[1], -1);
	take(&shares, &log, 2 * NS_PER_S, made, 3, pss);
	assert_int_equal(log.count, 0);
	assert_true(pss[2] > 0);
	shares_done(&shares);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_no_longer_known_leaves_its_row),
		cmocka_unit_test(the_largest_are_read_first_and_then_only_what_moved),
		cmocka_unit_test(what_stands_still_is_read_again_in_a_minute_for_its_sharers),
		cmocka_unit_test(what_is_found_the_same_again_is_believed_longer_each_time),
		cmocka_unit_test(where_sharers_came_or_went_it_is_read_again_in_a_minute),
		cmocka_unit_test(a_process_that_would_be_held_up_too_long_is_never_read),
		cmocka_unit_test(the_allowance_ends_and_grows_again_with_time),
		cmocka_unit_test(at_first_it_goes_on_until_no_other_row_can_be_among_the_largest),
		cmocka_unit_test(who_is_in_sight_is_read_first_and_at_first_in_any_case),
		cmocka_unit_test(what_takes_long_is_read_less_often),
		cmocka_unit_test(a_new_process_with_an_old_number_has_no_share_yet_and_the_unreadable_none),
		cmocka_unit_test(each_row_says_why_its_share_is_not_known),
		cmocka_unit_test(what_is_too_large_for_the_lock_is_read_without_it),
		cmocka_unit_test(what_was_read_in_part_is_read_again_when_more_is_wanted),
		cmocka_unit_test(everybody_is_read_anew_when_that_is_asked_for),
		cmocka_unit_test(what_has_ended_keeps_no_share),
		cmocka_unit_test(a_thread_has_no_share_and_does_not_make_others_forgotten),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
