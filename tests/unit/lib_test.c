/* The public C API, on a captured tree of two moments made here and on the live machine. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "vires.h"

static char root[] = "/tmp/vires-lib-test.XXXXXX";

static void put(const char *path, const char *text)
{
	char whole[256];

	snprintf(whole, sizeof whole, "%s/%s", root, path);
	for (char *slash = whole + sizeof root; (slash = strchr(slash, '/')); slash++) {
		*slash = '\0';
		mkdir(whole, 0755);
		*slash = '/';
	}
	FILE *file = fopen(whole, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

#define STAT(pid, comm, faults, ticks, start) \
	pid " (" comm ") S 1 1 1 0 -1 4194304 " faults " 0 0 0 " ticks " 0 0 0 20 0 1 0 " start \
	    " 8192000 300 18446744073709551615 1 1 0 0 0 0 0 0 0 0 0 0 17 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n"

/* Two moments ten seconds apart. 7 lives through both and uses a second of CPU; 8 has its number given to another. */
static int make_tree(void **state)
{
	(void)state;
	assert_non_null(mkdtemp(root));
	put("0/proc/uptime", "100.00 0.00\n");
	put("0/proc/stat", "cpu  0 0 0 0 0 0 0 0 0 0\ncpu0 100 0 0 0 0 0 0 0 0 0\nctxt 1000\nbtime 1000000000\n");
	put("0/proc/meminfo", "MemTotal:        1000 kB\nMemFree:          600 kB\n");
	put("0/proc/sys/kernel/random/boot_id", "01234567-89ab-cdef-0123-456789abcdef\n");
	put("0/proc/7/stat", STAT("7", "a b)\n", "50", "100", "500"));
	put("0/proc/7/statm", "2000 300 100 1 0 50 0\n");
	put("0/proc/8/stat", STAT("8", "old", "10", "5", "600"));
	put("0/proc/8/statm", "2000 0 0 1 0 50 0\n");
	put("1/proc/uptime", "110.00 0.00\n");
	put("1/proc/stat", "cpu  0 0 0 0 0 0 0 0 0 0\ncpu0 600 0 0 0 0 0 0 0 0 0\nctxt 6000\nbtime 1000000000\n");
	put("1/proc/meminfo", "MemTotal:        1000 kB\nMemFree:          500 kB\n");
	put("1/proc/sys/kernel/random/boot_id", "01234567-89ab-cdef-0123-456789abcdef\n");
	put("1/proc/7/stat", STAT("7", "a b)\n", "150", "200", "500"));
	put("1/proc/7/statm", "2000 400 100 1 0 50 0\n");
	put("1/proc/8/stat", STAT("8", "new", "90", "30", "10500"));
	return 0;
}

static int remove_tree(void **state)
{
	static const char *const paths[] = {
		"proc/uptime",
		"proc/stat",
		"proc/meminfo",
		"proc/sys/kernel/random/boot_id",
		"proc/7/stat",
		"proc/7/statm",
		"proc/8/stat",
		"proc/8/statm",
		"proc/7",
		"proc/8",
		"proc/sys/kernel/random",
		"proc/sys/kernel",
		"proc/sys",
		"proc",
		"sys/devices/system/cpu/cpu0/node3/x",
		"sys/devices/system/cpu/cpu0/node3",
		"sys/devices/system/cpu/cpu0",
		"sys/devices/system/cpu",
		"sys/devices/system",
		"sys/devices",
		"sys",
		"",
	};
	char whole[256];

	(void)state;
	for (int step = 0; step < 2; step++) {
		for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
			snprintf(whole, sizeof whole, "%s/%d/%s", root, step, paths[i]);
			remove(whole);
		}
	}
	return rmdir(root);
}

static struct vires_source *opened(void)
{
	struct vires_source *source;

	assert_int_equal(vires_open(root, 0, &source), 0);
	return source;
}

static struct vires_request *asking(const char *const *names)
{
	struct vires_request *request;

	assert_int_equal(vires_request_new(&request), 0);
	for (; *names; names++)
		assert_int_equal(vires_request_name(request, VIRES_TASK, *names), 0);
	return request;
}

