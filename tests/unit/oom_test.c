#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/oom.h"
#include "collect/groups.h"

struct made {
	int64_t pid, rss, swap, adj;
};

enum { MIB = 1 << 20, TOTAL = 1000 * MIB };

static struct snapshot snapshot_of(const struct made *made, size_t count)
{
	struct snapshot snapshot = { 0 };
	struct field_set fields = { 0 };
	size_t row;

	field_set_add(&fields, TASK_pid);
	for (size_t i = 0; i < oom_field_count; i++)
		field_set_add(&fields, oom_fields[i]);
	shape_make(&fields, &snapshot.shape);
	for (size_t i = 0; i < count; i++) {
		struct task task = { 0 };
		task_set(&task, pid, made[i].pid);
		if (made[i].rss >= 0)
			task_set(&task, rss_bytes, made[i].rss);
		task_set(&task, swap_bytes, made[i].swap);
		task_set(&task, oom_score_adj, made[i].adj);
		assert_int_equal(snapshot_add(&snapshot, &row), 0);
		assert_int_equal(snapshot_fill(&snapshot, row, &task), 0);
	}
	return snapshot;
}

static void expect(const struct made *made, size_t count, const struct oom_pretence *pretence, const int64_t *pids)
{
	struct snapshot now = snapshot_of(made, count);
	struct oom_candidate candidates[16];
	struct view view;
	int64_t pid;

	assert_int_equal(view_init(&view, &now, NULL, NULL), 0);
	oom_order(&view, TOTAL, pretence, candidates);
	for (size_t i = 0; i < count; i++) {
		assert_true(view_number(&view, candidates[i].row, TASK_pid, &pid));
		assert_int_equal(pid, pids[i]);
	}
	view_done(&view);
	snapshot_done(&now);
}

static void the_largest_dies_first_and_swap_counts(void **state)
{
	(void)state;
	static const struct made made[] = { { 5, 100 * MIB, 0, 0 },
		                            { 6, 50 * MIB, 60 * MIB, 0 },
		                            { 7, 90 * MIB, 0, 0 } };
	expect(made, 3, NULL, (const int64_t[]){ 6, 5, 7 });
}

static void an_adjustment_is_a_thousandth_of_all_memory(void **state)
{
	(void)state;
	static const struct made made[] = { { 5, 100 * MIB, 0, 0 }, { 6, MIB, 0, 100 }, { 7, 300 * MIB, 0, -250 } };
	expect(made, 3, NULL, (const int64_t[]){ 6, 5, 7 });
}

static void init_kernel_threads_and_the_exempt_stand_behind_all_others(void **state)
{
	(void)state;
	static const struct made made[] = {
		{ 1, 500 * MIB, 0, 0 }, { 2, -1, 0, 0 }, { 3, 400 * MIB, 0, -1000 }, { 4, MIB, 0, -999 }
	};
	struct snapshot now = snapshot_of(made, 4);
	struct oom_candidate c[4];
	struct view view;

	assert_int_equal(view_init(&view, &now, NULL, NULL), 0);
	oom_order(&view, TOTAL, NULL, c);
	assert_int_equal(c[0].row, 3);
	for (int i = 1; i < 4; i++)
		assert_true(c[i].exempt != OOM_MAY_DIE);
	view_done(&view);
	snapshot_done(&now);
}

static void pretending_changes_the_order_of_one(void **state)
{
	(void)state;
	static const struct made made[] = { { 5, 100 * MIB, 0, 0 }, { 6, 90 * MIB, 0, 0 } };
	expect(made, 2, &(const struct oom_pretence){ 6, 500 }, (const int64_t[]){ 6, 5 });
}

static void a_group_lies_within_itself_and_its_ancestors_only(void **state)
{
	(void)state;
	assert_true(group_within(SPAN("/a/b"), SPAN("/a")));
	assert_true(group_within(SPAN("/a"), SPAN("/a")));
	assert_true(group_within(SPAN("/a"), SPAN("/")));
	assert_false(group_within(SPAN("/ab"), SPAN("/a")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_largest_dies_first_and_swap_counts),
		cmocka_unit_test(an_adjustment_is_a_thousandth_of_all_memory),
		cmocka_unit_test(init_kernel_threads_and_the_exempt_stand_behind_all_others),
		cmocka_unit_test(pretending_changes_the_order_of_one),
		cmocka_unit_test(a_group_lies_within_itself_and_its_ancestors_only),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
