/* The files of the whole machine that hold single values. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "kernel/arcstats.h"
#include "kernel/boot_id.h"
#include "kernel/loadavg.h"
#include "kernel/meminfo.h"
#include "kernel/net_dev.h"
#include "kernel/pressure.h"
#include "kernel/sysctl.h"
#include "kernel/sysctl_fs.h"
#include "kernel/system_files.h"
#include "kernel/thp.h"
#include "kernel/uptime.h"
#include "kernel/vmstat.h"
#include "temporary_root.h"

static const struct kernel_units units = { .page_bytes = 4096, .tick_ns = 10000000 };

static void the_cache_of_zfs_has_a_type_before_each_number(void **state)
{
	(void)state;
	struct machine m = { 0 };
	assert_int_equal(arcstats_parse(SPAN("13 1 0x01 147 39984 3512 987\nname   type data\nc_min   4    536870912\n"
	                                     "size    4    4294967296\nhdr_size 4 77\n"),
	                                &m),
	                 0);
	assert_int_equal(m.arc_bytes, INT64_C(4294967296));
	assert_int_equal(m.arc_least_bytes, 536870912);
	assert_int_equal(m.arc_headers_bytes, 77);
	assert_false(machine_has(&m, arc_dnodes_bytes));
	assert_int_equal(arcstats_parse(SPAN("size 4 100\nsize 4 100\n"), &m), -EBADMSG);
}

static void what_interfaces_have_sent_is_added_up_but_for_the_loopback(void **state)
{
	(void)state;
	struct machine m = { 0 };
	assert_int_equal(net_dev_parse(SPAN("Inter-|   Receive |  Transmit\n face |bytes packets\n"
	                                    "    lo:   5 1 0 0 0 0 0 0 5 1 0 0 0 0 0 0\n"
	                                    "  eth0:100 1 0 0 0 0 0 0 20 1 0 0 0 0 0 0\n"
	                                    "wlan0: 1000 1 0 0 0 0 0 0 300 1 0 0 0 0 0 0\n"),
	                               &m),
	                 0);
	assert_int_equal(m.net_received_bytes, 1100);
	assert_int_equal(m.net_sent_bytes, 320);
	assert_int_equal(net_dev_parse(SPAN("eth0: 1 2 3\n"), &m), -EBADMSG);
}

static void meminfo_is_in_bytes_and_counts_stay_counts(void **state)
{
	(void)state;
	struct machine m = { 0 };
	assert_int_equal(meminfo_parse(SPAN("MemTotal:       24684084 kB\nMemFree:        24414256 kB\n"
	                                    "Active:            22484 kB\nActive(anon):       1528 kB\n"
	                                    "HugePages_Total:       3\nHugepagesize:       2048 kB\n"),
	                               &m),
	                 0);
	assert_int_equal(m.mem_total_bytes, INT64_C(24684084) * 1024);
	assert_int_equal(m.mem_free_bytes, INT64_C(24414256) * 1024);
	assert_int_equal(m.active_bytes, 22484 * 1024);
	assert_int_equal(m.active_anon_bytes, 1528 * 1024);
	assert_int_equal(m.hugetlb_pages, 3);
	assert_int_equal(m.hugetlb_page_bytes, 2048 * 1024);
}

static void what_an_old_kernel_does_not_say_is_absent(void **state)
{
	(void)state;
	struct machine m = { 0 };
	assert_int_equal(meminfo_parse(SPAN("MemTotal: 1034820 kB\nMemFree: 42344 kB\nSwapTotal: 0 kB\n"), &m), 0);
	assert_false(machine_has(&m, mem_available_bytes));
	assert_false(machine_has(&m, slab_reclaimable_bytes));
	assert_true(machine_has(&m, swap_total_bytes));
	assert_int_equal(m.swap_total_bytes, 0);
}

static void meminfo_keys_are_matched_whole(void **state)
{
	(void)state;
	struct machine m = { 0 };
	assert_int_equal(meminfo_parse(SPAN("MemTotal: x\nMemFreed: 1 kB\n MemFree: 2 kB\nMem: 3 kB\nMemFree 4 kB\n"
	                                    "Cached: 18446744073709551615 kB\nDirty: 9007199254740993 kB\nSlab: 5"),
	                               &m),
	                 0);
	assert_true(field_set_empty(&m.have));
	assert_int_equal(meminfo_parse(SPAN("MemFree: 1 kB\n"), &m), -EBADMSG);
	assert_int_equal(meminfo_parse(SPAN(""), &m), -EBADMSG);
	assert_true(field_set_empty(&m.have));
}

static void paging_is_in_kib_and_swapping_in_pages(void **state)
{
	(void)state;
	struct machine m = { 0 };
	assert_int_equal(
		vmstat_parse(SPAN("nr_free_pages 1397439\npgpgin 1414565\npgpgout 1751308\npswpin 7\npswpout 8\n"
	                          "pgfault 4249269\npgmajfault 1321\npgscan_kswapd_dma 5\npgscan_direct 6\n"
	                          "pgscan_direct_throttle 9\noom_kill 1\n"),
	                     &m),
		0);
	assert_int_equal(m.paged_in_bytes, INT64_C(1414565) * 1024);
	assert_int_equal(m.paged_out_bytes, INT64_C(1751308) * 1024);
	assert_int_equal(m.swap_in_pages, 7);
	assert_int_equal(m.swap_out_pages, 8);
	assert_int_equal(m.faults, 4249269);
	assert_int_equal(m.major_faults, 1321);
	assert_int_equal(m.scan_direct_pages, 6);
	assert_false(machine_has(&m, scan_kswapd_pages));
	assert_int_equal(m.oom_kills, 1);
	assert_int_equal(vmstat_parse(SPAN("pgpgin 1\n"), &m), -EBADMSG);
}

static void loads_keep_two_decimals(void **state)
{
	(void)state;
	struct machine m = { 0 }, none = { 0 };
	assert_int_equal(loadavg_parse(SPAN("0.08 12.50 999.99 3/84 8097\n"), &m), 0);
	assert_int_equal(m.load_1min, 80);
	assert_int_equal(m.load_5min, 12500);
	assert_int_equal(m.load_15min, 999990);
	assert_int_equal(m.threads_runnable, 3);
	assert_int_equal(m.threads_total, 84);
	assert_int_equal(m.last_pid, 8097);
	assert_int_equal(loadavg_parse(SPAN("0.08 12.50 999.99 3/84 8097"), &none), -EBADMSG);
	assert_int_equal(loadavg_parse(SPAN("0.08 12.50 999.99 3 84 8097\n"), &none), -EBADMSG);
	assert_int_equal(loadavg_parse(SPAN("0.08 12.50\n"), &none), -EBADMSG);
	assert_true(field_set_empty(&none.have));
}

static void uptime_is_in_nanoseconds(void **state)
{
	(void)state;
	struct machine m = { 0 }, none = { 0 };
	assert_int_equal(uptime_parse(SPAN("1505.60 2915.41\n"), &m), 0);
	assert_int_equal(m.uptime_ns, INT64_C(1505600000000));
	assert_int_equal(m.idle_ns, INT64_C(2915410000000));
	assert_int_equal(uptime_parse(SPAN("1505.60 2915.4"), &none), -EBADMSG);
	assert_int_equal(uptime_parse(SPAN("99999999999.00 1.00\n"), &none), -EBADMSG);
	assert_true(field_set_empty(&none.have));
}

static void pressure_is_percent_and_nanoseconds(void **state)
{
	(void)state;
	struct machine m = { 0 };
	struct span file = SPAN("some avg10=0.09 avg60=0.26 avg300=0.13 total=8721108\n"
	                        "full avg10=100.00 avg60=0.00 avg300=0.00 total=7\n");
	assert_int_equal(pressure_parse(file, SPAN("memory"), &m), 0);
	assert_int_equal(m.memory_some_10s_percent, 900);
	assert_int_equal(m.memory_some_ns, INT64_C(8721108000));
	assert_int_equal(m.memory_some_60s_percent, 2600);
	assert_int_equal(m.memory_some_300s_percent, 1300);
	assert_int_equal(m.memory_full_10s_percent, 1000000);
	assert_int_equal(m.memory_full_ns, 7000);
	assert_false(machine_has(&m, io_some_ns));
	assert_int_equal(pressure_parse(file, SPAN("cpu"), &m), 0);
	assert_int_equal(m.cpu_some_ns, INT64_C(8721108000));
	assert_int_equal(pressure_parse(SPAN("full avg10=0.00\n"), SPAN("io"), &m), -EBADMSG);
	assert_int_equal(pressure_parse(SPAN("full avg10=0.25 avg60=0.50 avg300=1.00 total=3\n"), SPAN("irq"), &m), 0);
	assert_int_equal(m.irq_full_10s_percent, 2500);
	assert_int_equal(m.irq_full_300s_percent, 10000);
	assert_int_equal(m.irq_full_ns, 3000);
	assert_int_equal(pressure_parse(SPAN("some avg10=0.25\n"), SPAN("irq"), &m), -EBADMSG);
	assert_int_equal(
		pressure_parse(SPAN("some avg60=0.26 avg10=0.09\nsome avg10=0.09 avg60=0.26 avg300=0.13 total=9223"),
	                       SPAN("io"), &m),
		0);
	assert_int_equal(m.io_some_10s_percent, 900);        /* values have names: their order does not matter */
	assert_false(machine_has(&m, io_some_300s_percent)); /* the line was cut short */
	assert_false(machine_has(&m, io_some_ns));
}