#define ASKING(...) asking((const char *const[]){ __VA_ARGS__, NULL })

static void a_field_is_found_by_name_and_says_what_it_is(void **state)
{
	(void)state;
	int rss = vires_field_find(VIRES_TASK, "rss_bytes");

	assert_true(rss >= 0 && rss < vires_field_count(VIRES_TASK));
	assert_string_equal(vires_field_name(VIRES_TASK, rss), "rss_bytes");
	assert_string_equal(vires_field_header(VIRES_TASK, rss), "RES");
	assert_string_equal(vires_field_file(VIRES_TASK, rss), "/proc/PID/statm");
	assert_string_equal(vires_field_access(VIRES_TASK, rss), "anyone");
	assert_non_null(strstr(vires_field_meaning(VIRES_TASK, rss), "RAM"));
	assert_int_equal(vires_field_kind(VIRES_TASK, rss), VIRES_GAUGE);
	assert_int_equal(vires_field_unit(VIRES_TASK, rss), VIRES_BYTES);
	assert_int_equal(vires_field_cost(VIRES_TASK, rss), VIRES_CHEAP);
	assert_int_equal(vires_field_cost(VIRES_TASK, vires_field_find(VIRES_TASK, "pss_bytes")), VIRES_DEAR);
	assert_int_equal(vires_field_kind(VIRES_TASK, vires_field_find(VIRES_TASK, "comm")), VIRES_TEXT);
	assert_int_equal(vires_field_find(VIRES_TASK, "rss"), -ENOENT);
	assert_int_equal(vires_field_find((enum vires_table)9, "rss_bytes"), -EINVAL);
	assert_null(vires_field_name(VIRES_TASK, -1));
	assert_null(vires_field_name(VIRES_TASK, vires_field_count(VIRES_TASK)));
	assert_int_equal(vires_field_unit(VIRES_TASK, -1), -EINVAL);
}

static void every_field_of_every_table_has_a_name_a_unit_and_a_meaning(void **state)
{
	(void)state;
	for (int table = VIRES_TASK; table <= VIRES_SWAP; table++) {
		int count = vires_field_count((enum vires_table)table);
		assert_true(count > 0);
		for (int id = 0; id < count; id++) {
			int unit = vires_field_unit((enum vires_table)table, id);
			assert_non_null(vires_unit_name((enum vires_unit)unit));
			assert_true(vires_unit_parts((enum vires_unit)unit) >= 1);
			assert_true(*vires_field_meaning((enum vires_table)table, id));
			assert_int_equal(vires_field_find((enum vires_table)table,
			                                  vires_field_name((enum vires_table)table, id)),
			                 id);
		}
	}
	assert_int_equal(vires_field_count((enum vires_table)4), -EINVAL);
	assert_int_equal(vires_unit_parts(VIRES_PERCENT), 10000);
	assert_int_equal(vires_unit_parts(VIRES_PER_SECOND), 1000);
	assert_int_equal(vires_unit_parts((enum vires_unit)99), -EINVAL);
	assert_null(vires_unit_name((enum vires_unit)99));
}

