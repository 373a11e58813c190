#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/clock.h"
#include "model/order.h"
#include "model/rate.h"
#include "model/source.h"
#include "model/tree.h"
#include "model/view.h"

static void a_rate_is_the_gain_over_the_time(void **state)
{
	(void)state;
	int64_t r = -1;
	assert_true(rate(100, 150, 2 * NS_PER_S, NS_PER_S, &r));
	assert_int_equal(r, 25);
	assert_true(rate(INT64_MAX - 10, INT64_MAX, NS_PER_S, 1000 * NS_PER_S, &r));
	assert_int_equal(r, 10000);
}

static void a_counter_that_went_back_has_no_rate(void **state)
{
	(void)state;
	int64_t r = 7;
	assert_false(rate(100, 99, NS_PER_S, NS_PER_S, &r));
	assert_false(rate(100, 200, 0, NS_PER_S, &r));
	assert_false(rate(100, 200, -5, NS_PER_S, &r));
	assert_false(rate(0, INT64_MAX, 1, NS_PER_S, &r));
	assert_int_equal(r, 7);
}

static void a_row_that_was_not_read_again_has_rate_zero(void **state)
{
	(void)state;
	int64_t r = 7;
	assert_true(rate(100, 100, 0, NS_PER_S, &r));
	assert_int_equal(r, 0);
}

static void a_level_may_fall(void **state)
{
	(void)state;
	int64_t r;
	assert_true(rate_of_change(100, 40, 60 * NS_PER_S, 60 * NS_PER_S, &r));
	assert_int_equal(r, -60);
}

static void a_share_of_nothing_is_no_share(void **state)
{
	(void)state;
	int64_t r = 7;
	assert_true(share(1, 3, &r));
	assert_int_equal(r, 333333);
	r = 7;
	assert_false(share(1, 0, &r));
	assert_int_equal(r, 7);
}

struct made {
	int64_t pid, ppid, started_ns, read_ns, cpu_ns, rss;
};

static const unsigned shaped[] = { TASK_pid,     TASK_tgid,   TASK_is_thread, TASK_ppid, TASK_started_ns,
	                           TASK_read_ns, TASK_cpu_ns, TASK_rss_bytes, TASK_comm };

/* A snapshot at `monotonic_ns` with those processes. */
static struct snapshot snapshot_of(int64_t monotonic_ns, const struct made *made, size_t count)
{
	struct snapshot snapshot = { .monotonic_ns = monotonic_ns, .boot_ns = monotonic_ns };
	struct field_set fields = { 0 };

	for (size_t i = 0; i < sizeof shaped / sizeof *shaped; i++)
		field_set_add(&fields, shaped[i]);
	shape_make(&fields, &snapshot.shape);
	machine_set(&snapshot.machine, mem_total_bytes, 1000000);
	for (size_t i = 0; i < count; i++) {
		struct task task = { 0 };
		size_t row;
		task_set(&task, pid, made[i].pid);
		task_set(&task, tgid, made[i].pid);
		task_set(&task, is_thread, 0);
		task_set(&task, ppid, made[i].ppid);
		task_set(&task, started_ns, made[i].started_ns);
		task_set(&task, read_ns, made[i].read_ns);
		task_set(&task, cpu_ns, made[i].cpu_ns);
		if (made[i].rss >= 0)
			task_set(&task, rss_bytes, made[i].rss);
		task_set(&task, comm, SPAN("name"));
		assert_int_equal(snapshot_add(&snapshot, &row), 0);
		assert_int_equal(snapshot_fill(&snapshot, row, &task), 0);
	}
	return snapshot;
}

#define SNAPSHOT(ns, ...) \
	snapshot_of(ns, (const struct made[]){ __VA_ARGS__ }, \
	            sizeof((const struct made[]){ __VA_ARGS__ }) / sizeof(struct made))

