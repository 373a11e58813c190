/* The files of the whole machine that hold lists: CPUs, swap areas, users, terminals. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "kernel/buddyinfo.h"
#include "kernel/diskstats.h"
#include "kernel/passwd.h"
#include "kernel/slabinfo.h"
#include "kernel/swaps.h"
#include "kernel/system_stat.h"
#include "kernel/tty.h"

static const struct kernel_units units = { .page_bytes = 4096, .tick_ns = 10000000 };

#define STAT \
	"cpu  400 10 300 9000 50 1 8 5 20 2\ncpu0 100 5 100 3000 20 0 4 2 10 0\ncpu3 300 5 200 6000 30 1 4 3 10 2\n" \
	"intr 1000 1 2 3\nctxt 554415\nbtime 1795269572\nprocesses 8100\nprocs_running 2\nprocs_blocked 1\n" \
	"softirq 199288 0 23275\n"

static void the_line_of_all_cpus_goes_to_the_machine(void **state)
{
	(void)state;
	struct machine m = { 0 };
	assert_int_equal(system_stat_parse(SPAN(STAT), &units, &m, NULL, 0), 2);
	assert_int_equal(m.cpu_user_ns, INT64_C(4000000000));
	assert_int_equal(m.cpu_nice_ns, INT64_C(100000000));
	assert_int_equal(m.cpu_idle_ns, INT64_C(90000000000));
	assert_int_equal(m.cpu_guest_nice_ns, INT64_C(20000000));
	assert_int_equal(m.interrupts, 1000);
	assert_int_equal(m.context_switches, 554415);
	assert_int_equal(m.booted_s, 1795269572);
	assert_int_equal(m.forks, 8100);
	assert_int_equal(m.tasks_running, 2);
	assert_int_equal(m.tasks_blocked, 1);
	assert_int_equal(m.soft_interrupts, 199288);
}

static void an_offline_cpu_leaves_a_gap_in_the_numbers(void **state)
{
	(void)state;
	struct machine m = { 0 };
	struct cpu cpus[8] = { 0 };
	assert_int_equal(system_stat_parse(SPAN(STAT), &units, &m, cpus, 8), 2);
	assert_int_equal(cpus[0].id, 0);
	assert_int_equal(cpus[1].id, 3);
	assert_int_equal(cpus[1].user_ns, INT64_C(3000000000));
	assert_int_equal(cpus[1].guest_nice_ns, 20000000);
	assert_true(field_set_empty(&cpus[2].have));
}

static void more_cpus_than_room_are_counted_and_not_written(void **state)
{
	(void)state;
	struct machine m = { 0 };
	struct cpu cpus[2] = { 0 };
	assert_int_equal(system_stat_parse(SPAN(STAT), &units, &m, cpus, 1), 2);
	assert_true(cpu_has(&cpus[0], id));
	assert_true(field_set_empty(&cpus[1].have));
}

static void an_old_kernel_has_fewer_times_and_the_rest_is_absent(void **state)
{
	(void)state;
	struct machine m = { 0 };
	struct cpu cpu = { 0 };
	assert_int_equal(system_stat_parse(SPAN("cpu  1132 34 1441 11311718\ncpu0 1132 34 1441 11311718\n"), &units, &m,
	                                   &cpu, 1),
	                 1);
	assert_true(cpu_has(&cpu, idle_ns));
	assert_false(cpu_has(&cpu, iowait_ns));
	assert_false(machine_has(&m, cpu_steal_ns));
}

static void a_stat_file_cut_in_a_line_loses_that_line_only(void **state)
{
	(void)state;
	struct machine m = { 0 };
	struct cpu cpus[8] = { 0 };
	assert_int_equal(system_stat_parse(SPAN("cpu  1 2 3 4\ncpu0 1 2 3 4\ncpu1 1 2 3"), &units, &m, cpus, 8), 1);
	assert_int_equal(system_stat_parse(SPAN("cpu  1 2 3 4"), &units, &m, cpus, 8), -EBADMSG);
	assert_int_equal(system_stat_parse(SPAN("cpu0 1 2 3 4\n"), &units, &m, cpus, 8), -EBADMSG);
	assert_int_equal(
		system_stat_parse(SPAN("cpu  92233720368547758 1\ncpu-1 1\ncpux 1\ncpu 1\n"), &units, &m, cpus, 8), 0);
}

#define SWAPS "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n"

static void swap_areas_are_in_bytes_with_their_real_names(void **state)
{
	(void)state;
	struct arena arena = { 0 };
	struct swap areas[4] = { 0 };
	char bytes[] = SWAPS "/dev/zram0    partition\t8388604\t\t123456\t\t100\n"
			     "/swap\\040file\\012\\134\\011x\\040(deleted) file\t1048572\t0\t-2\n";
	assert_int_equal(swaps_parse((struct span){ bytes, sizeof bytes - 1 }, &arena, areas, 4), 2);
	memset(bytes, '?', sizeof bytes);
	assert_true(span_is(areas[0].name, "/dev/zram0"));
	assert_true(span_is(areas[0].type, "partition"));
	assert_int_equal(areas[0].size_bytes, INT64_C(8388604) * 1024);
	assert_int_equal(areas[0].used_bytes, INT64_C(123456) * 1024);
	assert_int_equal(areas[0].priority, 100);
	assert_true(span_is(areas[1].name, "/swap file\n\\\tx (deleted)"));
	assert_int_equal(areas[1].priority, -2);
	arena_done(&arena);
}

static void a_backslash_without_three_octal_digits_is_itself(void **state)
{
	(void)state;
	struct arena arena = { 0 };
	struct swap areas[4] = { 0 };
	assert_int_equal(
		swaps_parse(SPAN(SWAPS "/a\\ file 1 1 1\n/b\\089 file 1 1 1\n/c\\777 file 1 1 1\n/d\\0 file 1 1 1\n"),
	                    &arena, areas, 4),
		4);
	assert_true(span_is(areas[0].name, "/a\\"));
	assert_true(span_is(areas[1].name, "/b\\089"));
	assert_true(span_is(areas[2].name, "/c\\777"));
	assert_true(span_is(areas[3].name, "/d\\0"));
	arena_done(&arena);
}

static void no_swap_is_an_empty_list_and_another_file_an_error(void **state)
{
	(void)state;
	struct arena arena = { 0 };
	struct swap areas[1] = { 0 };
	assert_int_equal(swaps_parse(SPAN(SWAPS), &arena, areas, 1), 0);
	assert_int_equal(
		swaps_parse(SPAN(SWAPS "/a file 1\n/b file 9223372036854775807 1 1\n/c file 1 1 1"), &arena, areas, 1),
		0);
	assert_int_equal(swaps_parse(SPAN(SWAPS "/a file 1 1 1\n/b file 1 1 1\n"), &arena, areas, 1), 2);
	assert_true(span_is(areas[0].name, "/a"));
	assert_int_equal(swaps_parse(SPAN("Filename"), &arena, areas, 1), -EBADMSG);
	assert_int_equal(swaps_parse(SPAN(""), &arena, areas, 1), -EBADMSG);
	arena_done(&arena);
}

#define PASSWD "root:x:0:0:root:/root:/bin/bash\n# no:x:7:\nuser:x:1000:1000::/:/bin/sh\nalso:x:1000:1000::/:/bin/sh\n"

static void users_are_found_by_number_and_by_name(void **state)
{
	(void)state;
	struct span name;
	int64_t id = -1;
	assert_true(passwd_name(SPAN(PASSWD), 1000, &name) && span_is(name, "user"));
	assert_true(passwd_id(SPAN(PASSWD), SPAN("also"), &id) && id == 1000);
	assert_true(passwd_id(SPAN(PASSWD), SPAN("root"), &id) && id == 0);
	assert_false(passwd_name(SPAN(PASSWD), 7, &name));
	assert_false(passwd_id(SPAN(PASSWD), SPAN("roo"), &id));
	assert_false(passwd_id(SPAN(PASSWD), SPAN(""), &id));
}

static void lines_that_name_nobody_are_passed_over(void **state)
{
	(void)state;
	struct passwd_entry entry;
	struct span rest =
		SPAN("\n:x:5:\n+nis::1:::\n-no:x:2:\nnoid:x::\nword:x:12a:\nminus:x:-1:\nbig:x:4294967296:\nx\n"
	             "a:b\ngroup:x:27:one,two\nlast:x:4294967295");
	assert_true(passwd_next(&rest, &entry) && span_is(entry.name, "group") && entry.id == 27);
	assert_true(passwd_next(&rest, &entry) && span_is(entry.name, "last") && entry.id == 4294967295);
	assert_false(passwd_next(&rest, &entry));
}

#define DRIVERS \
	"/dev/tty             /dev/tty        5       0 system:/dev/tty\n" \
	"/dev/console         /dev/console    5       1 system:console\n" \
	"acm                  /dev/ttyACM   166 0-255 serial\n" \
	"serial               /dev/ttyS       4 64-111 serial\n" \
	"pty_slave            /dev/pts      136 0-1048575 pty:slave\n" \
	"unknown              /dev/tty        4 1-63 console\n"

static struct span terminal(struct span drivers, int64_t major, int64_t minor)
{
	static char buf[TTY_NAME_BYTES];

	return tty_name(drivers, major << 8 | (minor & 0xff) | (minor & 0xfff00) << 12, buf);
}

static void terminals_are_named_by_their_driver(void **state)
{
	(void)state;
	assert_true(span_is(terminal(SPAN(DRIVERS), 4, 1), "tty1"));
	assert_true(span_is(terminal(SPAN(DRIVERS), 4, 65), "ttyS1"));
	assert_true(span_is(terminal(SPAN(DRIVERS), 5, 1), "console"));
	assert_true(span_is(terminal(SPAN(DRIVERS), 166, 3), "ttyACM3"));
	assert_true(span_is(terminal(SPAN(DRIVERS), 136, 7), "pts/7"));
	assert_true(span_is(terminal(SPAN(DRIVERS), 136, 70000), "pts/70000"));
	assert_int_equal(terminal(SPAN(DRIVERS), 99, 1).len, 0);
	assert_int_equal(terminal(SPAN(DRIVERS), 0, 0).len, 0);
}

static void terminals_have_names_without_the_file_of_drivers(void **state)
{
	(void)state;
	assert_true(span_is(terminal(SPAN(""), 4, 1), "tty1"));
	assert_true(span_is(terminal(SPAN(""), 4, 64), "ttyS0"));
	assert_true(span_is(terminal(SPAN(""), 5, 1), "console"));
	assert_true(span_is(terminal(SPAN("x /dev/y 4 -9223372036854775807-5 z\nx /dev/ 4\n"), 4, 2), "tty2"));
}

static void disks_count_in_bytes_and_nanoseconds(void **state)
{
	(void)state;
	struct arena arena = { 0 };
	struct disk disks[2] = { 0 };
	struct span file = SPAN(" 254 0 vda 10 2 30 4 5 6 70 8 9 11 12 13 14 15 16 17 18\n"
	                        "   8 1 sda1 1 2 3 4\n   8 0 sda 1 2 3 4 5 6 7 8 9 10 11\n 7 0 loop0 1");
	assert_int_equal(diskstats_parse(file, &arena, disks, 2), 2);
	assert_true(span_is(disks[0].name, "vda"));
	assert_int_equal(disks[0].major, 254);
	assert_int_equal(disks[0].reads, 10);
	assert_int_equal(disks[0].reads_merged, 2);
	assert_int_equal(disks[0].read_bytes, 30 * 512);
	assert_int_equal(disks[0].read_ns, 4000000);
	assert_int_equal(disks[0].writes, 5);
	assert_int_equal(disks[0].written_bytes, 70 * 512);
	assert_int_equal(disks[0].in_flight, 9);
	assert_int_equal(disks[0].busy_ns, 11000000);
	assert_int_equal(disks[0].waited_ns, 12000000);
	assert_int_equal(disks[0].discards, 13);
	assert_int_equal(disks[0].discarded_bytes, 15 * 512);
	assert_int_equal(disks[0].flushes, 17);
	assert_int_equal(disks[0].flush_ns, 18000000);
	assert_false(disk_has(&disks[0], is_partition));
	assert_true(span_is(disks[1].name, "sda"));
	assert_false(disk_has(&disks[1], discards));
	arena_done(&arena);
}

static void slabs_count_in_bytes(void **state)
{
	(void)state;
	struct arena arena = { 0 };
	struct slab slabs[1] = { 0 };
	struct span file = SPAN("slabinfo - version: 2.1\n# name <active_objs>\n"
	                        "dentry 90 100 192 42 2 : tunables 0 0 0 : slabdata 11 12 0\nother 1 2 3 4 5\n"
	                        "inode 1 2 3 4 5 : tunables 0 0 0 : slabdata 6 7 0\n");
	assert_int_equal(slabinfo_parse(file, &units, &arena, slabs, 1), 2);
	assert_true(span_is(slabs[0].name, "dentry"));
	assert_int_equal(slabs[0].active_objects, 90);
	assert_int_equal(slabs[0].objects, 100);
	assert_int_equal(slabs[0].object_bytes, 192);
	assert_int_equal(slabs[0].objects_per_slab, 42);
	assert_int_equal(slabs[0].slab_bytes, 8192);
	assert_int_equal(slabs[0].active_slabs, 11);
	assert_int_equal(slabs[0].slabs, 12);
	assert_int_equal(slabinfo_parse(SPAN("slabinfo - version: 1.1\n"), &units, &arena, slabs, 1), -EBADMSG);
	arena_done(&arena);
}

static void free_blocks_are_summed_over_the_zones(void **state)
{
	(void)state;
	struct buddy buddy = { .orders = 77 };
	const char *two = "Node 0, zone      DMA      1      0      2 \nNode 1, zone   Normal     10      5 \n";

	assert_int_equal(buddyinfo_parse(span_of(two), &buddy), 0);
	assert_int_equal(buddy.orders, 3);
	assert_int_equal(buddy.blocks[0], 11);
	assert_int_equal(buddy.blocks[1], 5);
	assert_int_equal(buddy.blocks[2], 2);
}

static void what_is_no_buddyinfo_is_refused(void **state)
{
	(void)state;
	struct buddy buddy = { .orders = 77 };

	assert_int_equal(buddyinfo_parse(SPAN(""), &buddy), -EBADMSG);
	assert_int_equal(buddyinfo_parse(SPAN("Node 0, zone DMA\n"), &buddy), -EBADMSG);
	assert_int_equal(buddyinfo_parse(SPAN("Node 0, zone DMA 1 2"), &buddy), -EBADMSG); /* cut short */
	assert_int_equal(buddyinfo_parse(SPAN("Node 0, zone DMA -1\n"), &buddy), -EBADMSG);
	assert_int_equal(buddyinfo_parse(SPAN("MemTotal: 1 kB\n"), &buddy), -EBADMSG);
	assert_int_equal(buddy.orders, 77);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_line_of_all_cpus_goes_to_the_machine),
		cmocka_unit_test(an_offline_cpu_leaves_a_gap_in_the_numbers),
		cmocka_unit_test(more_cpus_than_room_are_counted_and_not_written),
		cmocka_unit_test(an_old_kernel_has_fewer_times_and_the_rest_is_absent),
		cmocka_unit_test(a_stat_file_cut_in_a_line_loses_that_line_only),
		cmocka_unit_test(swap_areas_are_in_bytes_with_their_real_names),
		cmocka_unit_test(a_backslash_without_three_octal_digits_is_itself),
		cmocka_unit_test(no_swap_is_an_empty_list_and_another_file_an_error),
		cmocka_unit_test(users_are_found_by_number_and_by_name),
		cmocka_unit_test(lines_that_name_nobody_are_passed_over),
		cmocka_unit_test(terminals_are_named_by_their_driver),
		cmocka_unit_test(terminals_have_names_without_the_file_of_drivers),
		cmocka_unit_test(disks_count_in_bytes_and_nanoseconds),
		cmocka_unit_test(slabs_count_in_bytes),
		cmocka_unit_test(free_blocks_are_summed_over_the_zones),
		cmocka_unit_test(what_is_no_buddyinfo_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
