#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/clock.h"
#include "render/data.h"
#include "render/digits.h"
#include "render/duration.h"
#include "render/figure.h"
#include "render/number.h"
#include "render/text.h"
#include "skip_because.h"

static struct buffer out;

static const char *made(void)
{
	static char text[512];
	size_t len = out.len < sizeof text - 1 ? out.len : sizeof text - 1;

	if (len)
		memcpy(text, out.at, len);
	text[len] = '\0';
	buffer_done(&out);
	return text;
}

#define MADE(call, expected) \
	do { \
		call; \
		assert_string_equal(made(), expected); \
	} while (0)

static void memory_is_kib_while_it_fits_and_scaled_beyond(void **state)
{
	(void)state;
	MADE(number_memory(&out, INT64_C(9999999) * 1024, 7, 0), "9999999");
	MADE(number_memory(&out, INT64_C(12345678) * 1024, 7, 0), "  11.8g");
	MADE(number_memory(&out, INT64_C(10485760) * 1024, 7, 0), "  10.0g");
	MADE(number_memory(&out, 2532 * 1024, 6, 1), "  2.5m");
	MADE(number_memory(&out, 0, 6, 1), "  0.0m");
	MADE(number_memory(&out, INT64_MAX, 2, 0), " ?");
}

static void human_numbers_are_cut_as_free_cuts_them(void **state)
{
	(void)state;
	MADE(number_human(&out, 0, false), "0B");
	MADE(number_human(&out, 999, false), "999B");
	MADE(number_human(&out, 9122611, false), "8.7Mi");
	MADE(number_human(&out, INT64_C(24684084) * 1024, false), "23Gi");
	MADE(number_human(&out, INT64_C(1023) * 1024 * 1024, false), "1.0Gi");
	MADE(number_human(&out, 10694502318, false), "9Gi");
	MADE(number_human(&out, INT64_C(25276502016), true), "25G");
}

static void what_was_added_last_is_moved_to_the_right(void **state)
{
	(void)state;
	buffer_text(&out, "Mem:");
	size_t start = out.len;
	buffer_text(&out, "12");
	buffer_right(&out, start, 5);
	assert_string_equal(made(), "Mem:   12");
	buffer_text(&out, "123456");
	buffer_right(&out, 0, 5);
	assert_string_equal(made(), "123456");
}

static void percentages_lose_their_decimal_before_they_are_given_up(void **state)
{
	(void)state;
	MADE(number_percent(&out, 1234567, 5), "123.5");
	MADE(number_percent(&out, 12345678, 4), "1235");
	MADE(number_percent(&out, 12345678, 3), "  ?");
}

static void assert_as_printf(int64_t value, int64_t scale)
{
	char expected[64], text[DIGITS_MOST + 1];

	text[digits_tenths(text, value, scale)] = '\0';
	snprintf(expected, sizeof expected, "%.1f", (double)value / (double)scale);
	assert_string_equal(text, expected);
	text[digits_whole(text, value)] = '\0';
	snprintf(expected, sizeof expected, "%lld", (long long)value);
	assert_string_equal(text, expected);
}

static void digits_are_those_of_printf(void **state)
{
	(void)state;
	for (int64_t value = -2000; value < 30000; value++) {
		assert_as_printf(value, 10000);
		for (unsigned bits = 10; bits <= 60; bits += 10)
			assert_as_printf(value * 256, INT64_C(1) << bits);
	}
	uint64_t any = 88172645463325252;
	for (int i = 0; i < 20000; i++) {
		any ^= any << 13, any ^= any >> 7, any ^= any << 17;
		assert_as_printf((int64_t)(any >> i % 60), INT64_C(1024) << i % 5 * 10);
	}
	for (int64_t ten = 1; ten <= INT64_MAX / 10; ten *= 10)
		for (int64_t near = -1; near <= 1; near++)
			assert_as_printf(ten + near, 1);
	assert_as_printf(INT64_MIN, 10000);
	assert_as_printf(INT64_MAX, 1);
}

