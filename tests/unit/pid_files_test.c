/* The small files of /proc/PID. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "kernel/pid_fd.h"
#include "kernel/pid_files.h"
#include "kernel/pid_ns.h"
#include "temporary_root.h"

/* What one file's reader makes of the bytes: its result, and the record it set. */
static int parse(enum source_id from, struct span bytes, struct task *ret)
{
	static const struct kernel_units units = { .page_bytes = 4096, .tick_ns = 10000000 };

	*ret = (struct task){ 0 };
	return pid_files[from].parse(bytes, &units, ret);
}

static void assert_refused(enum source_id from, struct span bytes)
{
	struct task t;

	assert_int_equal(parse(from, bytes, &t), -EBADMSG);
	assert_true(field_set_empty(&t.have));
}

static void assert_nothing_to_say(enum source_id from, struct span bytes)
{
	struct task t;

	assert_int_equal(parse(from, bytes, &t), 0);
	assert_true(field_set_empty(&t.have));
}

static void every_source_of_a_process_has_a_reader(void **state)
{
	(void)state;
	for (unsigned id = 0; id < TASK_FIELDS; id++) {
		enum source_id from = task_fields[id].from;
		bool read_elsewhere =
			from == FROM_NOWHERE || from == FROM_LISTING || from == FROM_BPF || task_fields[id].need_count;
		if (!read_elsewhere)
			assert_true(pid_files[from].name &&
			            (pid_files[from].parse || pid_files[from].read || pid_files[from].look));
	}
}

static void the_command_line_keeps_its_nuls(void **state)
{
	(void)state;
	struct task t;
	assert_int_equal(parse(FROM_CMDLINE, SPAN("sh\0-c\0echo \033[1m\n\0"), &t), 0);
	assert_true(span_equal(t.cmdline, SPAN("sh\0-c\0echo \033[1m\n\0")));
	assert_nothing_to_say(FROM_CMDLINE, SPAN(""));
	assert_nothing_to_say(FROM_ENVIRON, SPAN(""));
	assert_int_equal(parse(FROM_ENVIRON, SPAN("A=1\0"), &t), 0);
	assert_true(span_equal(t.environ, SPAN("A=1\0")));
}

static void a_name_ends_at_the_last_newline_only(void **state)
{
	(void)state;
	struct task t;
	assert_int_equal(parse(FROM_COMM, SPAN("a\nb) R\xff\n"), &t), 0);
	assert_true(span_is(t.comm, "a\nb) R\xff"));
	assert_int_equal(parse(FROM_COMM, SPAN("\n"), &t), 0);
	assert_true(task_has(&t, comm) && t.comm.len == 0);
	assert_refused(FROM_COMM, SPAN("cut"));
	assert_refused(FROM_COMM, SPAN(""));
}

static void io_tells_bytes_asked_for_from_bytes_of_storage(void **state)
{
	(void)state;
	struct task t;
	assert_int_equal(parse(FROM_IO,
	                       SPAN("rchar: 100\nwchar: 200\nsyscr: 3\nsyscw: 4\nread_bytes: 4096\nwrite_bytes: 8192\n"
	                            "cancelled_write_bytes: 12\n"),
	                       &t),
	                 0);
	assert_int_equal(t.read_chars, 100);
	assert_int_equal(t.written_chars, 200);
	assert_int_equal(t.read_calls, 3);
	assert_int_equal(t.write_calls, 4);
	assert_int_equal(t.read_bytes, 4096);
	assert_int_equal(t.written_bytes, 8192);
	assert_int_equal(t.cancelled_bytes, 12);
	assert_int_equal(parse(FROM_IO, SPAN("rchar: 18446744073709551615\nwchar: x\nsyscr: 3"), &t), 0);
	assert_true(field_set_empty(&t.have));
	assert_refused(FROM_IO, SPAN("wchar: 1\n"));
}

static void schedstat_is_in_nanoseconds_and_off_is_absent(void **state)
{
	(void)state;
	struct task t;
	assert_int_equal(parse(FROM_SCHEDSTAT, SPAN("1785726 212094 8\n"), &t), 0);
	assert_int_equal(t.run_ns, 1785726);
	assert_int_equal(t.run_wait_ns, 212094);
	assert_int_equal(t.run_slices, 8);
	assert_nothing_to_say(FROM_SCHEDSTAT, SPAN("0 0 0\n"));
	assert_refused(FROM_SCHEDSTAT, SPAN("1 2\n"));
	assert_refused(FROM_SCHEDSTAT, SPAN("1 2 3"));
}