static void a_sysctl_has_the_unit_of_its_row(void **state)
{
	(void)state;
	struct machine m = { 0 };
	assert_int_equal(sysctl_parse(SPAN("67584\n"), &machine_fields[MACHINE_min_free_bytes], &m), 0);
	assert_int_equal(m.min_free_bytes, 67584 * 1024);
	assert_int_equal(sysctl_parse(SPAN("50\n"), &machine_fields[MACHINE_overcommit_ratio_percent], &m), 0);
	assert_int_equal(m.overcommit_ratio_percent, 500000);
	assert_int_equal(sysctl_parse(SPAN("2\n"), &machine_fields[MACHINE_overcommit_mode], &m), 0);
	assert_int_equal(m.overcommit_mode, 2);
	assert_int_equal(sysctl_parse(SPAN("1 2\n"), &machine_fields[MACHINE_swappiness], &m), -EBADMSG);
	assert_int_equal(sysctl_parse(SPAN("12"), &machine_fields[MACHINE_swappiness], &m), -EBADMSG);
	assert_int_equal(sysctl_parse(SPAN("9223372036854775807\n"), &machine_fields[MACHINE_overcommit_bytes], &m),
	                 -EBADMSG);
	assert_false(machine_has(&m, swappiness));
	assert_false(machine_has(&m, overcommit_bytes));
}

