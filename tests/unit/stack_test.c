#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "render/column.h"
#include "render/number.h"
#include "render/stack.h"

static const char *plain(struct buffer *marked)
{
	static struct buffer text;

	buffer_clear(&text);
	marked_put(&text, buffer_span(marked), 100);
	return buffer_cstr(&text);
}

static const char *size(int64_t bytes)
{
	static struct buffer text;

	buffer_clear(&text);
	number_size(&text, bytes);
	return buffer_cstr(&text);
}

static void sizes_have_three_digits_that_count_and_fit_in_five_columns(void **state)
{
	(void)state;
	assert_string_equal(size(0), "0");
	assert_string_equal(size(512), "512B");
	assert_string_equal(size(1024), "1K");
	assert_string_equal(size(1023 * 1024), "1023K");
	assert_string_equal(size(1 << 20), "1.00M");
	assert_string_equal(size((INT64_C(9996) << 20) / 1000), "10.0M");
	assert_string_equal(size((INT64_C(138) << 20) / 10), "13.8M");
	assert_string_equal(size((INT64_C(9996) << 20) / 100), "100M");
	assert_string_equal(size(INT64_C(1023) << 20), "1023M");
	assert_string_equal(size(INT64_C(1) << 30), "1.00G");
	assert_string_equal(size(-(INT64_C(3) << 20)), "-3.00M");
	assert_string_equal(size(INT64_MAX), "8.00E");
	for (int64_t bytes = 1; bytes < INT64_C(1) << 60; bytes += bytes / 8 + 1)
		assert_in_range(strlen(size(bytes)), 1, 5);
}

static void parts_together_are_as_long_as_their_sum(void **state)
{
	(void)state;
	const struct stack_part parts[] = { { 1, MARK_BAR, "a" }, { 1, MARK_BAR2, "b" }, { 1, MARK_BAR3, "c" } };
	const struct stack_part more[] = { { 8, MARK_BAR, "a" }, { -5, MARK_BAR2, "b" }, { 8, MARK_BAR3, "c" } };
	struct buffer bar = { 0 };

	stack_put(&bar, 8, 3, parts, 3);
	assert_string_equal(plain(&bar), "aaabbccc");
	buffer_clear(&bar);
	stack_put(&bar, 4, 6, parts, 3);
	assert_string_equal(plain(&bar), "ac  "); /* what is rounded away shows in the next part */
	buffer_clear(&bar);
	stack_put(&bar, 4, 10, more, 3);
	assert_string_equal(plain(&bar), "aaac");
	buffer_clear(&bar);
	stack_put(&bar, 4, 0, parts, 3);
	assert_string_equal(plain(&bar), "    ");
	buffer_done(&bar);
}

static void a_line_of_heights_has_the_newest_at_its_right_and_is_flat_without_values(void **state)
{
	(void)state;
	const int64_t values[] = { 7, 0, 5, 10 };
	struct buffer line = { 0 };

	spark_put(&line, values, 4, 6, false);
	assert_string_equal(buffer_cstr(&line), "  +.=#");
	buffer_clear(&line);
	spark_put(&line, values, 4, 2, false);
	assert_string_equal(buffer_cstr(&line), "=#");
	buffer_clear(&line);
	spark_put(&line, (const int64_t[]){ 0, 0 }, 2, 2, false);
	assert_string_equal(buffer_cstr(&line), "..");
	buffer_clear(&line);
	spark_put(&line, values, 4, 4, true);
	assert_string_equal(buffer_cstr(&line), "▆▁▅█");
	buffer_done(&line);
}

static void a_number_made_elsewhere_takes_the_form_of_its_column(void **state)
{
	(void)state;
	const struct column change = { "+/min", NULL, FORM_CHANGE, TASK_rss_growth_bytes_per_min, 6 };
	const struct column plain_size = { "PSS", NULL, FORM_SIZE, TASK_pss_bytes, 6 };
	const struct cell_style style = { .cpu_share = 1 };
	struct buffer cell = { 0 };

	column_put_number(&cell, &change, 6, &style, true, 38 << 20);
	column_put_number(&cell, &change, 7, &style, true, -(38 << 20));
	column_put_number(&cell, &plain_size, 6, &style, false, 1);
	assert_string_equal(buffer_cstr(&cell), "+38.0M -38.0M     -");
	buffer_done(&cell);
}

static void blank_zeros_are_those_that_would_show_as_zero(void **state)
{
	(void)state;
	const struct column time = { "TIME+", NULL, FORM_HUNDREDTHS, TASK_cpu_ns, 9 };
	const struct column cpu = { "%CPU", NULL, FORM_CPU, TASK_cpu_percent, 5 };
	const struct cell_style style = { .cpu_share = 1, .cpu_most = 9999000, .zeros_blank = true };
	struct buffer cell = { 0 };

	column_put_number(&cell, &time, 9, &style, true, 9999999);
	column_put_number(&cell, &time, 9, &style, true, 10000000);
	column_put_number(&cell, &cpu, 5, &style, true, 499);
	column_put_number(&cell, &cpu, 5, &style, true, 600);
	assert_string_equal(buffer_cstr(&cell), "           0:00.01       0.1");
	buffer_done(&cell);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sizes_have_three_digits_that_count_and_fit_in_five_columns),
		cmocka_unit_test(parts_together_are_as_long_as_their_sum),
		cmocka_unit_test(a_line_of_heights_has_the_newest_at_its_right_and_is_flat_without_values),
		cmocka_unit_test(a_number_made_elsewhere_takes_the_form_of_its_column),
		cmocka_unit_test(blank_zeros_are_those_that_would_show_as_zero),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
