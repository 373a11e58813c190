#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "collect/live.h"
#include "kernel/units.h"
#include "model/view.h"
#include "temporary_root.h"

static void page_and_tick_are_taken_from_the_capture(void **state)
{
	(void)state;
	struct kernel_units units;

	assert_int_equal(kernel_units_parse(SPAN("wall_ns 5\npage_bytes 65536\nticks_per_second 250\n"), &units), 0);
	assert_int_equal(units.page_bytes, 65536);
	assert_int_equal(units.tick_ns, 4000000);
}

static void what_makes_no_sense_sets_nothing(void **state)
{
	(void)state;
	static const char *const wrong[] = {
		"",
		"page_bytes 4096\n",
		"ticks_per_second 100\n",
		"page_bytes 4096\nticks_per_second 100",
		"page_bytes 4095\nticks_per_second 100\n",
		"page_bytes 0\nticks_per_second 100\n",
		"page_bytes -4096\nticks_per_second 100\n",
		"page_bytes 4096 k\nticks_per_second 100\n",
		"page_bytes 4096\nticks_per_second 0\n",
		"page_bytes 4096\nticks_per_second x\n",
	};

	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct kernel_units units = { 1, 2 };
		assert_int_equal(kernel_units_parse(span_of(wrong[i]), &units), -EBADMSG);
		assert_int_equal(units.page_bytes, 1);
		assert_int_equal(units.tick_ns, 2);
	}
}

static int64_t number_of_first(const struct temporary_root *root, unsigned field)
{
	struct request request = { 0 };
	struct snapshot snapshot;
	struct source *source;
	int64_t number;

	request_field(&request, &request.fields, field);
	assert_int_equal(live_new(root->path, false, &source), 0);
	assert_int_equal(source_take(source, &request, &snapshot), 0);
	assert_true(snapshot_number(&snapshot, 0, field, &number));
	snapshot_done(&snapshot);
	source_free(source);
	return number;
}

static void a_machine_with_large_pages_is_shown_as_it_was(void **state)
{
	const struct temporary_root *root = *state;

	root_file(root, "proc/1/statm", "100 10 5 1 0 20 0\n");
	root_file(root, "proc/1/stat",
	          "1 (init) S 0 1 1 0 -1 0 0 0 0 0 500 0 0 0 20 0 1 0 0 409600 10 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 "
	          "0 0 "
	          "0 0 0 0 0 0 0 0 0\n");
	root_file(root, "captured", "page_bytes 65536\nticks_per_second 1000\n");
	assert_int_equal(number_of_first(root, TASK_rss_bytes), 10 * 65536);
	assert_int_equal(number_of_first(root, TASK_cpu_ns), 500 * 1000000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(page_and_tick_are_taken_from_the_capture),
		cmocka_unit_test(what_makes_no_sense_sets_nothing),
		cmocka_unit_test_setup_teardown(a_machine_with_large_pages_is_shown_as_it_was, root_setup,
		                                root_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
