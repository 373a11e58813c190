#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/span.h"

/* What span_i64 (and the like) makes of one word; INT64_MIN when it refuses, and then it must not have moved. */
static int64_t read_by(bool (*reader)(struct span *, int64_t *), struct span text)
{
	int64_t value = INT64_MIN;
	struct span rest = text;

	if (!reader(&rest, &value)) {
		assert_ptr_equal(rest.at, text.at);
		assert_int_equal(rest.len, text.len);
		return INT64_MIN;
	}
	return value;
}

static void a_number_may_be_as_large_as_64_bits_hold(void **state)
{
	(void)state;
	assert_int_equal(read_by(span_i64, SPAN("0")), 0);
	assert_int_equal(read_by(span_i64, SPAN("  \t\n 42 7")), 42);
	assert_int_equal(read_by(span_i64, SPAN("-17\n")), -17);
	assert_int_equal(read_by(span_i64, SPAN("999999999999999999")), 999999999999999999);
	assert_int_equal(read_by(span_i64, SPAN("9223372036854775807")), INT64_MAX);
	assert_int_equal(read_by(span_i64, SPAN("-9223372036854775807")), -INT64_MAX);
	assert_int_equal(read_by(span_i64, SPAN("00000000000000000000000000012")), 12);
	assert_int_equal(read_by(span_u64, SPAN("18446744073709551615")), -1);
}

static void a_larger_number_is_refused(void **state)
{
	(void)state;
	assert_int_equal(read_by(span_i64, SPAN("9223372036854775808")), INT64_MIN);
	assert_int_equal(read_by(span_i64, SPAN("18446744073709551615")), INT64_MIN);
	assert_int_equal(read_by(span_i64, SPAN("18446744073709551617")), INT64_MIN);
	assert_int_equal(read_by(span_i64, SPAN("100000000000000000000000")), INT64_MIN);
	assert_int_equal(read_by(span_u64, SPAN("18446744073709551616")), INT64_MIN);
}

static void a_word_that_is_no_number_is_refused(void **state)
{
	(void)state;
	assert_int_equal(read_by(span_i64, SPAN("")), INT64_MIN);
	assert_int_equal(read_by(span_i64, SPAN("  ")), INT64_MIN);
	assert_int_equal(read_by(span_i64, SPAN("-")), INT64_MIN);
	assert_int_equal(read_by(span_i64, SPAN("--1")), INT64_MIN);
	assert_int_equal(read_by(span_i64, SPAN("+1")), INT64_MIN);
	assert_int_equal(read_by(span_i64, SPAN("12a")), INT64_MIN);
	assert_int_equal(read_by(span_i64, SPAN("1:")), INT64_MIN);
	assert_int_equal(read_by(span_i64, (struct span){ "1\0", 2 }), INT64_MIN);
	assert_int_equal(read_by(span_u64, SPAN("-1")), INT64_MIN);
	assert_int_equal(read_by(span_hex, SPAN("0x10")), INT64_MIN);
	assert_int_equal(read_by(span_hex, SPAN("10000000000000000")), INT64_MIN);
}

static void base_16_takes_both_cases(void **state)
{
	(void)state;
	assert_int_equal(read_by(span_hex, SPAN("00000001fEdcBa98")), 0x1fedcba98);
	assert_int_equal(read_by(span_hex, SPAN("ffffffffffffffff")), -1);
}

static void numbers_follow_each_other(void **state)
{
	(void)state;
	struct span rest = SPAN("1 22\t333\n");
	int64_t value, sum = 0;
	while (span_i64(&rest, &value))
		sum += value;
	assert_int_equal(sum, 356);
	assert_int_equal(span_trim(rest).len, 0);
}