static void numbers_stand_at_the_right_of_their_width(void **state)
{
	(void)state;
	MADE(buffer_i64(&out, -7, 4), "  -7");
	MADE(buffer_i64(&out, 0, 0), "0");
	MADE(buffer_i64(&out, INT64_MIN, 5), "-9223372036854775808");
	MADE(buffer_u64(&out, UINT64_MAX, 40), "                    18446744073709551615");
	MADE(buffer_u64(&out, UINT64_C(9999999999999999999), 0), "9999999999999999999");
}

static void of_long_texts_each_byte_is_looked_at(void **state)
{
	char text[41];

	(void)state;
	for (size_t len = 1; len < sizeof text; len++)
		for (size_t at = 0; at < len; at++) {
			memset(text, 'x', len);
			text[at] = '\x7f';
			text_put(&out, (struct span){ text, len }, SIZE_MAX);
			assert_int_equal(out.len, len);
			assert_true(out.at[at] == '?' || out.at[at] == '.');
			buffer_done(&out);
			assert_int_equal(text_width((struct span){ text, len }, 20), len < 20 ? len : 20);
		}
}

static void fixed_point_numbers_keep_their_decimals(void **state)
{
	(void)state;
	MADE(number_fixed(&out, 12345, 3), "12.345");
	MADE(number_fixed(&out, -1500, 3), "-1.5");
	MADE(number_fixed(&out, 7, 4), "0.0007");
	MADE(number_fixed(&out, INT64_MIN, 0), "-9223372036854775808");
}

static void figures_have_the_decimals_and_units_asked_for(void **state)
{
	struct figure_style style;

	(void)state;
	figure_style_init(&style);
	MADE(figure_put(&out, &style, FIGURE_PER_S, 9, 1500), "      1.50");
	MADE(figure_put(&out, &style, FIGURE_PERCENT, 9, 123456), "     12.35");
	MADE(figure_put(&out, &style, FIGURE_KIB, 4, 12345 * 1024), " 12345");
	MADE(figure_put(&out, &style, FIGURE_KIB_PER_S, 9, 1536), "      1.50");
	MADE(figure_put(&out, &style, FIGURE_MS, 3, 2999999), "   2");
	MADE(figure_put_word(&out, &style, COLOUR_ITEM, 3, SPAN("a\033b")), " a.b");
	style.human = true;
	MADE(figure_put(&out, &style, FIGURE_PERCENT, 9, 123456), "     12.3%");
	MADE(figure_put(&out, &style, FIGURE_KIB, 9, 0), "      0.0k");
	MADE(figure_put(&out, &style, FIGURE_KIB, 9, INT64_C(24684084) * 1024), "     23.5G");
	MADE(figure_put(&out, &style, FIGURE_KIB_PER_S, 9, 512), "    512.0B");
	MADE(figure_put(&out, &style, FIGURE_PLAIN_KIB_PER_S, 9, 2048), "      2.00");
	style.decimals = 0;
	MADE(figure_put(&out, &style, FIGURE_PERCENT, 6, 123456), "    12%");
	MADE(figure_put(&out, &style, FIGURE_KIB, 6, 1536 * 1024), "     2M");
	MADE(figure_put(&out, &style, FIGURE_PER_S, 6, 1600), "      2");
}

static void figures_have_the_colour_of_their_size(void **state)
{
	struct figure_style style;

	(void)state;
	figure_style_init(&style);
	figure_colours(&style, "M=7:N=1;2;3;4;5;6;7;8;9:H=\033[1m:Z=:X=1");
	MADE(figure_put(&out, &style, FIGURE_PERCENT, 5, 10000), "\033[34;1m  1.00\033[0m");
	MADE(figure_put(&out, &style, FIGURE_PERCENT, 5, 49), "\033[34;22m  0.00\033[0m");
	MADE(figure_put(&out, &style, FIGURE_PERCENT, 5, 500000), "\033[7m 50.00\033[0m");
	MADE(figure_put(&out, &style, FIGURE_PERCENT, 5, 750000), "\033[31;1m 75.00\033[0m");
	MADE(figure_put(&out, &style, FIGURE_COUNT, 1, 99), "\033[34;1m 99\033[0m");
}