static void a_value_is_there_or_absent_or_not_asked_for_and_zero_is_a_value(void **state)
{
	(void)state;
	struct vires_source *source = opened();
	struct vires_request *request = ASKING("rss_bytes", "comm", "oom_score");
	struct vires_snapshot *now;
	int64_t value = -7;
	const char *text;
	size_t row, length;

	assert_int_equal(vires_take(source, request, &now), 0);
	assert_int_equal(vires_rows(now, VIRES_TASK), 2);
	assert_int_equal(vires_find_pid(now, 7, &row), 1);
	assert_int_equal(vires_number_of(now, VIRES_TASK, row, "oom_score", &value), 0);
	assert_int_equal(value, -7);
	assert_int_equal(vires_number_of(now, VIRES_TASK, row, "rss_bytes", &value), 1);
	assert_int_equal(value, 300 * sysconf(_SC_PAGESIZE));
	assert_int_equal(vires_text_of(now, VIRES_TASK, row, "comm", &text, &length), 1);
	assert_int_equal(length, 5);
	assert_memory_equal(text, "a b)\n", 5);
	assert_int_equal(vires_find_pid(now, 8, &row), 1);
	assert_int_equal(vires_number_of(now, VIRES_TASK, row, "rss_bytes", &value), 1);
	assert_int_equal(value, 0);
	assert_int_equal(vires_find_pid(now, 9, &row), 0);
	assert_int_equal(vires_number_of(now, VIRES_TASK, row, "nice", &value), -ENODATA);
	assert_int_equal(vires_number_of(now, VIRES_TASK, row, "comm", &value), -EINVAL);
	assert_int_equal(vires_text_of(now, VIRES_TASK, row, "rss_bytes", &text, &length), -EINVAL);
	assert_int_equal(vires_number_of(now, VIRES_TASK, row, "nothing", &value), -ENOENT);
	assert_int_equal(vires_number_of(now, VIRES_TASK, 2, "rss_bytes", &value), -ERANGE);
	assert_int_equal(vires_number(now, VIRES_TASK, 0, 1 << 20, &value), -EINVAL);
	assert_int_equal(vires_wall_ns(now), 1000000100LL * 1000000000);
	assert_string_equal(vires_boot_id(now), "01234567-89ab-cdef-0123-456789abcdef");
	assert_string_equal(vires_source_name(now), "root");
	vires_snapshot_free(now);
	vires_request_free(request);
	vires_close(source);
}

static void the_machine_its_cpus_and_its_swaps_are_tables_too(void **state)
{
	(void)state;
	struct vires_source *source = opened();
	struct vires_request *request;
	struct vires_snapshot *now;
	int64_t value;

	assert_int_equal(vires_request_new(&request), 0);
	assert_int_equal(vires_request_name(request, VIRES_MACHINE, "mem_used_classic_bytes"), 0);
	assert_int_equal(vires_request_name(request, VIRES_MACHINE, "mem_used_bytes"), 0);
	assert_int_equal(vires_request_name(request, VIRES_CPU, "user_ns"), 0);
	assert_int_equal(vires_take(source, request, &now), 0);
	assert_int_equal(vires_rows(now, VIRES_TASK), 0);
	assert_int_equal(vires_rows(now, VIRES_MACHINE), 1);
	assert_int_equal(vires_rows(now, VIRES_CPU), 1);
	assert_int_equal(vires_rows(now, VIRES_SWAP), 0);
	assert_int_equal(vires_number_of(now, VIRES_MACHINE, 0, "mem_used_bytes", &value), 1);
	assert_int_equal(value, 400 * 1024);
	assert_int_equal(vires_number_of(now, VIRES_MACHINE, 0, "mem_used_classic_bytes", &value), 0);
	assert_int_equal(vires_number_of(now, VIRES_MACHINE, 1, "mem_used_bytes", &value), -ERANGE);
	assert_int_equal(vires_number_of(now, VIRES_MACHINE, 0, "dirty_bytes", &value), -ENODATA);
	assert_int_equal(vires_number_of(now, VIRES_CPU, 0, "user_ns", &value), 1);
	assert_int_equal(value, 1000000000LL / sysconf(_SC_CLK_TCK) * 100);
	assert_int_equal(vires_number_of(now, VIRES_CPU, 1, "user_ns", &value), -ERANGE);
	assert_int_equal(vires_number_of(now, VIRES_CPU, 0, "node", &value), -ENODATA);
	assert_int_equal(vires_number_of(now, VIRES_SWAP, 0, "used_bytes", &value), -ENODATA);
	vires_snapshot_free(now);

	put("0/sys/devices/system/cpu/cpu0/node3/x", "");
	put("1/sys/devices/system/cpu/cpu0/node3/x", "");
	assert_int_equal(vires_request_name(request, VIRES_CPU, "node"), 0);
	assert_int_equal(vires_take(source, request, &now), 0);
	assert_int_equal(vires_number_of(now, VIRES_CPU, 0, "node", &value), 1);
	assert_int_equal(value, 3);
	vires_snapshot_free(now);
	vires_request_free(request);
	vires_close(source);
}

