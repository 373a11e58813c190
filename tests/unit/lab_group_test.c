/* Control groups of both versions, by folders that look like theirs; the real ones are in lab_guardian_test. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "lab/group.h"

static char folder[] = "/tmp/lab_group_test.XXXXXX";

static void put(const char *file, const char *text)
{
	char path[PATH_MAX];

	snprintf(path, sizeof path, "%s/%s", folder, file);
	FILE *out = fopen(path, "w");
	assert_non_null(out);
	fputs(text, out);
	fclose(out);
}

static void assert_holds(const char *file, const char *wanted)
{
	char path[PATH_MAX], text[64] = "";

	snprintf(path, sizeof path, "%s/%s", folder, file);
	FILE *in = fopen(path, "r");
	assert_non_null(in);
	assert_true(fgets(text, sizeof text, in) != NULL);
	fclose(in);
	assert_string_equal(text, wanted);
}

static struct group group_of(int version)
{
	struct group group = { 0 };

	for (int c = 0; c < GROUP_CONTROLLERS; c++) {
		group.version[c] = version;
		snprintf(group.path[c], sizeof group.path[c], "%s", folder);
	}
	return group;
}

static void assert_number(const struct group *group, enum group_number number, int64_t wanted)
{
	int64_t value = -1;

	assert_int_equal(group_number_read(group, number, &value), 0);
	assert_int_equal(value, wanted);
}

static void numbers_of_v2_are_found_in_its_files(void **state)
{
	(void)state;
	struct group group = group_of(2);

	put("memory.current", "1048576\n");
	put("memory.swap.current", "4096\n");
	put("memory.stat",
	    "anon 8192\nfile 12288\nkernel 16384\nworkingset_refault_anon 3\nworkingset_refault_file 5\n");
	put("memory.events", "low 0\nhigh 0\nmax 7\noom 2\noom_kill 1\noom_group_kill 0\n");
	put("memory.pressure", "some avg10=0.00 avg60=0.00 avg300=0.00 total=123\nfull avg10=0.00 total=9\n");
	put("pids.current", "4\n");
	put("cgroup.freeze", "1\n");
	assert_number(&group, GROUP_MEMORY_USED, 1048576);
	assert_number(&group, GROUP_SWAP, 4096);
	assert_number(&group, GROUP_ANON, 8192);
	assert_number(&group, GROUP_FILE, 12288);
	assert_number(&group, GROUP_KERNEL, 16384);
	assert_number(&group, GROUP_REFAULTS_ANON, 3);
	assert_number(&group, GROUP_REFAULTS_FILE, 5);
	assert_number(&group, GROUP_OOM_KILLS, 1);
	assert_number(&group, GROUP_STALLED_NS, 123000);
	assert_number(&group, GROUP_PIDS, 4);
	assert_number(&group, GROUP_FROZEN, 1);
}

static void numbers_of_v1_are_found_in_its_files(void **state)
{
	(void)state;
	struct group group = group_of(1);

	put("memory.usage_in_bytes", "2097152\n");
	put("memory.stat", "cache 12288\nrss 8192\nswap 4096\nworkingset_refault_file 5\n");
	put("memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 3\n");
	put("freezer.state", "FROZEN\n");
	assert_number(&group, GROUP_MEMORY_USED, 2097152);
	assert_number(&group, GROUP_ANON, 8192);
	assert_number(&group, GROUP_FILE, 12288);
	assert_number(&group, GROUP_SWAP, 4096);
	assert_number(&group, GROUP_OOM_KILLS, 3);
	assert_number(&group, GROUP_FROZEN, 1);
	put("freezer.state", "FREEZING\n");
	assert_number(&group, GROUP_FROZEN, 0);
}

static void limits_are_written_as_each_version_wants_them(void **state)
{
	(void)state;
	struct group group = group_of(2);

	put("memory.max", "max\n");
	put("cgroup.freeze", "0\n");
	put("pids.max", "\n");
	assert_int_equal(group_number_write(&group, GROUP_MEMORY_LIMIT, 104857600), 0);
	assert_holds("memory.max", "104857600");
	put("memory.max", "");
	assert_int_equal(group_number_write(&group, GROUP_MEMORY_LIMIT, -1), 0);
	assert_holds("memory.max", "max");
	assert_int_equal(group_number_write(&group, GROUP_FROZEN, 1), 0);
	assert_holds("cgroup.freeze", "1\n");
	group = group_of(1);
	put("freezer.state", "");
	assert_int_equal(group_number_write(&group, GROUP_FROZEN, 1), 0);
	assert_holds("freezer.state", "FROZEN");
	put("pids.max", "");
	assert_int_equal(group_number_write(&group, GROUP_PIDS_LIMIT, -1), 0);
	assert_holds("pids.max", "max");
	put("memory.limit_in_bytes", "");
	assert_int_equal(group_number_write(&group, GROUP_MEMORY_LIMIT, -1), 0);
	assert_holds("memory.limit_in_bytes", "-1");
}

static void what_a_version_does_not_have_is_said(void **state)
{
	(void)state;
	struct group group = group_of(2), none = { 0 };
	int64_t value = 77;

	assert_int_equal(group_number_write(&group, GROUP_SWAPPINESS, 60), -EOPNOTSUPP);
	assert_int_equal(group_number_read(&group, GROUP_MEMORY_MOST, &value),
	                 -EOPNOTSUPP); /* memory.peak is not there */
	group = group_of(1);
	assert_int_equal(group_number_read(&group, GROUP_STALLED_NS, &value), -EOPNOTSUPP);
	assert_int_equal(group_number_read(&none, GROUP_ANON, &value), -EOPNOTSUPP);
	assert_int_equal(group_number_read(&group, GROUP_NUMBERS, &value), -EINVAL);
	put("memory.stat", "cache");
	assert_int_equal(group_number_read(&group, GROUP_FILE, &value), -EOPNOTSUPP);
	assert_int_equal(value, 77);
}

static int make_folder(void **state)
{
	(void)state;
	return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
	static const char *const files[] = {
		"memory.current", "memory.swap.current",   "memory.stat",          "memory.events", "memory.pressure",
		"pids.current",   "cgroup.freeze",         "memory.oom_control",   "freezer.state", "memory.max",
		"pids.max",       "memory.usage_in_bytes", "memory.limit_in_bytes"
	};
	char path[PATH_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
		snprintf(path, sizeof path, "%s/%s", folder, files[i]);
		unlink(path);
	}
	return rmdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_of_v2_are_found_in_its_files),
		cmocka_unit_test(numbers_of_v1_are_found_in_its_files),
		cmocka_unit_test(limits_are_written_as_each_version_wants_them),
		cmocka_unit_test(what_a_version_does_not_have_is_said),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
