#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "kernel/pid_stat.h"

static const struct kernel_units units = { .page_bytes = 4096, .tick_ns = 10000000 };

#define REST \
	" S 1 42 42 34816 42 4194560 1234 5678 9 10 100 50 7 8 20 0 3 0 4567 12345678 100 18446744073709551615 1 1 0 " \
	"0 0 0 0 " \
	"4096 0 0 0 0 17 1 0 0 0 0 0 0 0 0 0 0 0 0 0\n"

static void ticks_become_nanoseconds(void **state)
{
	(void)state;
	struct task t = { 0 };
	assert_int_equal(pid_stat_parse(SPAN("42 (sh)" REST), &units, &t), 0);
	assert_int_equal(t.cpu_ns, INT64_C(1500000000));
	assert_int_equal(t.started_ns, INT64_C(45670000000));
	assert_int_equal(t.minor_faults, 1234);
	assert_int_equal(t.threads, 3);
}

static void a_name_ends_at_the_last_parenthesis(void **state)
{
	(void)state;
	struct task t = { 0 };
	assert_int_equal(pid_stat_parse(SPAN("42 (a) S 1 (b\n)" REST), &units, &t), 0);
	assert_true(span_is(t.comm, "a) S 1 (b\n"));
	assert_int_equal(t.ppid, 1);
}

static void resident_memory_is_not_taken_from_field_24(void **state)
{
	(void)state;
	struct task t = { 0 };
	assert_int_equal(pid_stat_parse(SPAN("42 (sh)" REST), &units, &t), 0);
	assert_false(task_has(&t, rss_bytes));
}

static void hidden_addresses_and_no_limit_are_absent(void **state)
{
	(void)state;
	struct task t = { 0 };
	assert_int_equal(pid_stat_parse(SPAN("42 (sh)" REST), &units, &t), 0);
	assert_false(task_has(&t, code_start));
	assert_false(task_has(&t, rss_limit_bytes));
}

static void a_line_cut_anywhere_sets_nothing(void **state)
{
	(void)state;
	static const char line[] = "42 (sh)" REST;
	for (size_t len = 0; len < sizeof line - 1; len++) {
		struct task t = { 0 };
		assert_int_equal(pid_stat_parse((struct span){ line, len }, &units, &t), -EBADMSG);
		assert_true(field_set_empty(&t.have));
	}
}

static void a_time_below_zero_or_beyond_all_time_is_absent(void **state)
{
	(void)state;
	struct task t = { 0 };
	assert_int_equal(
		pid_stat_parse(SPAN("42 (sh) S 1 42 42 0 -1 0 18446744073709551615 0 0 0 9223372036854775807 1 "
	                            "18446744073709551614 0 20 0 1 0 4567 4096 1 -1\n"),
	                       &units, &t),
		-EBADMSG);
	assert_int_equal(
		pid_stat_parse(SPAN("42 (sh) S 1 42 42 0 -1 0 18446744073709551615 0 0 0 9223372036854775807 1 "
	                            "18446744073709551614 0 20 0 1 0 4567 4096 1 -1 1 1 0 0 0 0 0 0 0 0 0 0 17 1 "
	                            "0 0 0 0 0 0 0 0 0 0 0 0 0\n"),
	                       &units, &t),
		0);
	assert_false(task_has(&t, minor_faults));
	assert_false(task_has(&t, user_ns));
	assert_false(task_has(&t, cpu_ns));
	assert_false(task_has(&t, children_user_ns));
	assert_int_equal(t.system_ns, 10000000);
	assert_int_equal(t.tpgid, -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ticks_become_nanoseconds),
		cmocka_unit_test(a_name_ends_at_the_last_parenthesis),
		cmocka_unit_test(resident_memory_is_not_taken_from_field_24),
		cmocka_unit_test(hidden_addresses_and_no_limit_are_absent),
		cmocka_unit_test(a_line_cut_anywhere_sets_nothing),
		cmocka_unit_test(a_time_below_zero_or_beyond_all_time_is_absent),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