static void cpu_use_is_measured_between_the_two_readings_of_the_row(void **state)
{
	(void)state;
	struct snapshot before = SNAPSHOT(10 * NS_PER_S, { 5, 1, 1, 10 * NS_PER_S, NS_PER_S, 4096 });
	struct snapshot now = SNAPSHOT(11 * NS_PER_S, { 5, 1, 1, 12 * NS_PER_S, 2 * NS_PER_S, 4096 });
	struct view view;
	int64_t percent;

	assert_int_equal(view_init(&view, &now, &before, NULL), 0);
	assert_true(view_number(&view, 0, TASK_cpu_percent, &percent));
	assert_int_equal(percent, 500000);
	view_done(&view);
	snapshot_done(&before);
	snapshot_done(&now);
}

/* Half a second old when the sample began, a whole one when its row was read. */
static void use_over_life_time_counts_life_to_the_reading_of_the_row(void **state)
{
	(void)state;
	struct snapshot now = SNAPSHOT(10 * NS_PER_S, { 5, 1, 19 * NS_PER_S / 2, 21 * NS_PER_S / 2, NS_PER_S, 4096 });
	struct view view;
	int64_t percent;

	assert_int_equal(view_init(&view, &now, NULL, NULL), 0);
	assert_true(view_number(&view, 0, TASK_cpu_life_percent, &percent));
	assert_int_equal(percent, 1000000);
	view_done(&view);
	snapshot_done(&now);
}

static void a_reused_pid_inherits_nothing(void **state)
{
	(void)state;
	struct snapshot before = SNAPSHOT(10 * NS_PER_S, { 5, 1, NS_PER_S, 10 * NS_PER_S, 9 * NS_PER_S, 4096 });
	struct snapshot now = SNAPSHOT(20 * NS_PER_S, { 5, 1, 15 * NS_PER_S, 20 * NS_PER_S, NS_PER_S, 4096 });
	struct view view;
	int64_t percent;

	assert_int_equal(view_init(&view, &now, &before, NULL), 0);
	assert_int_equal(view.match[0], VIEW_NEW);
	/* it started since, so all its time belongs to this interval */
	assert_true(view_number(&view, 0, TASK_cpu_percent, &percent));
	assert_int_equal(percent, 100000);
	view_done(&view);
	snapshot_done(&before);
	snapshot_done(&now);
}

static void a_process_older_than_the_first_look_has_no_rate_yet(void **state)
{
	(void)state;
	struct snapshot before = SNAPSHOT(10 * NS_PER_S, { 4, 1, 1, 10 * NS_PER_S, 0, 4096 });
	struct snapshot now = SNAPSHOT(20 * NS_PER_S, { 5, 1, NS_PER_S, 20 * NS_PER_S, NS_PER_S, 4096 });
	struct view view;
	int64_t percent;

	assert_int_equal(view_init(&view, &now, &before, NULL), 0);
	assert_false(view_number(&view, 0, TASK_cpu_percent, &percent));
	view_done(&view);
	assert_int_equal(view_init(&view, &now, NULL, NULL), 0);
	assert_false(view_number(&view, 0, TASK_cpu_percent, &percent));
	view_done(&view);
	snapshot_done(&before);
	snapshot_done(&now);
}

static void absent_memory_is_not_zero_and_has_no_share(void **state)
{
	(void)state;
	struct snapshot now = SNAPSHOT(NS_PER_S, { 2, 0, 1, NS_PER_S, 0, -1 }, { 5, 1, 1, NS_PER_S, 0, 250000 });
	struct view view;
	int64_t value = 7;

	assert_int_equal(view_init(&view, &now, NULL, NULL), 0);
	assert_false(view_number(&view, 0, TASK_rss_bytes, &value));
	assert_false(view_number(&view, 0, TASK_rss_percent, &value));
	assert_int_equal(value, 7);
	assert_true(view_number(&view, 1, TASK_rss_percent, &value));
	assert_int_equal(value, 250000);
	view_done(&view);
	snapshot_done(&now);
}