static void a_sysctl_may_be_a_word(void **state)
{
	struct span word = SPAN("untouched");

	(void)state;
	assert_int_equal(sysctl_word(SPAN("x86_64\n"), &word), 0);
	assert_true(span_is(word, "x86_64"));
	assert_int_equal(sysctl_word(SPAN("\n"), &word), -EBADMSG);
	assert_int_equal(sysctl_word(SPAN("Lin"), &word), -EBADMSG);
	assert_true(span_is(word, "x86_64"));
}

static void files_of_the_vfs_hold_several_numbers(void **state)
{
	struct machine m = { 0 };

	(void)state;
	assert_int_equal(sysctl_fs_parse(SPAN("634348\t620611\t45\t0\t240439\t0\n"), MACHINE_dentries_unused, &m), 0);
	assert_int_equal(m.dentries_unused, 620611);
	assert_int_equal(sysctl_fs_parse(SPAN("1751\t0\t2466170\n"), MACHINE_files_open, &m), 0);
	assert_int_equal(m.files_open, 1751);
	assert_int_equal(sysctl_fs_parse(SPAN("387878\t78\t0\t0\t0\t0\t0\n"), MACHINE_inodes_used, &m), 0);
	assert_int_equal(m.inodes_used, 387800);
	assert_int_equal(sysctl_fs_parse(SPAN("1\t2\n"), MACHINE_inodes_used, &m), -EBADMSG);
	assert_int_equal(m.inodes_used, 387800);
}

static void the_chosen_word_is_the_one_in_brackets(void **state)
{
	(void)state;
	struct span word = SPAN("untouched");
	assert_int_equal(thp_parse(SPAN("always madvise never\n"), &word), -EBADMSG);
	assert_int_equal(thp_parse(SPAN("always [] never\n"), &word), -EBADMSG);
	assert_int_equal(thp_parse(SPAN("always [madvise] never"), &word), -EBADMSG);
	assert_int_equal(thp_parse(SPAN("always [madvise\n] never\n"), &word), -EBADMSG);
	assert_true(span_is(word, "untouched"));
	assert_int_equal(thp_parse(SPAN("always defer [defer+madvise] never\n"), &word), 0);
	assert_true(span_is(word, "defer+madvise"));
}

static void a_boot_id_is_a_uuid_or_nothing(void **state)
{
	(void)state;
	struct boot_id id = { "untouched" };
	assert_int_equal(boot_id_parse(SPAN("3f2b9c1e-7a54-4d0c-9e61-08b7d2f5a91\n"), &id), -EBADMSG);
	assert_int_equal(boot_id_parse(SPAN("3f2b9c1e-7a54-4d0c-9e61-08b7d2f5a91\x1b\n"), &id), -EBADMSG);
	assert_int_equal(boot_id_parse(SPAN("3f2b9c1e07a54-4d0c-9e61-08b7d2f5a913\n"), &id), -EBADMSG);
	assert_string_equal(id.text, "untouched");
	assert_int_equal(boot_id_parse(SPAN("3f2b9c1e-7a54-4d0c-9e61-08b7d2f5a913\n"), &id), 0);
	assert_string_equal(id.text, "3f2b9c1e-7a54-4d0c-9e61-08b7d2f5a913");
}

static int read_system(const struct temporary_root *root, enum source_id from, struct arena *arena, struct machine *ret)
{
	*ret = (struct machine){ 0 };
	struct system_files system = { .files = { .dirfd = root->dirfd } };
	struct field_set all;
	memset(&all, 0xff, sizeof all);
	int r = system_file_read(from, &system, &units, &all, arena, ret);
	system_files_done(&system);
	return r;
}