static void a_row_of_numbers_ends_at_the_first_word_that_is_none(void **state)
{
	(void)state;
	int64_t value[8] = { 0 };
	struct span rest =
		SPAN(" 1 -2  18446744073709551615\t999999999999999999 1000000000000000000 9223372036854775807 x 8");
	assert_int_equal(span_numbers(&rest, value, 8), 6);
	assert_int_equal(value[0], 1);
	assert_int_equal(value[1], -2);
	assert_int_equal(value[2], -1);
	assert_int_equal(value[3], 999999999999999999);
	assert_int_equal(value[4], 1000000000000000000);
	assert_int_equal(value[5], INT64_MAX);
	assert_true(span_is(rest, " x 8"));
	assert_int_equal(span_numbers(&rest, value, 8), 0);
	rest = SPAN("1 18446744073709551616");
	assert_int_equal(span_numbers(&rest, value, 8), 1);
	rest = SPAN("1 -9223372036854775808");
	assert_int_equal(span_numbers(&rest, value, 8), 1);
	rest = SPAN("1 2 3\n");
	assert_int_equal(span_numbers(&rest, value, 2), 2);
	assert_true(span_is(rest, " 3\n"));
	assert_int_equal(span_numbers(&rest, value, 2), 1);
	assert_int_equal(value[0], 3);
	rest = SPAN("12x");
	assert_int_equal(span_numbers(&rest, value, 8), 0);
	rest = SPAN("7");
	assert_int_equal(span_numbers(&rest, value, 8), 1);
}

static int64_t fixed(struct span text, unsigned decimals)
{
	int64_t value = -1;

	return span_fixed(&text, decimals, &value) ? value : -1;
}

static void a_fraction_keeps_as_many_digits_as_asked_for(void **state)
{
	(void)state;
	assert_int_equal(fixed(SPAN("1.25"), 3), 1250);
	assert_int_equal(fixed(SPAN("0.09"), 4), 900);
	assert_int_equal(fixed(SPAN("7"), 2), 700);
	assert_int_equal(fixed(SPAN("3.14159"), 2), 314);
	assert_int_equal(fixed(SPAN("1505.60 2915.41"), 9), 1505600000000);
	assert_int_equal(fixed(SPAN("9999999999.99"), 9), -1);
	assert_int_equal(fixed(SPAN("1.2.3"), 3), -1);
	assert_int_equal(fixed(SPAN(".5"), 3), -1);
	assert_int_equal(fixed(SPAN("-1.5"), 3), -1);
	assert_int_equal(fixed(SPAN("x"), 3), -1);
}

static void a_last_line_without_its_newline_is_a_line_but_not_a_whole_one(void **state)
{
	(void)state;
	struct span rest = SPAN("one\n\ntw"), line;
	assert_true(span_whole_line(&rest, &line) && span_is(line, "one"));
	assert_true(span_whole_line(&rest, &line) && line.len == 0);
	assert_false(span_whole_line(&rest, &line));
	assert_true(span_is(rest, "tw"));
	assert_true(span_line(&rest, &line) && span_is(line, "tw"));
	assert_false(span_line(&rest, &line));
}

static void no_mark_changes_nothing(void **state)
{
	(void)state;
	struct span rest = SPAN("a:b"), before = SPAN("?");
	assert_false(span_until(&rest, ';', &before));
	assert_true(span_is(rest, "a:b") && span_is(before, "?"));
	assert_true(span_until(&rest, ':', &before));
	assert_true(span_is(rest, "b") && span_is(before, "a"));
	struct span empty = { NULL, 0 };
	assert_false(span_until(&empty, ':', &before));
	assert_int_equal(span_last(SPAN("a)b)c"), ')'), 3);
	assert_int_equal(span_last(empty, ')'), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_number_may_be_as_large_as_64_bits_hold),
		cmocka_unit_test(a_larger_number_is_refused),
		cmocka_unit_test(a_word_that_is_no_number_is_refused),
		cmocka_unit_test(base_16_takes_both_cases),
		cmocka_unit_test(numbers_follow_each_other),
		cmocka_unit_test(a_row_of_numbers_ends_at_the_first_word_that_is_none),
		cmocka_unit_test(a_fraction_keeps_as_many_digits_as_asked_for),
		cmocka_unit_test(a_last_line_without_its_newline_is_a_line_but_not_a_whole_one),
		cmocka_unit_test(no_mark_changes_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
