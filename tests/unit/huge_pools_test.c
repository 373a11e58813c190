/* Pools of huge pages: names of folders, counts, and a tree with nodes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>

#include "kernel/huge_pools.h"

static void the_size_is_in_the_name_of_the_folder(void **state)
{
	int64_t bytes = 7;

	(void)state;
	assert_int_equal(huge_pool_size(SPAN("hugepages-2048kB"), &bytes), 0);
	assert_int_equal(bytes, 2048 * 1024);
	assert_int_equal(huge_pool_size(SPAN("hugepages-1048576kB"), &bytes), 0);
	assert_int_equal(bytes, INT64_C(1) << 30);
}

static void other_names_are_no_pools(void **state)
{
	static const char *const names[] = { "",
		                             ".",
		                             "hugepages-",
		                             "hugepages-kB",
		                             "hugepages-0kB",
		                             "hugepages--4kB",
		                             "hugepages-4MB",
		                             "hugepages-4kB ",
		                             "hugepages-x4kB",
		                             "hugepages-9223372036854775807kB",
		                             "transparent-4kB" };
	int64_t bytes = 7;

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		assert_int_equal(huge_pool_size(span_of(names[i]), &bytes), -EBADMSG);
	assert_int_equal(bytes, 7);
}

static void what_is_no_count_sets_nothing(void **state)
{
	static const char *const texts[] = { "", "5", "-1\n", "x\n", "5 6\n", "99999999999999999999\n" };
	struct huge_pool pool = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		assert_int_equal(huge_pool_parse(span_of(texts[i]), &huge_pool_fields[HUGE_POOL_pages], &pool),
		                 -EBADMSG);
	assert_false(huge_pool_has(&pool, pages));
	assert_int_equal(huge_pool_parse(SPAN("20\n"), &huge_pool_fields[HUGE_POOL_pages], &pool), 0);
	assert_int_equal(pool.pages, 20);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_size_is_in_the_name_of_the_folder),
		cmocka_unit_test(other_names_are_no_pools),
		cmocka_unit_test(what_is_no_count_sets_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