static void growth_counts_from_the_first_sighting_of_that_life(void **state)
{
	(void)state;
	struct snapshot first = SNAPSHOT(0, { 5, 1, 1, 0, 0, 1000 });
	struct snapshot now = SNAPSHOT(120 * NS_PER_S, { 5, 1, 1, 0, 0, 7000 });
	struct snapshot reborn = SNAPSHOT(180 * NS_PER_S, { 5, 1, 150 * NS_PER_S, 0, 0, 100 });
	struct watch watch = { 0 };
	struct view view;
	int64_t growth;

	assert_int_equal(watch_update(&watch, &first), 0);
	assert_int_equal(watch_update(&watch, &now), 0);
	assert_int_equal(view_init(&view, &now, &first, &watch), 0);
	assert_true(view_number(&view, 0, TASK_rss_growth_bytes_per_min, &growth));
	assert_int_equal(growth, 3000);
	view_done(&view);
	assert_int_equal(watch_update(&watch, &reborn), 0);
	assert_int_equal(view_init(&view, &reborn, &now, &watch), 0);
	assert_false(view_number(&view, 0, TASK_rss_growth_bytes_per_min, &growth));
	view_done(&view);
	watch_done(&watch);
	snapshot_done(&first);
	snapshot_done(&now);
	snapshot_done(&reborn);
}

/* One process of that RES, as the watch wants to see it. */
static void watch_rss(struct watch *watch, int64_t at_s, int64_t rss)
{
	static const unsigned ids[] = { TASK_pid, TASK_started_ns, TASK_rss_bytes };
	struct snapshot snapshot = { .monotonic_ns = at_s * NS_PER_S };
	struct field_set fields = { 0 };
	struct task task = { 0 };
	size_t row;

	for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
		field_set_add(&fields, ids[i]);
	shape_make(&fields, &snapshot.shape);
	task_set(&task, pid, 5);
	task_set(&task, started_ns, 1);
	task_set(&task, rss_bytes, rss);
	assert_int_equal(snapshot_add(&snapshot, &row), 0);
	assert_int_equal(snapshot_fill(&snapshot, row, &task), 0);
	assert_int_equal(watch_update(watch, &snapshot), 0);
	snapshot_done(&snapshot);
}

static void growth_counts_from_five_to_ten_minutes_ago_once_that_has_passed(void **state)
{
	(void)state;
	struct watch watch = { 0 };
	struct sighting from;

	for (int64_t at = 0; at <= 1450; at += 10) {
		watch_rss(&watch, at, 1000 + at);
		assert_true(watch_first(&watch, 5, 1, &from));
		int64_t ago = at - from.monotonic_ns / NS_PER_S;
		assert_int_equal(from.rss_bytes, 1000 + at - ago);
		assert_in_range(ago, at < 300 ? at : 300, at < 600 ? at : 600);
	}
	watch_done(&watch);
}

static void copying_and_keeping_rows_keeps_their_values(void **state)
{
	(void)state;
	struct snapshot from = SNAPSHOT(1, { 2, 1, 3, 4, 5, 6 }, { 7, 1, 8, 9, 10, -1 });
	struct snapshot to = { .shape = from.shape };
	struct span text;
	int64_t value;
	size_t row;

	assert_int_equal(snapshot_add(&to, &row), 0);
	assert_int_equal(snapshot_copy(&to, row, &from, 1), 0);
	assert_true(snapshot_number(&to, 0, TASK_pid, &value) && value == 7);
	assert_false(snapshot_number(&to, 0, TASK_rss_bytes, &value));
	assert_true(snapshot_text(&to, 0, TASK_comm, &text) && span_is(text, "name"));
	snapshot_keep(&from, (const bool[]){ false, true });
	assert_int_equal(from.count, 1);
	assert_true(snapshot_number(&from, 0, TASK_started_ns, &value) && value == 8);
	snapshot_done(&from);
	snapshot_done(&to);
}

