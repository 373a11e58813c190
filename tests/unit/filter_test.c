#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analysis/filter.h"
#include "base/time.h"

enum { MIB = 1 << 20 };

/* Three processes; the last one has no PSS and no user. */
static struct snapshot machine(void)
{
	static const unsigned ids[] = { TASK_pid,  TASK_comm,  TASK_cmdline,   TASK_user,      TASK_pss_bytes,
		                        TASK_nice, TASK_state, TASK_rss_bytes, TASK_started_ns };
	static const struct {
		int64_t pid, pss, nice;
		struct span comm, cmdline, user;
		char state;
	} made[] = {
		{ 1, 5 * (int64_t)MIB, 0, SPAN("init"), SPAN("/sbin/init\0-s\0"), SPAN("root"), 'S' },
		{ 2, 3 * 1024 * (int64_t)MIB, 5, SPAN("postgres"), SPAN("postgres: writer"), SPAN("db"), 'R' },
		{ 3, -1, -5, SPAN("kworker"), { NULL, 0 }, { NULL, 0 }, 'D' },
	};
	struct snapshot snapshot = { .boot_ns = 100 * NS_PER_S };
	struct field_set fields = { 0 };
	size_t row;

	for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
		field_set_add(&fields, ids[i]);
	shape_make(&fields, &snapshot.shape);
	for (size_t i = 0; i < 3; i++) {
		struct task task = { 0 };
		task_set(&task, pid, made[i].pid);
		task_set(&task, started_ns, 40 * NS_PER_S);
		task_set(&task, nice, made[i].nice);
		task_set(&task, state, made[i].state);
		task_set(&task, comm, made[i].comm);
		if (made[i].pss >= 0)
			task_set(&task, pss_bytes, made[i].pss);
		if (made[i].cmdline.at)
			task_set(&task, cmdline, made[i].cmdline);
		if (made[i].user.at)
			task_set(&task, user, made[i].user);
		assert_int_equal(snapshot_add(&snapshot, &row), 0);
		assert_int_equal(snapshot_fill(&snapshot, row, &task), 0);
	}
	return snapshot;
}

/* Which rows fit, as bits. */
static unsigned fitting(const char *text)
{
	struct snapshot snapshot = machine();
	struct filter_error error;
	struct filter filter;
	struct view view;
	unsigned fits = 0;

	assert_int_equal(filter_parse(span_of(text), &filter, &error), 0);
	assert_int_equal(view_init(&view, &snapshot, NULL, NULL), 0);
	for (size_t row = 0; row < snapshot.count; row++)
		fits |= filter_fits(&filter, &view, row) ? 1u << row : 0;
	view_done(&view);
	snapshot_done(&snapshot);
	return fits;
}

static const char *complaint(const char *text)
{
	static struct filter_error error;
	struct filter filter = { .count = 7 };

	assert_int_equal(filter_parse(span_of(text), &filter, &error), -EINVAL);
	assert_int_equal(filter.count, 7);
	return error.words;
}

static void numbers_are_compared_in_their_units(void **state)
{
	(void)state;
	assert_int_equal(fitting("pss > 1G"), 2);
	assert_int_equal(fitting("pss >= 5M"), 3);
	assert_int_equal(fitting("pss>5MiB"), 2);
	assert_int_equal(fitting("PSS < 5121K"), 1);
	assert_int_equal(fitting("pss = 5242880"), 1);
	assert_int_equal(fitting("pss_bytes == 0.0048828125G"), 1);
	assert_int_equal(fitting("nice < 0"), 4);
	assert_int_equal(fitting("nice = -5"), 4);
	assert_int_equal(fitting("age = 1min"), 7);
	assert_int_equal(fitting("age > 61s"), 0);
	assert_int_equal(fitting("state = R"), 2);
	assert_int_equal(fitting("pid != 2"), 5);
}

