#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analysis/space.h"

static enum space_class add(struct space *space, int64_t start, int64_t end, const char *perms, const char *name)
{
	struct mapping m = { 0 };

	mapping_set(&m, start, start);
	mapping_set(&m, end, end);
	mapping_set(&m, perms, span_of(perms));
	mapping_set(&m, rss_bytes, 4096);
	if (name)
		mapping_set(&m, name, span_of(name));
	return space_add(space, &m);
}

static void the_usual_segments_are_told_apart(void **state)
{
	(void)state;
	struct space s;
	space_init(&s, SPAN("/bin/x"));
	assert_int_equal(add(&s, 0x1000, 0x3000, "r-xp", "/bin/x"), SPACE_TEXT);
	assert_int_equal(add(&s, 0x3000, 0x4000, "rw-p", "/bin/x"), SPACE_DATA);
	assert_int_equal(add(&s, 0x4000, 0x6000, "rw-p", NULL), SPACE_DATA); /* bss */
	assert_int_equal(add(&s, 0x8000, 0x9000, "rw-p", "[heap]"), SPACE_HEAP);
	assert_int_equal(add(&s, 0x10000, 0x12000, "r-xp", "/lib/libc.so.6"), SPACE_LIBRARY);
	assert_int_equal(add(&s, 0x12000, 0x13000, "r--p", "/usr/lib/locale-archive"), SPACE_FILE);
	assert_int_equal(add(&s, 0x13000, 0x15000, "rw-p", NULL), SPACE_ANON);
	assert_int_equal(add(&s, 0x15000, 0x16000, "rw-s", "/SYSV00000000 (deleted)"), SPACE_SHARED);
	assert_int_equal(add(&s, 0x16000, 0x17000, "rw-s", "/memfd:x (deleted)"), SPACE_SHARED);
	assert_int_equal(add(&s, 0x17000, 0x18000, "rw-s", "/var/db"), SPACE_FILE);
	assert_int_equal(add(&s, 0x20000, 0x40000, "---p", NULL), SPACE_RESERVED);
	assert_int_equal(add(&s, 0x50000, 0x52000, "rw-p", "[stack]"), SPACE_STACK);
	assert_int_equal(add(&s, 0x60000, 0x61000, "r-xp", "[vdso]"), SPACE_KERNEL);
	assert_int_equal(s.total.mappings, 13);
	assert_int_equal(s.total.rss_bytes, 13 * 4096);
	space_done(&s);
}

static void memory_behind_a_guard_page_is_a_stack(void **state)
{
	(void)state;
	struct space s;
	space_init(&s, SPAN("/bin/x"));
	assert_int_equal(add(&s, 0x7f0000000000, 0x7f0000001000, "---p", NULL), SPACE_RESERVED);
	assert_int_equal(add(&s, 0x7f0000001000, 0x7f0000801000, "rw-p", NULL), SPACE_STACK);
	space_done(&s);
}

static void an_arena_is_64_mib_that_grew_in_part(void **state)
{
	(void)state;
	struct space s;
	space_init(&s, SPAN("/bin/x"));
	assert_int_equal(add(&s, 0x7f0004000000, 0x7f0004021000, "rw-p", NULL), SPACE_ARENA);
	assert_int_equal(add(&s, 0x7f0004021000, 0x7f0008000000, "---p", NULL), SPACE_ARENA);
	assert_int_equal(s.classes[SPACE_ARENA].size_bytes, 64 << 20);
	assert_int_equal(s.classes[SPACE_RESERVED].mappings, 0);
	space_done(&s);
}

static void the_classes_add_up_to_the_whole(void **state)
{
	(void)state;
	struct space s;
	int64_t size = 0;
	space_init(&s, SPAN(""));
	add(&s, 0x1000, 0x3000, "r-xp", "/bin/x");
	add(&s, 0x4000, 0x6000, "rw-p", NULL);
	add(&s, 0x8000, 0x9000, "---p", NULL);
	for (int c = 0; c < SPACE_CLASSES; c++)
		size += s.classes[c].size_bytes;
	assert_int_equal(size, s.total.size_bytes);
	assert_int_equal(size, 0x5000);
	space_done(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_usual_segments_are_told_apart),
		cmocka_unit_test(memory_behind_a_guard_page_is_a_stack),
		cmocka_unit_test(an_arena_is_64_mib_that_grew_in_part),
		cmocka_unit_test(the_classes_add_up_to_the_whole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