static void two_moments_give_rates_and_a_reused_number_is_a_new_process(void **state)
{
	(void)state;
	struct vires_source *source = opened();
	struct vires_request *request = ASKING("cpu_percent", "minor_faults", "rss_growth_bytes_per_min");
	int faults = vires_field_find(VIRES_TASK, "minor_faults");
	struct vires_snapshot *before, *now;
	int64_t value;
	double fast;
	size_t row;

	assert_int_equal(vires_request_name(request, VIRES_MACHINE, "context_switches"), 0);
	assert_int_equal(vires_request_name(request, VIRES_CPU, "user_ns"), 0);
	assert_int_equal(vires_take(source, request, &before), 0);
	assert_int_equal(vires_take(source, request, &now), 0);
	assert_int_equal(vires_find_pid(now, 7, &row), 1);
	assert_int_equal(vires_number_of(now, VIRES_TASK, row, "cpu_percent", &value), 0);
	assert_int_equal(vires_rate(now, VIRES_TASK, row, faults, &fast), 0);

	assert_int_equal(vires_compare(before, now), -EINVAL);
	assert_int_equal(vires_compare(now, before), 0);
	assert_int_equal(vires_number_of(now, VIRES_TASK, row, "cpu_percent", &value), 1);
	assert_int_equal(value, 100 * 1000000LL / sysconf(_SC_CLK_TCK) / 10);
	assert_int_equal(vires_rate(now, VIRES_TASK, row, faults, &fast), 1);
	assert_true(fast > 9.99 && fast < 10.01);
	assert_int_equal(vires_number_of(now, VIRES_TASK, row, "rss_growth_bytes_per_min", &value), 1);
	assert_int_equal(value, 600 * sysconf(_SC_PAGESIZE));
	assert_int_equal(vires_rate(now, VIRES_MACHINE, 0, vires_field_find(VIRES_MACHINE, "context_switches"), &fast),
	                 1);
	assert_true(fast > 499.9 && fast < 500.1);
	assert_int_equal(vires_rate(now, VIRES_CPU, 0, vires_field_find(VIRES_CPU, "user_ns"), &fast), 1);
	assert_true(fast > 0.499e9 * 100 / sysconf(_SC_CLK_TCK) && fast < 0.501e9 * 100 / sysconf(_SC_CLK_TCK));
	assert_int_equal(vires_rate(now, VIRES_TASK, row, vires_field_find(VIRES_TASK, "rss_bytes"), &fast), -EINVAL);

	assert_int_equal(vires_find_pid(now, 8, &row), 1);
	assert_int_equal(vires_rate(now, VIRES_TASK, row, faults, &fast), 1);
	assert_true(fast > 8.99 && fast < 9.01); /* all 90 since it started: nothing inherited from the old 8 */

	assert_int_equal(vires_compare(now, NULL), 0);
	assert_int_equal(vires_rate(now, VIRES_TASK, row, faults, &fast), 0);
	vires_snapshot_free(before);
	vires_snapshot_free(now);
	vires_request_free(request);
	vires_close(source);
}

static void only_the_processes_and_threads_asked_for_are_rows(void **state)
{
	(void)state;
	struct vires_source *source;
	struct vires_request *request = ASKING("rss_bytes");
	const int64_t me = getpid(), wrong = 0;
	struct vires_snapshot *now;
	int64_t value;

	assert_int_equal(vires_open(NULL, VIRES_KEEP_OPEN, &source), 0);
	assert_int_equal(vires_request_pids(request, &wrong, 1), -EINVAL);
	assert_int_equal(vires_request_pids(request, &me, 1), 0);
	assert_int_equal(vires_take(source, request, &now), 0);
	assert_int_equal(vires_rows(now, VIRES_TASK), 1);
	assert_int_equal(vires_number_of(now, VIRES_TASK, 0, "pid", &value), 1);
	assert_int_equal(value, me);
	vires_snapshot_free(now);
	assert_int_equal(vires_request_threads(request, VIRES_THREADS_TOO), 0);
	assert_int_equal(vires_request_threads(request, (enum vires_threads)3), -EINVAL);
	assert_int_equal(vires_take(source, request, &now), 0);
	assert_int_equal(vires_rows(now, VIRES_TASK), 2);
	assert_int_equal(vires_number_of(now, VIRES_TASK, 1, "is_thread", &value), 1);
	assert_int_equal(value, 1);
	vires_snapshot_free(now);
	assert_int_equal(vires_request_threads(request, VIRES_NO_THREADS), 0);
	assert_int_equal(vires_request_pids(request, NULL, 0), 0);
	assert_int_equal(vires_take(source, request, &now), 0);
	assert_true(vires_rows(now, VIRES_TASK) > 1);
	assert_string_equal(vires_source_name(now), "proc");
	vires_close(source);
	size_t row;
	assert_int_equal(vires_find_pid(now, me, &row), 1); /* a snapshot outlives its source */
	vires_snapshot_free(now);
	vires_request_free(request);
}

