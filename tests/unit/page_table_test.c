/* The tree of page tables: figures that can be counted by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analysis/page_table.h"

#define MIB (UINT64_C(1) << 20)
#define GIB (UINT64_C(1) << 30)

static void an_address_is_four_indexes_and_an_offset(void **state)
{
	(void)state;
	uint64_t address =
		(UINT64_C(3) << 39) | (UINT64_C(511) << 30) | (UINT64_C(1) << 21) | (UINT64_C(256) << 12) | 77;

	assert_int_equal(table_index(address, 0), 3);
	assert_int_equal(table_index(address, 1), 511);
	assert_int_equal(table_index(address, 2), 1);
	assert_int_equal(table_index(address, 3), 256);
	assert_int_equal(table_covers(0), 512 * GIB);
	assert_int_equal(table_covers(3), 4096);
}

static int64_t tree_of(uint64_t from, uint64_t size, uint64_t step, unsigned count)
{
	struct table_cost cost = { 0 };

	for (unsigned i = 0; i < count; i++)
		table_cost_add(&cost, from + i * step, from + i * step + size);
	return cost.tree_bytes / TABLE_BYTES;
}

static void tables_are_counted_once(void **state)
{
	(void)state;
	assert_int_equal(tree_of(0, 4096, 4096, 512), 4);             /* one of each level */
	assert_int_equal(tree_of(0, GIB, 0, 1), 3 + 512);             /* dense */
	assert_int_equal(tree_of(0, 4096, 2 * MIB, 512), 3 + 512);    /* one page in each 2 MiB */
	assert_int_equal(tree_of(0, 4096, GIB, 512), 2 + 512 + 512);  /* one page in each GiB */
	assert_int_equal(tree_of(2 * MIB - 4096, 8192, 0, 1), 3 + 2); /* over an edge */
	assert_int_equal(tree_of(GIB, 0, 0, 1), 1);                   /* nothing: the root */
}

static void other_shapes_cost_more(void **state)
{
	(void)state;
	struct table_cost cost = { 0 };

	table_cost_add(&cost, 0, 4096);
	table_cost_add(&cost, 4096, 8192);
	table_cost_add(&cost, 5 * GIB, 5 * GIB + 4096);
	assert_int_equal(cost.flat_bytes, 512 * GIB);
	assert_int_equal(cost.two_level_bytes, 2 * MIB + 2 * 2 * MIB);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_address_is_four_indexes_and_an_offset),
		cmocka_unit_test(tables_are_counted_once),
		cmocka_unit_test(other_shapes_cost_more),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