static void sorting_is_stable_and_absent_comes_last(void **state)
{
	(void)state;
	struct order_value values[] = { { NUMBER, 2, { 0 } },
		                        { ABSENT, 0, { 0 } },
		                        { NUMBER, 1, { 0 } },
		                        { NUMBER, 2, { 0 } },
		                        { NUMBER, 3, { 0 } } };
	uint32_t rows[] = { 0, 1, 2, 3, 4 };

	assert_int_equal(order_rows(rows, 5, values, 1, (const bool[]){ false }), 0);
	assert_memory_equal(rows, ((const uint32_t[]){ 2, 0, 3, 4, 1 }), sizeof rows);
	assert_int_equal(order_rows(rows, 5, values, 1, (const bool[]){ true }), 0);
	assert_memory_equal(rows, ((const uint32_t[]){ 4, 0, 3, 2, 1 }), sizeof rows);
}

static void the_second_key_decides_among_equals(void **state)
{
	(void)state;
	struct order_value values[] = { { WORDS, 0, SPAN("b") }, { NUMBER, 1, { 0 } },    { WORDS, 0, SPAN("a") },
		                        { NUMBER, 1, { 0 } },    { WORDS, 0, SPAN("a") }, { NUMBER, 5, { 0 } } };
	uint32_t rows[] = { 0, 1, 2 };

	assert_int_equal(order_rows(rows, 3, values, 2, (const bool[]){ false, true }), 0);
	assert_memory_equal(rows, ((const uint32_t[]){ 2, 1, 0 }), sizeof rows);
}

/* Each row goes in front of those that are greater, and of no other. */
static void order_simply(uint32_t *rows, size_t count, const struct order_value *values, bool descending)
{
	for (size_t i = 1; i < count; i++)
		for (size_t at = i; at > 0; at--) {
			int64_t a = values[rows[at - 1]].number, b = values[rows[at]].number;
			if (descending ? a >= b : a <= b)
				break;
			uint32_t row = rows[at];
			rows[at] = rows[at - 1];
			rows[at - 1] = row;
		}
}

/* As on a screen: most rows are equal, or as they were, and some have to go far. */
static void many_rows_are_sorted_as_few_are(void **state)
{
	enum { MOST = 300 };
	static struct order_value values[MOST];
	static uint32_t rows[MOST], expected[MOST];
	unsigned random = 1;

	(void)state;
	for (size_t count = 0; count <= MOST; count += 1 + count / 8)
		for (unsigned kinds = 1; kinds <= 1000; kinds *= 10)
			for (unsigned far = 1; far <= 64; far *= 4) {
				for (size_t i = 0; i < count; i++) {
					random = random * 1103515245 + 12345;
					bool goes = (random >> 16) % far == 0;
					values[i] =
						(struct order_value){ NUMBER, goes ? (random >> 8) % kinds : 0, { 0 } };
					rows[i] = expected[i] = (uint32_t)i;
				}
				for (int descending = 0; descending < 2; descending++) {
					order_simply(expected, count, values, descending);
					assert_int_equal(order_rows(rows, count, values, 1, (bool[]){ descending }), 0);
					assert_memory_equal(rows, expected, count * sizeof *rows);
				}
			}
}

static void a_renewed_row_has_what_is_new_and_keeps_the_rest(void **state)
{
	(void)state;
	struct snapshot from = SNAPSHOT(1, { 5, 1, 1, 1, 1, 4096 }, { 7, 1, 8, 1, 3, 8192 });
	struct snapshot to = { .shape = from.shape };
	struct task task = { 0 };
	struct span text;
	int64_t value;
	size_t row;

	task_set(&task, rss_bytes, 12288);
	assert_int_equal(snapshot_add(&to, &row), 0);
	assert_int_equal(snapshot_renew(&to, row, &from, 1, &task), 0);
	assert_true(snapshot_number(&to, 0, TASK_pid, &value) && value == 7);
	assert_true(snapshot_number(&to, 0, TASK_rss_bytes, &value) && value == 12288);
	assert_true(snapshot_text(&to, 0, TASK_comm, &text) && span_is(text, "name"));
	task_set(&task, comm, SPAN("another"));
	assert_int_equal(snapshot_add(&to, &row), 0);
	assert_int_equal(snapshot_renew(&to, row, &from, 0, &task), 0);
	assert_true(snapshot_text(&to, 1, TASK_comm, &text) && span_is(text, "another"));
	assert_int_equal(to.texts.len, strlen("nameanother")); /* each once */
	snapshot_done(&from);
	snapshot_done(&to);
}

