#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "kernel/pid_statm.h"
#include "kernel/pid_status.h"

static const struct kernel_units units = { .page_bytes = 4096, .tick_ns = 10000000 };

#define START "Name:\tsh\nUmask:\t0022\nState:\tS (sleeping)\nTgid:\t42\nPid:\t42\nPPid:\t1\nTracerPid:\t7\n"
#define WHO   "Uid:\t1000\t1001\t1002\t1003\nGid:\t100\t101\t102\t103\nFDSize:\t64\nGroups:\t4 24 27 \n"
#define SIZES \
	"VmPeak:\t    9000 kB\nVmSize:\t    8000 kB\nVmLck:\t       4 kB\nVmPin:\t       0 kB\nVmHWM:\t    3000 kB\n" \
	"VmRSS:\t    2000 kB\nRssAnon:\t     500 kB\nRssFile:\t    1400 kB\nRssShmem:\t     100 kB\n" \
	"VmData:\t     700 kB\nVmStk:\t     132 kB\nVmExe:\t      80 kB\nVmLib:\t    1500 kB\nVmPTE:\t      52 kB\n" \
	"VmSwap:\t      12 kB\nHugetlbPages:\t    2048 kB\n"
#define END \
	"Threads:\t3\nSigQ:\t0/96365\nSigPnd:\t0000000000000000\nShdPnd:\t0000000000000001\n" \
	"SigBlk:\t0000000000010000\n" \
	"SigIgn:\t0000000000384004\nSigCgt:\tffffffffffffffff\nCapPrm:\t000001ffffffffff\nCapEff:\t000001ffffffffff\n" \
	"Seccomp:\t2\nCpus_allowed:\t3\nCpus_allowed_list:\t0-1\nvoluntary_ctxt_switches:\t150\n" \
	"nonvoluntary_ctxt_switches:\t545\n"

static void kib_become_bytes(void **state)
{
	(void)state;
	struct task t = { 0 };
	assert_int_equal(pid_status_parse(SPAN(START WHO SIZES END), &units, &t), 0);
	assert_int_equal(t.virt_bytes, 8000 * 1024);
	assert_int_equal(t.virt_peak_bytes, 9000 * 1024);
	assert_int_equal(t.rss_bytes, 2000 * 1024);
	assert_int_equal(t.rss_peak_bytes, 3000 * 1024);
	assert_int_equal(t.anon_bytes, 500 * 1024);
	assert_int_equal(t.swap_bytes, 12 * 1024);
	assert_int_equal(t.page_table_bytes, 52 * 1024);
	assert_int_equal(t.hugetlb_bytes, 2048 * 1024);
}

static void shared_is_file_and_shmem_and_data_has_the_stack(void **state)
{
	(void)state;
	struct task t = { 0 };
	assert_int_equal(pid_status_parse(SPAN(START WHO SIZES END), &units, &t), 0);
	assert_int_equal(t.shared_bytes, 1500 * 1024);
	assert_int_equal(t.data_bytes, 832 * 1024);
}

static void four_users_and_four_groups_go_to_their_rows(void **state)
{
	(void)state;
	struct task t = { 0 };
	assert_int_equal(pid_status_parse(SPAN(START WHO SIZES END), &units, &t), 0);
	assert_int_equal(t.ruid, 1000);
	assert_int_equal(t.euid, 1001);
	assert_int_equal(t.suid, 1002);
	assert_int_equal(t.fsuid, 1003);
	assert_int_equal(t.rgid, 100);
	assert_int_equal(t.fsgid, 103);
	assert_true(span_is(t.groups, "4 24 27"));
}

static void masks_are_base_16_with_all_64_bits(void **state)
{
	(void)state;
	struct task t = { 0 };
	assert_int_equal(pid_status_parse(SPAN(START WHO SIZES END), &units, &t), 0);
	assert_int_equal(t.signals_pending, 1);
	assert_int_equal(t.signals_ignored, 0x384004);
	assert_int_equal(t.signals_caught, -1);
	assert_int_equal(t.caps_effective, 0x1ffffffffff);
	assert_int_equal(t.tracer_pid, 7);
	assert_int_equal(t.involuntary_switches, 545);
	assert_true(span_is(t.cpus_allowed, "0-1"));
}

static void queued_signals_have_a_limit_and_texts_lose_their_blanks(void **state)
{
	(void)state;
	struct task t = { 0 };
	assert_int_equal(pid_status_parse(SPAN(START WHO SIZES END), &units, &t), 0);
	assert_int_equal(t.signals_queued, 0);
	assert_int_equal(t.signals_queue_limit, 96365);
	assert_true(span_is(t.umask, "0022"));
	assert_true(span_is(t.cpus_allowed_mask, "3"));
	assert_false(task_has(&t, nodes_allowed));
	assert_false(task_has(&t, seccomp_filters));
	struct task odd = { 0 };
	assert_int_equal(pid_status_parse(SPAN("Name:\tx\nSigQ:\t5\n"), &units, &odd), 0);
	assert_false(task_has(&odd, signals_queued));
}

static void a_kernel_thread_has_no_memory_rather_than_zero(void **state)
{
	(void)state;
	struct task t = { 0 };
	assert_int_equal(pid_status_parse(SPAN(START WHO END), &units, &t), 0);
	assert_int_equal(t.threads, 3);
	assert_false(task_has(&t, rss_bytes));
	assert_false(task_has(&t, virt_bytes));
	assert_false(task_has(&t, shared_bytes));
	assert_false(task_has(&t, data_bytes));
	assert_false(task_has(&t, swap_bytes));
}

