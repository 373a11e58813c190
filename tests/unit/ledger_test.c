#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/ledger.h"

static struct machine machine(void)
{
	struct machine m = { 0 };

	machine_set(&m, mem_total_bytes, 1000);
	machine_set(&m, mem_free_bytes, 300);
	machine_set(&m, mem_available_bytes, 500);
	machine_set(&m, buffers_bytes, 10);
	machine_set(&m, cached_bytes, 250);
	machine_set(&m, shmem_bytes, 50);
	machine_set(&m, anon_pages_bytes, 200);
	machine_set(&m, slab_reclaimable_bytes, 20);
	machine_set(&m, slab_unreclaimable_bytes, 30);
	machine_set(&m, slab_bytes, 50);
	machine_set(&m, kernel_stack_bytes, 8);
	machine_set(&m, vmalloc_used_bytes, 18);
	return m;
}

static int64_t part(const struct ledger *ledger, const char *name)
{
	for (size_t i = 0; i < ledger->count; i++)
		if (!strcmp(ledger->parts[i].name, name))
			return ledger->parts[i].bytes;
	fail_msg("no part %s", name);
	return 0;
}

static void the_parts_add_up_to_the_last_byte(void **state)
{
	(void)state;
	struct machine m = machine();
	struct ledger ledger;
	int64_t sum = 0;

	assert_int_equal(ledger_make(&m, &ledger), 0);
	for (size_t i = 0; i < ledger.count; i++)
		sum += ledger.parts[i].bytes;
	assert_int_equal(sum, 1000);
	assert_int_equal(part(&ledger, "unaccounted"), 1000 - 300 - 10 - 250 - 200 - 50 - 18);
}

static void shared_memory_is_taken_out_of_the_cache_and_stacks_out_of_vmalloc(void **state)
{
	(void)state;
	struct machine m = machine();
	struct ledger ledger;

	assert_int_equal(ledger_make(&m, &ledger), 0);
	assert_int_equal(part(&ledger, "file_cache"), 200);
	assert_int_equal(part(&ledger, "shared_memory"), 50);
	assert_int_equal(part(&ledger, "kernel_stacks"), 8);
	assert_int_equal(part(&ledger, "vmalloc"), 10);
}

static void memory_that_no_counter_names_is_unaccounted(void **state)
{
	(void)state;
	struct machine m = machine();
	struct ledger before, after;

	assert_int_equal(ledger_make(&m, &before), 0);
	machine_set(&m, mem_free_bytes, 200);
	assert_int_equal(ledger_make(&m, &after), 0);
	assert_int_equal(part(&after, "unaccounted") - part(&before, "unaccounted"), 100);
}

static bool has_part(const struct ledger *ledger, const char *name)
{
	for (size_t i = 0; i < ledger->count; i++)
		if (!strcmp(ledger->parts[i].name, name))
			return true;
	return false;
}

static void the_cache_of_zfs_is_named_unless_it_is_another_machines(void **state)
{
	(void)state;
	struct machine m = machine();
	struct ledger before, after;
	int64_t sum = 0;

	assert_int_equal(ledger_make(&m, &before), 0);
	machine_set(&m, arc_bytes, 130);
	machine_set(&m, arc_least_bytes, 40);
	machine_set(&m, arc_headers_bytes, 20);
	machine_set(&m, arc_dnodes_bytes, 10);
	assert_int_equal(ledger_make(&m, &after), 0);
	assert_int_equal(part(&after, "zfs_cache"), 60);
	assert_int_equal(part(&after, "zfs_cache_least"), 40);
	assert_int_equal(part(&after, "unaccounted"), part(&before, "unaccounted") - 100);
	for (size_t i = 0; i < after.count; i++)
		sum += after.parts[i].bytes;
	assert_int_equal(sum, 1000);
	machine_set(&m, arc_bytes, 16000); /* the host's, seen from a container */
	assert_int_equal(ledger_make(&m, &after), 0);
	assert_false(has_part(&after, "zfs_cache"));
	assert_int_equal(part(&after, "unaccounted"), part(&before, "unaccounted"));
}

static void without_a_total_there_is_no_ledger(void **state)
{
	(void)state;
	struct machine m = { 0 };
	struct ledger ledger;

	assert_int_equal(ledger_make(&m, &ledger), -ENODATA);
}

static void every_tool_claims_what_its_formula_says(void **state)
{
	(void)state;
	struct machine m = machine();
	struct ledger_claim claims[LEDGER_CLAIMS];

	assert_int_equal(ledger_claims(&m, claims), 5);
	assert_int_equal(claims[0].bytes, 500);
	assert_int_equal(claims[1].bytes, 1000 - 300 - 10 - 250 - 20);
	assert_int_equal(claims[2].bytes, 1000 - 300 - 10 - 250 - 50);
	assert_int_equal(claims[4].bytes, 1000 - 300 - 10 - 250 - 20 + 50);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_parts_add_up_to_the_last_byte),
		cmocka_unit_test(shared_memory_is_taken_out_of_the_cache_and_stacks_out_of_vmalloc),
		cmocka_unit_test(memory_that_no_counter_names_is_unaccounted),
		cmocka_unit_test(the_cache_of_zfs_is_named_unless_it_is_another_machines),
		cmocka_unit_test(without_a_total_there_is_no_ledger),
		cmocka_unit_test(every_tool_claims_what_its_formula_says),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