static void children_stand_behind_their_parent_even_of_a_higher_number(void **state)
{
	(void)state;
	struct snapshot now =
		SNAPSHOT(1, { 1, 0, 1, 1, 1, 1 }, { 2, 9, 1, 1, 1, 1 }, { 3, 1, 1, 1, 1, 1 }, { 9, 1, 1, 1, 1, 1 });
	uint32_t rows[] = { 0, 1, 2, 3 };
	struct tree_row *tree;
	struct view view;

	assert_int_equal(view_init(&view, &now, NULL, NULL), 0);
	assert_int_equal(tree_new(&view, rows, 4, &tree), 0);
	static const uint32_t order[] = { 0, 2, 3, 1 };
	static const uint16_t depth[] = { 0, 1, 1, 2 };
	static const bool last[] = { true, false, true, true };
	for (int i = 0; i < 4; i++) {
		assert_int_equal(tree[i].row, order[i]);
		assert_int_equal(tree[i].depth, depth[i]);
		assert_int_equal(tree[i].last, last[i]);
	}
	free(tree);
	view_done(&view);
	snapshot_done(&now);
}

static void a_loop_of_parents_is_cut_and_loses_nobody(void **state)
{
	(void)state;
	struct snapshot now =
		SNAPSHOT(1, { 1, 0, 1, 1, 1, 1 }, { 4, 5, 1, 1, 1, 1 }, { 5, 4, 1, 1, 1, 1 }, { 6, 6, 1, 1, 1, 1 });
	uint32_t rows[] = { 0, 1, 2, 3 };
	struct tree_row *tree;
	struct view view;
	unsigned seen = 0;

	assert_int_equal(view_init(&view, &now, NULL, NULL), 0);
	assert_int_equal(tree_new(&view, rows, 4, &tree), 0);
	for (int i = 0; i < 4; i++)
		seen |= 1U << tree[i].row;
	assert_int_equal(seen, 15);
	free(tree);
	view_done(&view);
	snapshot_done(&now);
}

/* One row with a name and one number more than the other. */
static void put_named(struct snapshot *snapshot, const char *name, int64_t rss)
{
	struct task task = { 0 };
	size_t row;

	task_set(&task, pid, 1);
	if (rss >= 0)
		task_set(&task, rss_bytes, rss);
	if (name)
		task_set(&task, comm, span_of(name));
	assert_int_equal(snapshot_add(snapshot, &row), 0);
	assert_int_equal(snapshot_fill(snapshot, row, &task), 0);
}

static void each_row_has_what_its_own_task_had(void **state)
{
	static const char *const names[] = { "init", "init", NULL, "init", "sshd", "bash" };
	static const int64_t sizes[] = { 1, -1, 3, -1, -1, 6 };
	struct snapshot snapshot = SNAPSHOT(NS_PER_S, { 5, 1, 1, NS_PER_S, 0, 4096 });
	int64_t number;
	struct span text;

	(void)state;
	snapshot.count = 0;
	for (size_t i = 0; i < 6; i++)
		put_named(&snapshot, names[i], sizes[i]);
	for (size_t i = 0; i < 6; i++) {
		assert_int_equal(snapshot_text(&snapshot, i, TASK_comm, &text), names[i] != NULL);
		assert_true(!names[i] || span_is(text, names[i]));
		assert_int_equal(snapshot_number(&snapshot, i, TASK_rss_bytes, &number), sizes[i] >= 0);
		assert_true(sizes[i] < 0 || number == sizes[i]);
		assert_false(snapshot_number(&snapshot, i, TASK_nice, &number));
	}
	snapshot_done(&snapshot);
}