static void times_take_the_first_form_that_fits(void **state)
{
	(void)state;
	MADE(duration_scaled(&out, 27 * NS_PER_S, 9, SCALE_HUNDREDTHS), "  0:27.00");
	MADE(duration_scaled(&out, 1000000 * NS_PER_S, 9, SCALE_HUNDREDTHS), "  11d+13h");
	MADE(duration_scaled(&out, 1000000 * NS_PER_S, 6, SCALE_HUNDREDTHS), "   11d");
	MADE(duration_dhms(&out, 90061 * NS_PER_S, 8), "1-01:01:01");
	MADE(duration_dhms(&out, 3661 * NS_PER_S, 8), "01:01:01");
	MADE(duration_ms(&out, 125 * NS_PER_S, 6), "  2:05");
	MADE(duration_elapsed(&out, 59 * NS_PER_S, 11), "      00:59");
	MADE(duration_up(&out, INT64_C(1047) * 60 * NS_PER_S), "17:27");
	MADE(duration_up(&out, INT64_C(27) * 60 * NS_PER_S), "27 min");
}

static void nothing_that_a_terminal_obeys_gets_out(void **state)
{
	(void)state;
	MADE(text_put(&out, SPAN("a\033[31mb\nc\x7f"), 80), "a.[31mb.c.");
	MADE(text_put(&out, SPAN("\xc3\x28\x9b"), 80), "?(?");
	if (!setlocale(LC_CTYPE, "C.UTF-8"))
		skip_because("no locale C.UTF-8 here");
	MADE(text_put(&out, SPAN("a\033[31mb\nc\x7f"), 80), "a?[31mb?c?");
	MADE(text_put(&out, SPAN("\x01\xff\x01"), 80), "??.");
	setlocale(LC_CTYPE, "C");
}

static void commands_are_one_line(void **state)
{
	(void)state;
	MADE(text_command(&out, SPAN("sh\0-c\0a\nb\0\0")), "sh -c a b");
	MADE(text_command(&out, SPAN("\0a\0")), " a");
	MADE(text_command(&out, SPAN("\0\0")), "?");
}

static void text_is_cut_by_columns_not_bytes(void **state)
{
	(void)state;
	if (!setlocale(LC_CTYPE, "C.UTF-8"))
		skip_because("no locale C.UTF-8 here");
	MADE(text_put(&out, SPAN("메모리"), 5), "메모");
	MADE(text_cell(&out, SPAN("메모리"), 5, false), "메모 ");
	MADE(text_cell_marked(&out, SPAN("abcdefghi"), 8), "abcdefg+");
	MADE(text_cell_marked(&out, SPAN("abcdefgh"), 8), "abcdefgh");
	setlocale(LC_CTYPE, "C");
}

static void long_lines_are_broken_at_blanks(void **state)
{
	(void)state;
	MADE(text_wrap(&out, SPAN("RES   one two three\nshort\n"), 12, 6),
	     "RES   one\n      two\n      three\nshort\n");
	MADE(text_wrap(&out, SPAN("a-word-that-is-too-long b"), 8, 2), "a-word-that-is-too-long\n  b\n");
	MADE(text_wrap(&out, SPAN("\n\nx"), 8, 2), "\n\nx\n");
}

static void arguments_become_one_line(void **state)
{
	(void)state;
	MADE(text_arguments(&out, ((struct span){ "ls\0-l\0\0", 7 })), "ls -l");
	MADE(text_arguments(&out, ((struct span){ "\0\0", 2 })), "");
}

static void every_byte_can_be_made_visible_and_told_apart(void **state)
{
	(void)state;
	MADE(text_visible(&out, ((struct span){ "a\tb\0c\177 \033[m", 10 })), "a^Ib^@c^? ^[[m");
	MADE(text_visible(&out, SPAN("\xff\xc3\x28 \xed\xa0\x80")), "<FF><C3>( <ED><A0><80>");
	if (!setlocale(LC_CTYPE, "C.UTF-8"))
		skip_because("no C.UTF-8");
	MADE(text_visible(&out, SPAN("메모리")), "메모리");
	setlocale(LC_CTYPE, "C");
}

