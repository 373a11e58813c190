#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "collect/live.h"
#include "kernel/mapping_file.h"
#include "kernel/pid_maps.h"
#include "kernel/pid_smaps.h"

static struct mapping parsed(const char *line)
{
	struct mapping m = { 0 };

	assert_int_equal(pid_maps_parse(span_of(line), &m), 0);
	return m;
}

static void assert_text(struct span text, const char *expected)
{
	assert_int_equal(text.len, strlen(expected));
	assert_memory_equal(text.at, expected, text.len);
}

static void a_line_of_maps_gives_every_row(void **state)
{
	(void)state;
	struct mapping m = parsed("7f12a000-7f12c000 r-xp 0001b000 fe:0a 248030                     /usr/lib/a b.so");

	assert_int_equal(m.start, 0x7f12a000);
	assert_int_equal(m.end, 0x7f12c000);
	assert_int_equal(m.size_bytes, 8192);
	assert_text(m.perms, "r-xp");
	assert_int_equal(m.offset_bytes, 0x1b000);
	assert_int_equal(m.device_major, 0xfe);
	assert_int_equal(m.device_minor, 0x0a);
	assert_int_equal(m.inode, 248030);
	assert_text(m.name, "/usr/lib/a b.so");
}

static void an_anonymous_mapping_has_no_name_and_the_last_page_has_its_address(void **state)
{
	(void)state;
	struct mapping m = parsed("1000-2000 rw-s 00000000 00:00 0 ");

	assert_false(mapping_has(&m, name));
	assert_true(mapping_has(&m, inode));
	m = parsed("ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0                  [vsyscall]");
	assert_int_equal((uint64_t)m.start, 0xffffffffff600000);
	assert_int_equal(m.size_bytes, 4096);
	assert_text(m.name, "[vsyscall]");
}

static void a_name_keeps_its_blanks_escapes_and_bytes(void **state)
{
	(void)state;
	struct mapping m = parsed("1000-2000 rw-s 00000000 00:01 7    /tmp/a\\012b  \x1b[31m\xff (deleted) ");

	assert_text(m.name, "/tmp/a\\012b  \x1b[31m\xff (deleted) ");
}

static void what_is_no_line_of_maps_is_refused_and_sets_nothing(void **state)
{
	(void)state;
	static const char *const lines[] = {
		"",
		"1000",
		"1000-2000",
		"1000-2000 r-xp",
		"1000-2000 r-xp 0 0:0",
		"1000-2000 r-xp 0 0:0 5",
		"1000-2000 r-x 0 0:0 5 ",
		"1000-2000 r-xpp 0 0:0 5 ",
		"2000-1000 r-xp 0 0:0 5 ",
		"1000-2000 r-xp 0 0 5 ",
		"1000-2000 r-xp 0 0:0 x ",
		"g000-2000 r-xp 0 0:0 5 ",
		"12345678123456781-22345678123456781 r-xp 0 0:0 5 ",
		"1000-2000 r-xp 0 0:0 99999999999999999999 ",
		"Size:                 12 kB",
	};

	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		struct mapping m = { 0 };
		if (pid_maps_parse(span_of(lines[i]), &m) != -EBADMSG || !field_set_empty(&m.have))
			fail_msg("taken: %s", lines[i]);
	}
}

static const char two[] = "1000-3000 rw-p 00000000 00:00 0                          [heap]\n"
			  "Size:                  8 kB\n"
			  "Rss:                   4 kB\n"
			  "Pss:                   3 kB\n"
			  "Newer:                 7 kB\n"
			  "THPeligible:           1\n"
			  "VmFlags: rd wr mr \n"
			  "5000-6000 r--p 00000000 00:00 0 \n"
			  "Size:                  4 kB\n"
			  "Pss:                   0 kB\n"
			  "Rss:        123456789012 kB\n"
			  "Swap:              12x kB\n"
			  "VmFlags: rd\n";

static struct field_set all_fields(void)
{
	struct field_set set = { 0 };

	for (unsigned id = 0; id < MAPPING_FIELDS; id++)
		field_set_add(&set, id);
	return set;
}

static void smaps_gives_bytes_whatever_the_order_of_the_lines(void **state)
{
	(void)state;
	struct field_set wanted = all_fields();
	struct smaps_layout layout = { 0 };
	struct span rest = { two, sizeof two - 1 };
	struct mapping m;

	assert_int_equal(pid_smaps_next(&rest, true, &wanted, &layout, &m), 1);
	assert_text(m.name, "[heap]");
	assert_int_equal(m.size_bytes, 8192);
	assert_int_equal(m.rss_bytes, 4096);
	assert_int_equal(m.pss_bytes, 3072);
	assert_int_equal(m.thp_eligible, 1);
	assert_text(m.vm_flags, "rd wr mr");
	assert_false(mapping_has(&m, swap_bytes));
	assert_int_equal(pid_smaps_next(&rest, true, &wanted, &layout, &m), 1);
	assert_true(mapping_has(&m, pss_bytes));
	assert_int_equal(m.pss_bytes, 0);
	assert_int_equal(m.rss_bytes, 123456789012 * 1024);
	assert_false(mapping_has(&m, thp_eligible));
	assert_false(mapping_has(&m, name));
	assert_int_equal(pid_smaps_next(&rest, true, &wanted, &layout, &m), 0);
	assert_int_equal(rest.len, 0);
}

