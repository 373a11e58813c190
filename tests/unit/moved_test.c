#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "analysis/moved.h"

static struct held held(uint64_t start, uint64_t end, int64_t rss)
{
	return (struct held){ .start = start, .end = end, .rss_bytes = rss };
}

static void new_gone_and_changed_mappings_are_found_the_largest_change_first(void **state)
{
	(void)state;
	const struct held before[] = { held(0x1000, 0x2000, 100), held(0x5000, 0x6000, 7), held(0x8000, 0x9000, 50) };
	const struct held now[] = { held(0x1000, 0x4000, 300), held(0x7000, 0x8000, 60), held(0x8000, 0x9000, 50) };
	struct moved *moved;
	size_t count;

	assert_int_equal(moved_new(before, 3, now, 3, &moved, &count), 0);
	assert_int_equal(count, 3);
	assert_int_equal(moved[0].how, MOVED_CHANGED);
	assert_int_equal(moved[0].size_bytes, 0x2000);
	assert_int_equal(moved[0].rss_bytes, 200);
	assert_int_equal(moved[1].how, MOVED_NEW);
	assert_ptr_equal(moved[1].now, &now[1]);
	assert_null(moved[1].before);
	assert_int_equal(moved[2].how, MOVED_GONE);
	assert_int_equal(moved[2].rss_bytes, -7);
	assert_int_equal(moved[2].size_bytes, -0x1000);
	free(moved);
}

static void equal_lists_have_no_differences_and_swapped_pages_are_one(void **state)
{
	(void)state;
	struct held list[] = { held(0x1000, 0x2000, 100) }, swapped[] = { held(0x1000, 0x2000, 100) };
	struct moved *moved;
	size_t count;

	assert_int_equal(moved_new(list, 1, list, 1, &moved, &count), 0);
	assert_int_equal(count, 0);
	free(moved);
	swapped[0].swap_bytes = 4096;
	assert_int_equal(moved_new(list, 1, swapped, 1, &moved, &count), 0);
	assert_int_equal(count, 1);
	free(moved);
	assert_int_equal(moved_new(NULL, 0, list, 1, &moved, &count), 0);
	assert_int_equal(count, 1);
	free(moved);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(new_gone_and_changed_mappings_are_found_the_largest_change_first),
		cmocka_unit_test(equal_lists_have_no_differences_and_swapped_pages_are_one),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