static void whoever_reads_the_tasks_they_are_the_same(void **state)
{
	(void)state;
	struct vires_request *request = ASKING("rss_bytes", "comm");
	const unsigned flags[] = { 0, VIRES_BPF | VIRES_KEEP_OPEN };

	for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
		struct vires_source *source;
		struct vires_snapshot *now;
		int64_t rss = 0;
		const char *name;
		size_t row, length;
		assert_int_equal(vires_open(NULL, flags[i], &source), 0);
		assert_int_equal(vires_take(source, request, &now), 0);
		assert_true(i || !strcmp(vires_source_name(now), "proc"));
		assert_int_equal(vires_find_pid(now, getpid(), &row), 1);
		assert_int_equal(vires_number_of(now, VIRES_TASK, row, "rss_bytes", &rss), 1);
		assert_true(rss > 0);
		assert_int_equal(vires_text_of(now, VIRES_TASK, row, "comm", &name, &length), 1);
		assert_int_equal(length, strlen("lib_test"));
		assert_memory_equal(name, "lib_test", length);
		vires_snapshot_free(now);
		vires_close(source);
	}
	vires_request_free(request);
}

static void what_fails_says_why_and_changes_nothing(void **state)
{
	(void)state;
	struct vires_source *source = (struct vires_source *)root;
	struct vires_request *request;

	assert_int_equal(vires_open("/nonexistent", 0, &source), -ENOENT);
	assert_int_equal(vires_open("/etc/passwd", 0, &source), -ENOTDIR);
	assert_int_equal(vires_open(NULL, 4, &source), -EINVAL);
	assert_ptr_equal(source, root);
	assert_string_equal(vires_strerror(-ENOENT), "No such file or directory");
	assert_string_equal(vires_strerror(17), "unknown error");
	assert_string_equal(vires_strerror(-4095), "unknown error");
	assert_int_equal(vires_request_new(&request), 0);
	assert_int_equal(vires_request_name(request, VIRES_TASK, "nothing"), -ENOENT);
	assert_int_equal(vires_request_field(request, VIRES_TASK, -1), -EINVAL);
	assert_int_equal(vires_request_field(request, (enum vires_table)7, 0), -EINVAL);
	vires_request_free(request);
	vires_request_free(NULL);
	vires_snapshot_free(NULL);
	vires_close(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_field_is_found_by_name_and_says_what_it_is),
		cmocka_unit_test(every_field_of_every_table_has_a_name_a_unit_and_a_meaning),
		cmocka_unit_test(a_value_is_there_or_absent_or_not_asked_for_and_zero_is_a_value),
		cmocka_unit_test(the_machine_its_cpus_and_its_swaps_are_tables_too),
		cmocka_unit_test(two_moments_give_rates_and_a_reused_number_is_a_new_process),
		cmocka_unit_test(only_the_processes_and_threads_asked_for_are_rows),
		cmocka_unit_test(whoever_reads_the_tasks_they_are_the_same),
		cmocka_unit_test(what_fails_says_why_and_changes_nothing),
	};

	return cmocka_run_group_tests_name("lib", tests, make_tree, remove_tree);
}