static void a_number_that_underflowed_in_the_kernel_is_absent(void **state)
{
	(void)state;
	struct task t = { 0 };
	assert_int_equal(pid_status_parse(SPAN(START "VmLib:\t18446744073709436460 kB\nVmExe:\t9007199254740992 kB\n"
	                                             "VmStk:\t132 kB\n"),
	                                  &units, &t),
	                 0);
	assert_false(task_has(&t, lib_bytes));
	assert_false(task_has(&t, exe_bytes));
	assert_int_equal(t.stack_bytes, 132 * 1024);
}

static void keys_count_only_whole_and_at_the_start_of_a_line(void **state)
{
	(void)state;
	struct task t = { 0 };
	assert_int_equal(pid_status_parse(SPAN("Name:\tVmRSS:\t1 kB\\nVmSwap:\t2 kB\n"
	                                       " VmRSS:\t3 kB\nxVmRSS:\t4 kB\nVmRS:\t5 kB\nVmRSSx:\t6 kB\n"),
	                                  &units, &t),
	                 0);
	assert_true(field_set_empty(&t.have));
}

static void a_line_that_is_half_there_says_nothing(void **state)
{
	(void)state;
	struct task t = { 0 };
	assert_int_equal(pid_status_parse(SPAN(START "VmSize:\t  8000 kB\nVmRSS:\t  2"), &units, &t), 0);
	assert_int_equal(t.virt_bytes, 8000 * 1024);
	assert_false(task_has(&t, rss_bytes));
	assert_int_equal(pid_status_parse(SPAN(START "Uid:\t1\t2\n"), &units, &t), 0);
	assert_false(task_has(&t, ruid));
}

static void another_file_is_refused_and_sets_nothing(void **state)
{
	(void)state;
	struct task t = { 0 };
	assert_int_equal(pid_status_parse(SPAN(SIZES END), &units, &t), -EBADMSG);
	assert_int_equal(pid_status_parse(SPAN(""), &units, &t), -EBADMSG);
	assert_true(field_set_empty(&t.have));
}

static void statm_counts_pages_and_no_memory_map_is_not_zero(void **state)
{
	(void)state;
	struct task t = { 0 }, kernel_thread = { 0 };
	assert_int_equal(pid_statm_parse(SPAN("2000 500 375 20 0 208 0\n"), &units, &t), 0);
	assert_int_equal(t.virt_bytes, 2000 * 4096);
	assert_int_equal(t.rss_bytes, 500 * 4096);
	assert_int_equal(t.shared_bytes, 375 * 4096);
	assert_int_equal(t.text_bytes, 20 * 4096);
	assert_int_equal(t.data_bytes, 208 * 4096);
	assert_int_equal(pid_statm_parse(SPAN("0 0 0 0 0 0 0\n"), &units, &kernel_thread), 0);
	assert_true(field_set_empty(&kernel_thread.have));
}

static void statm_takes_the_page_size_it_is_told(void **state)
{
	(void)state;
	static const struct kernel_units big = { .page_bytes = 65536, .tick_ns = 10000000 };
	struct task t = { 0 };
	assert_int_equal(pid_statm_parse(SPAN("2000 500 375 20 0 208 0\n"), &big, &t), 0);
	assert_int_equal(t.rss_bytes, 500 * 65536);
}

static void statm_that_is_cut_or_garbage_sets_nothing(void **state)
{
	(void)state;
	static const char line[] = "2000 500 375 20 0 208 0\n";
	for (size_t len = 0; len < sizeof line - 1; len++) {
		struct task t = { 0 };
		assert_int_equal(pid_statm_parse((struct span){ line, len }, &units, &t), -EBADMSG);
		assert_true(field_set_empty(&t.have));
	}
	struct task t = { 0 };
	assert_int_equal(pid_statm_parse(SPAN("2000 x 375 20 0 208 0\n"), &units, &t), -EBADMSG);
	assert_int_equal(pid_statm_parse(SPAN("2000 9223372036854775807 375 20 0 208 0\n"), &units, &t), 0);
	assert_false(task_has(&t, rss_bytes));
	assert_true(task_has(&t, virt_bytes));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kib_become_bytes),
		cmocka_unit_test(shared_is_file_and_shmem_and_data_has_the_stack),
		cmocka_unit_test(four_users_and_four_groups_go_to_their_rows),
		cmocka_unit_test(masks_are_base_16_with_all_64_bits),
		cmocka_unit_test(queued_signals_have_a_limit_and_texts_lose_their_blanks),
		cmocka_unit_test(a_kernel_thread_has_no_memory_rather_than_zero),
		cmocka_unit_test(a_number_that_underflowed_in_the_kernel_is_absent),
		cmocka_unit_test(keys_count_only_whole_and_at_the_start_of_a_line),
		cmocka_unit_test(a_line_that_is_half_there_says_nothing),
		cmocka_unit_test(another_file_is_refused_and_sets_nothing),
		cmocka_unit_test(statm_counts_pages_and_no_memory_map_is_not_zero),
		cmocka_unit_test(statm_takes_the_page_size_it_is_told),
		cmocka_unit_test(statm_that_is_cut_or_garbage_sets_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