static void cgroups_are_all_lines(void **state)
{
	(void)state;
	struct task t;
	assert_int_equal(parse(FROM_CGROUP, SPAN("0::/a:b/c (deleted)\n"), &t), 0);
	assert_true(span_is(t.cgroup, "0::/a:b/c (deleted)"));
	assert_int_equal(parse(FROM_CGROUP, SPAN("2:cpu,cpuacct:/\n1:name=systemd:/x\n0::/cut"), &t), 0);
	assert_true(span_is(t.cgroup, "2:cpu,cpuacct:/\n1:name=systemd:/x"));
	assert_refused(FROM_CGROUP, SPAN("0::/cut"));
	assert_refused(FROM_CGROUP, SPAN("no number\n"));
}

static void one_number_is_one_number(void **state)
{
	(void)state;
	struct task t;
	assert_int_equal(parse(FROM_OOM_SCORE, SPAN("666\n"), &t), 0);
	assert_int_equal(t.oom_score, 666);
	assert_int_equal(parse(FROM_OOM_SCORE_ADJ, SPAN("-1000\n"), &t), 0);
	assert_int_equal(t.oom_score_adj, -1000);
	assert_int_equal(parse(FROM_LOGINUID, SPAN("4294967295"), &t), 0);
	assert_int_equal(t.login_uid, 4294967295);
	assert_refused(FROM_OOM_SCORE, SPAN("66"));
	assert_refused(FROM_OOM_SCORE, SPAN("66 6\n"));
	assert_refused(FROM_OOM_SCORE_ADJ, SPAN("x\n"));
	assert_refused(FROM_LOGINUID, SPAN(""));
}

static void sleeping_nowhere_is_a_dash(void **state)
{
	(void)state;
	struct task t;
	assert_int_equal(parse(FROM_WCHAN, SPAN("do_select"), &t), 0);
	assert_true(span_is(t.wchan, "do_select"));
	assert_int_equal(parse(FROM_WCHAN, SPAN("0"), &t), 0);
	assert_true(span_is(t.wchan, "-"));
	assert_nothing_to_say(FROM_WCHAN, SPAN(""));
}

static void labels_lose_their_end_mark(void **state)
{
	(void)state;
	struct task t;
	assert_int_equal(parse(FROM_ATTR, SPAN("unconfined\n"), &t), 0);
	assert_true(span_is(t.security_label, "unconfined"));
	assert_int_equal(parse(FROM_ATTR, SPAN("system_u:system_r:init_t:s0\0"), &t), 0);
	assert_true(span_is(t.security_label, "system_u:system_r:init_t:s0"));
	assert_nothing_to_say(FROM_ATTR, SPAN("\n"));
}

static void autogroups_have_a_number_and_a_nice_value(void **state)
{
	(void)state;
	struct task t;
	assert_int_equal(parse(FROM_AUTOGROUP, SPAN("/autogroup-16 nice -5\n"), &t), 0);
	assert_int_equal(t.autogroup_id, 16);
	assert_int_equal(t.autogroup_nice, -5);
	assert_nothing_to_say(FROM_AUTOGROUP, SPAN(""));
	assert_refused(FROM_AUTOGROUP, SPAN("/autogroup-16 nice -5"));
	assert_refused(FROM_AUTOGROUP, SPAN("/autogroup-16 mean 5\n"));
	assert_refused(FROM_AUTOGROUP, SPAN("/\n"));
}

#define LIMITS "Limit                     Soft Limit           Hard Limit           Units     \n"

static void no_limit_is_absent(void **state)
{
	(void)state;
	struct task t;
	assert_int_equal(
		parse(FROM_LIMITS,
	              SPAN(LIMITS "Max cpu time              7                    8                    seconds\n"
	                          "Max resident set          1073741824           unlimited            bytes\n"),
	              &t),
		0);
	assert_int_equal(t.rss_rlimit_bytes, 1073741824);
	assert_nothing_to_say(FROM_LIMITS, SPAN(LIMITS "Max resident set          unlimited  1073741824  bytes\n"));
	assert_nothing_to_say(FROM_LIMITS, SPAN(LIMITS "Max resident set          10737"));
	assert_refused(FROM_LIMITS, SPAN("Max resident set          1073741824\n"));
}

#define ROLLUP "55c6749de000-7fff26e38000 ---p 00000000 00:00 0                          [rollup]\n"