static void an_empty_root_gives_an_error_for_every_source(void **state)
{
	struct arena arena = { 0 };
	struct machine m;
	for (unsigned id = 0; id < MACHINE_FIELDS; id++) {
		enum source_id from = machine_fields[id].from;
		if (from == FROM_NOWHERE || from == FROM_UNITS)
			continue;
		assert_int_equal(read_system(*state, from, &arena, &m), -ENOENT);
		assert_true(field_set_empty(&m.have));
	}
	arena_done(&arena);
}

static void a_captured_root_says_what_its_files_say(void **state)
{
	const struct temporary_root *root = *state;
	struct arena arena = { 0 };
	struct machine m;
	root_file(root, "proc/pressure/io", "some avg10=1.50 avg60=0.26 avg300=0.13 total=5\n");
	root_file(root, "proc/sys/vm/swappiness", "60\n");
	root_file(root, "proc/sys/kernel/pid_max", "4194304\n");
	root_file(root, "proc/sys/kernel/hostname", "here\n");
	root_file(root, "sys/kernel/mm/transparent_hugepage/defrag", "always [never]\n");
	root_file(root, "proc/stat", "cpu  1 2 3 4 5 6 7 8 9 10\ncpu0 1 2 3 4 5 6 7 8 9 10\nctxt 77\n");
	assert_int_equal(read_system(root, FROM_PRESSURE, &arena, &m), 0);
	assert_int_equal(m.io_some_10s_percent, 15000);
	assert_false(machine_has(&m, memory_some_ns));
	assert_int_equal(read_system(root, FROM_SYSCTL_VM, &arena, &m), 0);
	assert_int_equal(m.swappiness, 60);
	assert_false(machine_has(&m, overcommit_mode));
	assert_int_equal(read_system(root, FROM_SYSCTL_KERNEL, &arena, &m), 0);
	assert_true(span_is(m.host_name, "here"));
	assert_false(machine_has(&m, pid_max));
	assert_int_equal(read_system(root, FROM_PID_MAX, &arena, &m), 0);
	assert_int_equal(m.pid_max, 4194304);
	assert_int_equal(read_system(root, FROM_THP, &arena, &m), 0);
	assert_true(span_is(m.thp_defrag, "never"));
	assert_false(machine_has(&m, thp_enabled));
	assert_int_equal(read_system(root, FROM_SYSTEM_STAT, &arena, &m), 0);
	assert_int_equal(m.context_switches, 77);
	arena_done(&arena);
}

static void a_file_that_is_not_what_its_name_says_is_an_error(void **state)
{
	const struct temporary_root *root = *state;
	struct arena arena = { 0 };
	struct machine m;
	root_file(root, "proc/meminfo", "nothing of the kind\n");
	root_file(root, "proc/vmstat", "");
	root_folders(root, "proc/loadavg/");
	assert_int_equal(read_system(root, FROM_MEMINFO, &arena, &m), -EBADMSG);
	assert_int_equal(read_system(root, FROM_VMSTAT, &arena, &m), -EBADMSG);
	assert_int_equal(read_system(root, FROM_LOADAVG, &arena, &m), -EISDIR);
	assert_true(field_set_empty(&m.have));
	arena_done(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_cache_of_zfs_has_a_type_before_each_number),
		cmocka_unit_test(what_interfaces_have_sent_is_added_up_but_for_the_loopback),
		cmocka_unit_test(meminfo_is_in_bytes_and_counts_stay_counts),
		cmocka_unit_test(what_an_old_kernel_does_not_say_is_absent),
		cmocka_unit_test(meminfo_keys_are_matched_whole),
		cmocka_unit_test(paging_is_in_kib_and_swapping_in_pages),
		cmocka_unit_test(loads_keep_two_decimals),
		cmocka_unit_test(uptime_is_in_nanoseconds),
		cmocka_unit_test(pressure_is_percent_and_nanoseconds),
		cmocka_unit_test(a_sysctl_has_the_unit_of_its_row),
		cmocka_unit_test(a_sysctl_may_be_a_word),
		cmocka_unit_test(files_of_the_vfs_hold_several_numbers),
		cmocka_unit_test(the_chosen_word_is_the_one_in_brackets),
		cmocka_unit_test(a_boot_id_is_a_uuid_or_nothing),
		cmocka_unit_test_setup_teardown(an_empty_root_gives_an_error_for_every_source, root_setup,
		                                root_teardown),
		cmocka_unit_test_setup_teardown(a_captured_root_says_what_its_files_say, root_setup, root_teardown),
		cmocka_unit_test_setup_teardown(a_file_that_is_not_what_its_name_says_is_an_error, root_setup,
		                                root_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