static void text_is_skipped_by_columns(void **state)
{
	(void)state;
	assert_true(span_is(text_skip(SPAN("abc"), 2), "c"));
	assert_true(span_is(text_skip(SPAN("abc"), 9), ""));
	assert_true(span_is(text_skip(SPAN("\033[m"), 1), "[m"));
	if (!setlocale(LC_CTYPE, "C.UTF-8"))
		skip_because("no C.UTF-8");
	assert_true(span_is(text_skip(SPAN("메모리"), 2), "모리"));
	assert_true(span_is(text_skip(SPAN("메모리"), 3), "리"));
	setlocale(LC_CTYPE, "C");
}

static void json_text_is_always_valid(void **state)
{
	(void)state;
	MADE(data_json_text(&out, SPAN("a\"b\\c\n\033")), "\"a\\\"b\\\\c\\u000a\\u001b\"");
	MADE(data_json_text(&out, SPAN("\xff\xc0\xaf\xed\xa0\x80")), "\"\\ufffd\\ufffd\\ufffd\\ufffd\\ufffd\\ufffd\"");
	MADE(data_json_text(&out, SPAN("메")), "\"메\"");
}

static void csv_text_is_quoted_only_when_it_must_be(void **state)
{
	(void)state;
	MADE(data_csv_text(&out, SPAN("plain")), "plain");
	MADE(data_csv_text(&out, SPAN("a,\"b\"\n")), "\"a,\"\"b\"\"\n\"");
}

static void csv_text_is_utf8_that_no_terminal_obeys(void **state)
{
	(void)state;
	MADE(data_csv_text(&out, SPAN("\xff\xc3\xa9\xc3")), "\xef\xbf\xbd\xc3\xa9\xef\xbf\xbd");
	MADE(data_csv_text(&out, SPAN("\x1b[2J\t\x7f\xc2\x9b")), "\xef\xbf\xbd[2J\t\xef\xbf\xbd\xef\xbf\xbd");
	MADE(data_csv_text(&out, SPAN("a\rb")), "\"a\xef\xbf\xbd"
	                                        "b\"");
}

static void absent_is_null_in_json(void **state)
{
	(void)state;
	struct machine machine = { 0 };
	static const uint8_t ids[] = { MACHINE_mem_total_bytes, MACHINE_mem_free_bytes };
	machine_set(&machine, mem_total_bytes, 5);
	MADE(data_machine(&out, &machine, ids, 2), "\"mem_total_bytes\":5,\"mem_free_bytes\":null,");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_is_kib_while_it_fits_and_scaled_beyond),
		cmocka_unit_test(human_numbers_are_cut_as_free_cuts_them),
		cmocka_unit_test(what_was_added_last_is_moved_to_the_right),
		cmocka_unit_test(percentages_lose_their_decimal_before_they_are_given_up),
		cmocka_unit_test(digits_are_those_of_printf),
		cmocka_unit_test(numbers_stand_at_the_right_of_their_width),
		cmocka_unit_test(of_long_texts_each_byte_is_looked_at),
		cmocka_unit_test(fixed_point_numbers_keep_their_decimals),
		cmocka_unit_test(figures_have_the_decimals_and_units_asked_for),
		cmocka_unit_test(figures_have_the_colour_of_their_size),
		cmocka_unit_test(times_take_the_first_form_that_fits),
		cmocka_unit_test(nothing_that_a_terminal_obeys_gets_out),
		cmocka_unit_test(commands_are_one_line),
		cmocka_unit_test(text_is_cut_by_columns_not_bytes),
		cmocka_unit_test(long_lines_are_broken_at_blanks),
		cmocka_unit_test(arguments_become_one_line),
		cmocka_unit_test(every_byte_can_be_made_visible_and_told_apart),
		cmocka_unit_test(text_is_skipped_by_columns),
		cmocka_unit_test(json_text_is_always_valid),
		cmocka_unit_test(csv_text_is_quoted_only_when_it_must_be),
		cmocka_unit_test(csv_text_is_utf8_that_no_terminal_obeys),
		cmocka_unit_test(absent_is_null_in_json),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