static void smaps_rollup_is_in_bytes_and_old_kernels_say_less(void **state)
{
	(void)state;
	struct task t;
	assert_int_equal(
		parse(FROM_SMAPS_ROLLUP,
	              SPAN(ROLLUP "Rss:                2208 kB\nPss:                 604 kB\nPss_Anon:     321 kB\n"
	                          "Shared_Clean:       1752 kB\nPrivate_Dirty:       248 kB\nSwapPss:     16 kB\n"),
	              &t),
		0);
	assert_int_equal(t.smaps_rss_bytes, 2208 * 1024);
	assert_int_equal(t.pss_bytes, 604 * 1024);
	assert_int_equal(t.pss_anon_bytes, 321 * 1024);
	assert_int_equal(t.shared_clean_bytes, 1752 * 1024);
	assert_int_equal(t.private_dirty_bytes, 248 * 1024);
	assert_int_equal(t.swap_pss_bytes, 16 * 1024);
	assert_false(task_has(&t, pss_dirty_bytes));
	assert_false(task_has(&t, private_clean_bytes));
	assert_refused(FROM_SMAPS_ROLLUP, SPAN("Rss: 1 kB\n"));
	assert_refused(FROM_SMAPS_ROLLUP, SPAN(""));
}

static void namespaces_are_inode_numbers(void **state)
{
	(void)state;
	int64_t inode = 0;
	assert_int_equal(pid_ns_parse(SPAN("pid:[4026531836]"), SPAN("pid"), &inode), 0);
	assert_int_equal(inode, 4026531836);
	assert_int_equal(pid_ns_parse(SPAN("pid:[4026531836]"), SPAN("net"), &inode), -EBADMSG);
	assert_int_equal(pid_ns_parse(SPAN("pid:[]"), SPAN("pid"), &inode), -EBADMSG);
	assert_int_equal(pid_ns_parse(SPAN("pid:[1]x"), SPAN("pid"), &inode), -EBADMSG);
	assert_int_equal(pid_ns_parse(SPAN("pid:x[1]"), SPAN("pid"), &inode), -EBADMSG);
}

static void a_captured_process_has_the_links_it_has(void **state)
{
	struct temporary_root *root = *state;
	struct task t = { 0 };
	assert_int_equal(pid_ns_read(root->dirfd, &t), -ENOENT);
	root_link(root, "ns/pid", "pid:[7]");
	root_link(root, "ns/net", "gone");
	assert_int_equal(pid_ns_read(root->dirfd, &t), 0);
	assert_int_equal(t.ns_pid, 7);
	assert_false(task_has(&t, ns_net));
	assert_false(task_has(&t, ns_time));
}

static void descriptors_of_a_captured_process_are_counted_not_measured(void **state)
{
	struct temporary_root *root = *state;
	struct task t = { 0 };
	assert_int_equal(pid_fd_read(root->dirfd, &t), -ENOENT);
	assert_false(task_has(&t, fd_count));
	root_link(root, "fd/0", "/dev/null");
	root_link(root, "fd/1", "pipe:[1]");
	root_link(root, "fd/10", "socket:[2]");
	assert_int_equal(pid_fd_read(root->dirfd, &t), 0);
	assert_int_equal(t.fd_count, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_source_of_a_process_has_a_reader),
		cmocka_unit_test(the_command_line_keeps_its_nuls),
		cmocka_unit_test(a_name_ends_at_the_last_newline_only),
		cmocka_unit_test(io_tells_bytes_asked_for_from_bytes_of_storage),
		cmocka_unit_test(schedstat_is_in_nanoseconds_and_off_is_absent),
		cmocka_unit_test(cgroups_are_all_lines),
		cmocka_unit_test(one_number_is_one_number),
		cmocka_unit_test(sleeping_nowhere_is_a_dash),
		cmocka_unit_test(labels_lose_their_end_mark),
		cmocka_unit_test(autogroups_have_a_number_and_a_nice_value),
		cmocka_unit_test(no_limit_is_absent),
		cmocka_unit_test(smaps_rollup_is_in_bytes_and_old_kernels_say_less),
		cmocka_unit_test(namespaces_are_inode_numbers),
		cmocka_unit_test_setup_teardown(a_captured_process_has_the_links_it_has, root_setup, root_teardown),
		cmocka_unit_test_setup_teardown(descriptors_of_a_captured_process_are_counted_not_measured, root_setup,
		                                root_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
