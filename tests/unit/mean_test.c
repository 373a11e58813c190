/* Means of levels over many samples. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/mean.h"

static struct mean mean;

static int leave(void **state)
{
	(void)state;
	mean_done(&mean);
	return 0;
}

static void the_machines_levels_are_averaged_where_they_are_known(void **state)
{
	struct snapshot snapshot = { 0 };
	struct view view = { .now = &snapshot };
	int64_t value = -7;

	(void)state;
	assert_false(mean_machine(&mean, MACHINE_mem_free_bytes, &value));
	assert_int_equal(value, -7);
	for (int64_t bytes = 10; bytes <= 13; bytes++) {
		machine_set(&snapshot.machine, mem_free_bytes, bytes);
		assert_int_equal(mean_add(&mean, &view), 0);
	}
	assert_true(mean_machine(&mean, MACHINE_mem_free_bytes, &value));
	assert_int_equal(value, 12); /* 11.5 */
	machine_set(&snapshot.machine, dirty_bytes, 5);
	machine_set(&snapshot.machine, interrupts, 5);
	assert_int_equal(mean_add(&mean, &view), 0);
	assert_true(mean_machine(&mean, MACHINE_dirty_bytes, &value));
	assert_int_equal(value, 5);                                    /* of the one sample that had it */
	assert_false(mean_machine(&mean, MACHINE_interrupts, &value)); /* a counter is no level */
}

static void add_task(struct snapshot *snapshot, int64_t pid, int64_t started, int64_t rss)
{
	struct task task = { 0 };
	size_t row;

	task_set(&task, pid, pid);
	task_set(&task, started_ns, started);
	task_set(&task, rss_bytes, rss);
	assert_int_equal(snapshot_add(snapshot, &row), 0);
	assert_int_equal(snapshot_fill(snapshot, row, &task), 0);
}

static struct snapshot moment(void)
{
	struct snapshot snapshot = { 0 };
	struct field_set fields = { 0 };

	field_set_add(&fields, TASK_pid);
	field_set_add(&fields, TASK_started_ns);
	field_set_add(&fields, TASK_rss_bytes);
	shape_make(&fields, &snapshot.shape);
	return snapshot;
}

static void add_sample(const struct snapshot *now, const struct snapshot *before)
{
	struct view view;

	assert_int_equal(view_init(&view, now, before, NULL), 0);
	assert_int_equal(mean_add(&mean, &view), 0);
	view_done(&view);
}

static void a_tasks_levels_are_its_own_though_its_pid_is_used_again(void **state)
{
	struct snapshot first = moment(), second = moment();
	int64_t value = -7;

	(void)state;
	mean.ids[0] = TASK_rss_bytes;
	mean.id_count = 1;
	add_task(&first, 1, 100, 10);
	add_task(&first, 2, 100, 1000);
	add_task(&first, 3, 100, 1000);
	add_task(&first, 4, 100, 6);
	add_task(&second, 1, 100, 20);
	add_task(&second, 2, 999, 50);
	add_task(&second, 4, 100, 8);
	add_sample(&first, NULL);
	add_sample(&second, &first);
	assert_true(mean_task(&mean, 0, TASK_rss_bytes, &value));
	assert_int_equal(value, 15);
	assert_true(mean_task(&mean, 1, TASK_rss_bytes, &value));
	assert_int_equal(value, 50); /* the other one is gone */
	assert_true(mean_task(&mean, 2, TASK_rss_bytes, &value));
	assert_int_equal(value, 7); /* it has another row than before */
	assert_false(mean_task(&mean, 3, TASK_rss_bytes, &value));
	assert_false(mean_task(&mean, 0, TASK_virt_bytes, &value));
	snapshot_done(&first);
	snapshot_done(&second);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(the_machines_levels_are_averaged_where_they_are_known, leave),
		cmocka_unit_test_teardown(a_tasks_levels_are_its_own_though_its_pid_is_used_again, leave),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
