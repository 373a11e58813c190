#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/cpu_set.h"

static char text[4096];

/* What a mask or a list means, written as the other; NULL when it is refused. */
static const char *read_by(int (*parse)(struct span, struct cpu_set *),
                           void (*put)(struct buffer *, const struct cpu_set *), const char *from)
{
	struct cpu_set set = { 0 };
	struct buffer out = { 0 };

	int r = parse(span_of(from), &set);
	put(&out, &set);
	size_t len = out.len < sizeof text - 1 ? out.len : sizeof text - 1;
	if (len)
		memcpy(text, out.at, len);
	text[len] = '\0';
	buffer_done(&out);
	cpu_set_done(&set);
	assert_true(r == 0 || r == -EINVAL);
	return r < 0 ? NULL : text;
}

#define LIST_OF(mask)      read_by(cpu_set_parse_mask, cpu_set_put_list, mask)
#define MASK_OF(list)      read_by(cpu_set_parse_list, cpu_set_put_mask, list)
#define LIST_OF_LIST(list) read_by(cpu_set_parse_list, cpu_set_put_list, list)

static void a_mask_is_hex_with_or_without_a_prefix(void **state)
{
	(void)state;
	assert_string_equal(LIST_OF("3"), "0,1");
	assert_string_equal(LIST_OF("0x3"), "0,1");
	assert_string_equal(LIST_OF("0xF0"), "4-7");
	assert_string_equal(LIST_OF("00000000000000000000000003"), "0,1");
	assert_string_equal(LIST_OF("10000000000000000"), "64");
	assert_string_equal(LIST_OF(""), "");
	assert_string_equal(LIST_OF("0x"), "");
}

static void commas_in_a_mask_stand_alone_and_not_in_front(void **state)
{
	(void)state;
	assert_string_equal(LIST_OF("1,00000003"), "0,1,32");
	assert_string_equal(LIST_OF("3,"), "0,1");
	assert_null(LIST_OF(","));
	assert_null(LIST_OF(",3"));
	assert_null(LIST_OF("3,,1"));
	assert_null(LIST_OF("3,,"));
	assert_null(LIST_OF("0x,3"));
}

static void anything_else_is_no_mask(void **state)
{
	(void)state;
	assert_null(LIST_OF("zz"));
	assert_null(LIST_OF("3g"));
	assert_null(LIST_OF("0X3"));
	assert_null(LIST_OF("0x3,0x1"));
	assert_null(LIST_OF("3 "));
	assert_null(LIST_OF("-1"));
}

static void a_list_has_numbers_ranges_and_steps(void **state)
{
	(void)state;
	assert_string_equal(MASK_OF("0"), "1");
	assert_string_equal(MASK_OF("0,2-4"), "1d");
	assert_string_equal(MASK_OF("0-6:2"), "55");
	assert_string_equal(MASK_OF("1-1"), "2");
	assert_string_equal(MASK_OF("0-1:99999999999"), "1");
	assert_string_equal(MASK_OF("01"), "2");
	assert_string_equal(MASK_OF("64"), "10000000000000000");
}

static void anything_else_is_no_list(void **state)
{
	static const char *const wrong[] = { "",          "x",  ",",   "0,",   ",0",    "0,,1",
		                             "0-",        "-1", "0x1", "0-1:", "0-1:0", "1-0",
		                             "0:1",       "+0", "0 ",  "0-1x", "1e3",   "0-99999999999999999999",
		                             "4294967296" };

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_null(MASK_OF(wrong[i]));
}

static void cpus_that_no_kernel_has_are_left_out(void **state)
{
	(void)state;
	assert_string_equal(LIST_OF_LIST("0,99999"), "0");
	assert_string_equal(LIST_OF_LIST("65535-4294967295"), "65535");
}

static void a_run_of_three_is_a_range_and_two_neighbours_are_not(void **state)
{
	(void)state;
	assert_string_equal(LIST_OF_LIST("0,1"), "0,1");
	assert_string_equal(LIST_OF_LIST("0-2"), "0-2");
	assert_string_equal(LIST_OF_LIST("0,2,4,6-8,12"), "0,2,4,6-8,12");
	assert_string_equal(LIST_OF_LIST("62-66,127"), "62-66,127");
}

static void what_another_set_lacks_is_taken_out(void **state)
{
	struct cpu_set set = { 0 }, other = { 0 };

	(void)state;
	assert_int_equal(cpu_set_parse_list(SPAN("0-3,64,200"), &set), 0);
	assert_int_equal(cpu_set_parse_list(SPAN("1-2,64"), &other), 0);
	cpu_set_meet(&set, &other);
	assert_false(cpu_set_has(&set, 0));
	assert_true(cpu_set_has(&set, 1) && cpu_set_has(&set, 64));
	assert_false(cpu_set_has(&set, 200));
	assert_false(cpu_set_has(&set, UINT64_MAX));
	cpu_set_done(&set);
	cpu_set_done(&other);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_mask_is_hex_with_or_without_a_prefix),
		cmocka_unit_test(commas_in_a_mask_stand_alone_and_not_in_front),
		cmocka_unit_test(anything_else_is_no_mask),
		cmocka_unit_test(a_list_has_numbers_ranges_and_steps),
		cmocka_unit_test(anything_else_is_no_list),
		cmocka_unit_test(cpus_that_no_kernel_has_are_left_out),
		cmocka_unit_test(a_run_of_three_is_a_range_and_two_neighbours_are_not),
		cmocka_unit_test(what_another_set_lacks_is_taken_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
