#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "fields/machine.h"
#include "fields/task.h"
#include "kernel/keyed.h"

static void assert_every_row_is_found(const struct field_table *table, enum source_id from, char mark)
{
	struct keyed keyed = { .table = table, .from = from, .mark = mark, .bytes_in_unit = 1, .once = ONCE_FLAG_INIT };
	unsigned rows = 0;

	keyed_start(&keyed);
	for (unsigned i = 0; i < table->count; i++) {
		const struct field *field = &table->fields[i], *found;
		struct buffer line = { 0 };
		struct span value, rest;
		if (field->from != from || !field->key[0])
			continue;
		buffer_format(&line, "unknown%c 1\n%s%c  %u\n", mark, field->key, mark, i);
		rest = buffer_span(&line);
		found = keyed_next(&keyed, &rest, &value);
		if (!found || strcmp(found->key, field->key))
			fail_msg("%s is not found", field->key);
		assert_int_equal(rest.len, 0);
		int64_t number;
		assert_true(span_i64(&value, &number) && number == i);
		buffer_done(&line);
		rows++;
	}
	assert_true(rows > 0);
}

static void every_row_of_every_file_is_found_by_its_key(void **state)
{
	(void)state;
	assert_every_row_is_found(&task_table, FROM_STATUS, ':');
	assert_every_row_is_found(&task_table, FROM_IO, ':');
	assert_every_row_is_found(&task_table, FROM_SMAPS_ROLLUP, ':');
	assert_every_row_is_found(&machine_table, FROM_MEMINFO, ':');
	assert_every_row_is_found(&machine_table, FROM_VMSTAT, ' ');
	assert_every_row_is_found(&machine_table, FROM_SYSTEM_STAT, ' ');
}

static void a_row_of_two_files_is_found_in_both(void **state)
{
	(void)state;
	struct keyed status = {
		.table = &task_table, .from = FROM_STATUS, .mark = ':', .bytes_in_unit = 1, .once = ONCE_FLAG_INIT
	};
	struct task t = { 0 };
	keyed_parse(&status, SPAN("VmSize:\t 8 kB\nThreads:\t3\n"), &t);
	assert_int_equal(t.virt_bytes, 8192);
	assert_int_equal(t.threads, 3);
}

static void short_and_empty_lines_are_passed_over(void **state)
{
	(void)state;
	struct keyed meminfo = {
		.table = &machine_table, .from = FROM_MEMINFO, .mark = ':', .bytes_in_unit = 1, .once = ONCE_FLAG_INIT
	};
	struct machine m = { 0 };
	keyed_parse(&meminfo, SPAN("\n\n:\nM\nMe\nMem\nMemF\nMemFree\nMemFree: 2 kB\nDirt"), &m);
	assert_int_equal(m.mem_free_bytes, 2048);
	struct machine none = { 0 };
	keyed_parse(&meminfo, SPAN("MemFree"), &none);
	keyed_parse(&meminfo, SPAN("Mem"), &none);
	keyed_parse(&meminfo, (struct span){ NULL, 0 }, &none);
	assert_true(field_set_empty(&none.have));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_row_of_every_file_is_found_by_its_key),
		cmocka_unit_test(a_row_of_two_files_is_found_in_both),
		cmocka_unit_test(short_and_empty_lines_are_passed_over),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