static void a_rate_counts_in_the_time_that_is_typed(void **state)
{
	(void)state;
	struct filter_error error;
	struct filter filter;

	assert_int_equal(filter_parse(SPAN("growth > 60M/h"), &filter, &error), 0);
	assert_true(filter.nodes[0].number > MIB - 1 && filter.nodes[0].number < MIB + 1);
	assert_int_equal(filter_parse(SPAN("growth > 1M"), &filter, &error), 0);
	assert_true(filter.nodes[0].number > MIB - 1 && filter.nodes[0].number < MIB + 1);
	assert_int_equal(filter_parse(SPAN("faults > 60/min"), &filter, &error), 0);
	assert_true(filter.nodes[0].number > 999 && filter.nodes[0].number < 1001);
	assert_int_equal(filter_parse(SPAN("read >= 2K/s"), &filter, &error), 0);
	assert_true(filter.nodes[0].number > 2047 && filter.nodes[0].number < 2049);
}

static void and_binds_closer_than_or_and_brackets_closest(void **state)
{
	(void)state;
	assert_int_equal(fitting("pid = 1 or pid = 2 and nice = 0"), 1);
	assert_int_equal(fitting("(pid = 1 or pid = 2) and nice = 5"), 2);
	assert_int_equal(fitting("not pid = 1 and not (pid = 3)"), 2);
	assert_int_equal(fitting("! pid = 1 && nice < 9"), 6);
}

static void texts_are_found_whatever_the_case_and_alternatives_stand_between_strokes(void **state)
{
	(void)state;
	assert_int_equal(fitting("INIT"), 1);
	assert_int_equal(fitting("writer|kwork"), 6);
	assert_int_equal(fitting("init -s"), 1);
	assert_int_equal(fitting("command ~ \"/sbin/init -s\""), 1);
	assert_int_equal(fitting("user = db or user = root"), 3);
	assert_int_equal(fitting("user = roo"), 0);
	assert_int_equal(fitting("user !~ oo"), 2);
	assert_int_equal(fitting("pss > 1M and postgres"), 2);
}

static void what_is_absent_neither_fits_nor_does_not(void **state)
{
	(void)state;
	assert_int_equal(fitting("pss < 1P"), 3);
	assert_int_equal(fitting("not pss < 1P"), 0);
	assert_int_equal(fitting("pss < 1P or nice = -5"), 7);
	assert_int_equal(fitting("user != root"), 2);
}

static void an_empty_filter_lets_all_through(void **state)
{
	(void)state;
	assert_int_equal(fitting(""), 7);
	assert_int_equal(fitting("   "), 7);
}

static void what_is_wrong_is_said_in_words(void **state)
{
	(void)state;
	assert_non_null(strstr(complaint("foo > 1"), "'foo' is no column"));
	assert_non_null(strstr(complaint("pss > 1X"), "'1X' does not fit pss_bytes; it looks like 500K"));
	assert_non_null(strstr(complaint("pss >"), "a value is missing"));
	assert_non_null(strstr(complaint("pss ~ 3"), "pss is a number"));
	assert_non_null(strstr(complaint("user < b"), "user is a text"));
	assert_non_null(strstr(complaint("(pss > 1"), "the ) is missing"));
	assert_non_null(strstr(complaint("pss > 1 pss < 2"), "expected and, or"));
	assert_non_null(strstr(complaint("user = \"x"), "closing"));
	assert_non_null(strstr(complaint("nice > 5K"), "does not fit nice"));
	assert_non_null(strstr(complaint("pss > 1G/s"), "does not fit"));
	assert_non_null(strstr(complaint("nice = (((("), "value is missing"));
	assert_non_null(strstr(complaint("((((((((((((((((((((((((((((( pss > 1"), "too many brackets"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_compared_in_their_units),
		cmocka_unit_test(a_rate_counts_in_the_time_that_is_typed),
		cmocka_unit_test(and_binds_closer_than_or_and_brackets_closest),
		cmocka_unit_test(texts_are_found_whatever_the_case_and_alternatives_stand_between_strokes),
		cmocka_unit_test(what_is_absent_neither_fits_nor_does_not),
		cmocka_unit_test(an_empty_filter_lets_all_through),
		cmocka_unit_test(what_is_wrong_is_said_in_words),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
