#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/curve.h"

struct made {
	int64_t pid, started, rss_kib;
	bool thread;
};

static void update(struct curve_set *curves, int64_t at_ns, const struct made *made, size_t count)
{
	static const unsigned ids[] = { TASK_pid, TASK_is_thread, TASK_started_ns, TASK_rss_bytes };
	struct snapshot snapshot = { .monotonic_ns = at_ns };
	struct field_set fields = { 0 };
	size_t row;

	for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
		field_set_add(&fields, ids[i]);
	shape_make(&fields, &snapshot.shape);
	for (size_t i = 0; i < count; i++) {
		struct task task = { 0 };
		task_set(&task, pid, made[i].pid);
		task_set(&task, is_thread, made[i].thread);
		task_set(&task, started_ns, made[i].started);
		task_set(&task, rss_bytes, made[i].rss_kib * 1024);
		assert_int_equal(snapshot_add(&snapshot, &row), 0);
		assert_int_equal(snapshot_fill(&snapshot, row, &task), 0);
	}
	assert_int_equal(curve_set_update(curves, &snapshot), 0);
	snapshot_done(&snapshot);
}

static void a_curve_goes_on_while_its_process_lives_and_a_new_life_begins_anew(void **state)
{
	(void)state;
	struct curve_set curves = { 0 };

	/* The number of a thread may be larger than that of the process behind it. */
	const struct made first[] = { { 5, 1, 10, false }, { 99, 1, 10, true }, { 7, 1, 20, false } };
	const struct made second[] = { { 5, 1, 11, false }, { 99, 1, 11, true }, { 7, 2, 21, false } };
	update(&curves, 1000, first, 3);
	update(&curves, 2000, second, 3);
	const struct curve *five = curve_set_find(&curves, 5, 1), *seven = curve_set_find(&curves, 7, 2);
	assert_non_null(five);
	assert_int_equal(five->count, 2);
	assert_int_equal(five->kib[0], 10);
	assert_int_equal(five->kib[1], 11);
	assert_int_equal(five->first_ns, 1000);
	assert_non_null(seven);
	assert_int_equal(seven->count, 1);
	assert_int_equal(seven->first_ns, 2000);
	assert_null(curve_set_find(&curves, 7, 1));
	assert_null(curve_set_find(&curves, 99, 1));
	update(&curves, 3000, second, 1);
	assert_null(curve_set_find(&curves, 7, 2));
	curve_set_done(&curves);
}

static void a_long_curve_keeps_its_ends_in_fewer_points(void **state)
{
	(void)state;
	struct curve_set curves = { 0 };

	for (int64_t i = 0; i < 1000; i++)
		update(&curves, i, &(struct made){ 5, 1, i, false }, 1);
	const struct curve *curve = curve_set_find(&curves, 5, 1);
	assert_in_range(curve->count, CURVE_POINTS / 2, CURVE_POINTS);
	assert_int_equal(curve->kib[0], 0);
	assert_int_equal(curve->every, 32);
	for (uint32_t i = 0; i < curve->count; i++)
		assert_int_equal(curve->kib[i], i * curve->every);
	curve_set_done(&curves);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_curve_goes_on_while_its_process_lives_and_a_new_life_begins_anew),
		cmocka_unit_test(a_long_curve_keeps_its_ends_in_fewer_points),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