static void a_row_that_nobody_wants_is_not_set(void **state)
{
	(void)state;
	struct field_set wanted = { 0 };
	struct smaps_layout layout = { 0 };
	struct span rest = { two, sizeof two - 1 };
	struct mapping m;

	field_set_add(&wanted, MAPPING_pss_bytes);
	assert_int_equal(pid_smaps_next(&rest, true, &wanted, &layout, &m), 1);
	assert_true(mapping_has(&m, pss_bytes));
	assert_false(mapping_has(&m, rss_bytes));
	assert_false(mapping_has(&m, vm_flags));
}

/* Before the end of the file is known, a mapping is whole only when the next one has begun. */
static void a_mapping_is_given_once_it_is_whole(void **state)
{
	(void)state;
	struct field_set wanted = all_fields();
	size_t second = (size_t)(strstr(two, "5000-") - two);

	for (size_t len = 0; len < sizeof two; len++) {
		struct smaps_layout layout = { 0 };
		struct span rest = { two, len };
		struct mapping m;
		int r = pid_smaps_next(&rest, false, &wanted, &layout, &m);
		assert_int_equal(r, len > second);
		assert_int_equal(rest.len, r ? len - second : len);
	}
}

static void a_file_longer_than_the_buffer_is_read_whole(void **state)
{
	(void)state;
	enum { MAPPINGS = 20000 };
	char dir[] = "/tmp/vires-mapping.XXXXXX", path[64];
	struct field_set wanted = all_fields();
	struct mapping_file file;
	struct mapping m;

	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof path, "%s/smaps", dir);
	FILE *out = fopen(path, "w");
	for (int i = 1; i <= MAPPINGS; i++)
		fprintf(out, "%x000-%x000 rw-p 00000000 00:00 %d /%*s\nRss: %d kB\n", i, i + 1, i, i % 300 + 1, "x", i);
	fclose(out);
	int dirfd = open(dir, O_PATH | O_DIRECTORY);
	assert_int_equal(mapping_file_open(dirfd, &wanted, &file), 0);
	for (int i = 1; i <= MAPPINGS; i++) {
		assert_int_equal(mapping_file_next(&file, &m), 1);
		assert_int_equal(m.inode, i);
		assert_int_equal(m.rss_bytes, i * 1024);
		assert_int_equal(m.name.len, i % 300 + 2);
	}
	assert_int_equal(mapping_file_next(&file, &m), 0);
	assert_int_equal(mapping_file_next(&file, &m), 0);
	mapping_file_done(&file);
	unlink(path);
	assert_int_equal(mapping_file_open(dirfd, &wanted, &file), -ENOENT);
	close(dirfd);
	rmdir(dir);
}

struct look {
	int64_t address;
	unsigned seen;
	struct mapping found;
};

static int find(void *context, const struct mapping *mapping)
{
	struct look *look = context;

	look->seen++;
	if (mapping->start != look->address)
		return 0;
	look->found = *mapping;
	return 7;
}

static void a_source_shows_my_own_mappings_and_stops_where_i_say(void **state)
{
	(void)state;
	enum { SIZE = 1 << 20, TOUCHED = 64 * 4096 };
	char *bytes = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct field_set names = { 0 }, amounts = { 0 };
	struct look look = { .address = (int64_t)(uintptr_t)bytes };
	struct source *source;

	memset(bytes, 1, TOUCHED);
	field_set_add(&names, MAPPING_name);
	field_set_add(&amounts, MAPPING_rss_bytes);
	assert_int_equal(live_new(NULL, false, &source), 0);
	assert_int_equal(source_mappings(source, getpid(), &names, find, &look), 7);
	assert_int_equal(look.found.size_bytes, SIZE);
	assert_false(mapping_has(&look.found, rss_bytes));
	assert_int_equal(source_mappings(source, getpid(), &amounts, find, &look), 7);
	assert_int_equal(look.found.rss_bytes, TOUCHED);
	look = (struct look){ .address = -1 };
	assert_int_equal(source_mappings(source, getpid(), &names, find, &look), 0);
	assert_true(look.seen > 5);
	assert_int_equal(source_mappings(source, 0x7ffffffe, &names, find, &look), -ENOENT);
	source_free(source);
	munmap(bytes, SIZE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_of_maps_gives_every_row),
		cmocka_unit_test(an_anonymous_mapping_has_no_name_and_the_last_page_has_its_address),
		cmocka_unit_test(a_name_keeps_its_blanks_escapes_and_bytes),
		cmocka_unit_test(what_is_no_line_of_maps_is_refused_and_sets_nothing),
		cmocka_unit_test(smaps_gives_bytes_whatever_the_order_of_the_lines),
		cmocka_unit_test(a_row_that_nobody_wants_is_not_set),
		cmocka_unit_test(a_mapping_is_given_once_it_is_whole),
		cmocka_unit_test(a_file_longer_than_the_buffer_is_read_whole),
		cmocka_unit_test(a_source_shows_my_own_mappings_and_stops_where_i_say),
	};

	return cmocka_run_group_tests_name("mapping", tests, NULL, NULL);
}