static void a_row_is_the_same_but_for_when_it_was_read(void **state)
{
	enum { SAME, LARGER, UNKNOWN, ROWS };
	struct snapshot now = SNAPSHOT(2 * NS_PER_S, { 5, 1, 1, 20, 7, 4096 }, { 6, 1, 1, 20, 7, 8192 },
	                               { 7, 1, 1, 20, 7, -1 }, { 8, 1, 1, 20, 7, 0 });
	struct snapshot before = SNAPSHOT(NS_PER_S, { 5, 1, 1, 10, 7, 4096 }, { 6, 1, 1, 10, 7, 4096 },
	                                  { 7, 1, 1, 10, 7, 0 }, { 8, 1, 1, 10, 7, 0 });

	(void)state;
	assert_true(snapshot_alike(&now, &before));
	assert_true(snapshot_same_row(&now, SAME, &before, SAME));
	assert_false(snapshot_same_row(&now, LARGER, &before, LARGER));
	assert_false(snapshot_same_row(&now, UNKNOWN, &before, UNKNOWN));
	assert_true(snapshot_same_row(&now, ROWS, &before, ROWS));
	struct task renamed = { 0 };
	task_set(&renamed, comm, SPAN("mane"));
	assert_int_equal(snapshot_fill(&now, ROWS, &renamed), 0);
	assert_false(snapshot_same_row(&now, ROWS, &before, ROWS));
	snapshot_done(&now);
	snapshot_done(&before);
}

static void derived_fields_ask_for_what_they_are_made_of(void **state)
{
	(void)state;
	struct request request = { 0 };

	request_field(&request, &request.fields, TASK_rss_percent);
	request_field(&request, &request.fields, TASK_user);
	assert_true(field_set_has(&request.fields, TASK_rss_bytes));
	assert_true(field_set_has(&request.fields, TASK_euid));
	assert_true(field_set_has(&request.machine, MACHINE_mem_total_bytes));
	assert_true(request.tasks);
}

static void patience_ends_after_as_many_samples_or_seconds(void **state)
{
	(void)state;
	assert_int_equal(request_patience(0), 16);
	assert_int_equal(request_patience(NS_PER_S / 10), 16);
	assert_int_equal(request_patience(NS_PER_S), 16);
	assert_int_equal(request_patience(3 * NS_PER_S), 5);
	assert_int_equal(request_patience(16 * NS_PER_S), 1);
	assert_int_equal(request_patience(INT64_MAX), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(patience_ends_after_as_many_samples_or_seconds),
		cmocka_unit_test(growth_counts_from_five_to_ten_minutes_ago_once_that_has_passed),
		cmocka_unit_test(a_rate_is_the_gain_over_the_time),
		cmocka_unit_test(a_counter_that_went_back_has_no_rate),
		cmocka_unit_test(a_row_that_was_not_read_again_has_rate_zero),
		cmocka_unit_test(a_level_may_fall),
		cmocka_unit_test(a_share_of_nothing_is_no_share),
		cmocka_unit_test(cpu_use_is_measured_between_the_two_readings_of_the_row),
		cmocka_unit_test(use_over_life_time_counts_life_to_the_reading_of_the_row),
		cmocka_unit_test(a_reused_pid_inherits_nothing),
		cmocka_unit_test(a_process_older_than_the_first_look_has_no_rate_yet),
		cmocka_unit_test(absent_memory_is_not_zero_and_has_no_share),
		cmocka_unit_test(growth_counts_from_the_first_sighting_of_that_life),
		cmocka_unit_test(copying_and_keeping_rows_keeps_their_values),
		cmocka_unit_test(sorting_is_stable_and_absent_comes_last),
		cmocka_unit_test(a_renewed_row_has_what_is_new_and_keeps_the_rest),
		cmocka_unit_test(the_second_key_decides_among_equals),
		cmocka_unit_test(many_rows_are_sorted_as_few_are),
		cmocka_unit_test(children_stand_behind_their_parent_even_of_a_higher_number),
		cmocka_unit_test(a_loop_of_parents_is_cut_and_loses_nobody),
		cmocka_unit_test(each_row_has_what_its_own_task_had),
		cmocka_unit_test(a_row_is_the_same_but_for_when_it_was_read),
		cmocka_unit_test(derived_fields_ask_for_what_they_are_made_of),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
