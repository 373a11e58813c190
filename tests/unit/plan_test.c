/* Which files are read for which fields: each one not read is time saved for every process, at every sample. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "collect/plan.h"

#define SET(from) (UINT64_C(1) << FROM_##from)

static struct field_set fields_of(const unsigned *ids, size_t count)
{
	struct field_set set = { 0 };

	for (size_t i = 0; i < count; i++)
		field_set_add(&set, ids[i]);
	return set;
}

#define FIELDS(...) \
	fields_of((const unsigned[]){ __VA_ARGS__ }, sizeof((const unsigned[]){ __VA_ARGS__ }) / sizeof(unsigned))

static void the_columns_of_top_need_no_status(void **state)
{
	(void)state;
	struct field_set top = FIELDS(TASK_pid, TASK_euid, TASK_priority, TASK_nice, TASK_virt_bytes, TASK_rss_bytes,
	                              TASK_shared_bytes, TASK_state, TASK_cpu_ns, TASK_comm);
	assert_int_equal(plan_tasks(&top), SET(LISTING) | SET(OWNER) | SET(STAT) | SET(STATM));
}

static void a_file_that_is_read_anyway_saves_another(void **state)
{
	(void)state;
	struct field_set fields = FIELDS(TASK_euid, TASK_rss_bytes, TASK_swap_bytes);
	assert_int_equal(plan_tasks(&fields), SET(STATUS));
}

static void the_folders_of_a_captured_tree_tell_no_user(void **state)
{
	(void)state;
	struct field_set fields = FIELDS(TASK_euid, TASK_comm);
	assert_int_equal(plan_captured_tasks(&fields), SET(STATUS) | SET(STAT));
	fields = FIELDS(TASK_comm);
	assert_int_equal(plan_captured_tasks(&fields), SET(STAT));
}

static void the_links_of_a_captured_tree_are_not_followed(void **state)
{
	(void)state;
	struct field_set fields = FIELDS(TASK_exe_inode, TASK_root_inode, TASK_comm);
	assert_int_equal(plan_tasks(&fields), SET(EXE_TARGET) | SET(ROOT_TARGET) | SET(STAT));
	assert_int_equal(plan_captured_tasks(&fields), SET(STAT));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_columns_of_top_need_no_status),
		cmocka_unit_test(a_file_that_is_read_anyway_saves_another),
		cmocka_unit_test(the_folders_of_a_captured_tree_tell_no_user),
		cmocka_unit_test(the_links_of_a_captured_tree_are_not_followed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
