#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "kernel/cgroup_memory.h"
#include "skip_because.h"

static void the_v1_memory_mount_goes_before_v2(void **state)
{
	(void)state;
	struct cgroup_mount mount;
	assert_int_equal(cgroup_mount_parse(SPAN("41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n"
	                                         "34 31 0:31 / /sys/fs/cgroup/cpu rw shared:1 - cgroup cgroup rw,cpu\n"
	                                         "35 31 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n"),
	                                    "memory", &mount),
	                 0);
	assert_int_equal(mount.version, 1);
	assert_string_equal(mount.path, "sys/fs/cgroup/memory");
}

static void without_any_hierarchy_there_is_no_mount(void **state)
{
	(void)state;
	struct cgroup_mount mount;
	assert_int_equal(cgroup_mount_parse(SPAN("1 0 0:2 / / rw - ext4 /dev/vda rw\n1 2"), "memory", &mount), -ENOENT);
}

static void each_controller_has_the_mount_of_its_own(void **state)
{
	(void)state;
	struct cgroup_mount mount;
	struct span mounts = SPAN("35 31 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n"
	                          "39 31 0:36 / /sys/fs/cgroup/pids rw - cgroup cgroup rw,pids\n");
	assert_int_equal(cgroup_mount_parse(mounts, "pids", &mount), 0);
	assert_string_equal(mount.path, "sys/fs/cgroup/pids");
	assert_int_equal(cgroup_mount_parse(mounts, "freezer", &mount), -ENOENT);
}

static void a_process_belongs_to_the_group_of_the_memory_line(void **state)
{
	(void)state;
	struct cgroup_mount mount = { .version = 1, .subtree = "/" };
	struct span group;
	struct span text = SPAN("4:cpu,memory:/a b/c\n2:cpuacct:/x\n0::/v2\n");
	assert_true(cgroup_of(&mount, text, &group) && span_is(group, "/a b/c"));
	mount.version = 2;
	assert_true(cgroup_of(&mount, text, &group) && span_is(group, "/v2"));
	assert_false(cgroup_of(&mount, SPAN("2:cpuacct:/x\n"), &group));
}

static void what_its_tasks_wait_for_is_in_v2_alone(void **state)
{
	(void)state;
	struct cgroup cgroup = { 0 };
	struct span bytes = SPAN("some avg10=1.25 avg60=0.00 avg300=0.00 total=42\nfull avg10=0.50 total=7\n");
	cgroup_memory_parse(1, "memory.pressure", bytes, &cgroup);
	assert_false(cgroup_has(&cgroup, memory_some_10s_percent));
	cgroup_memory_parse(2, "memory.pressure", bytes, &cgroup);
	assert_int_equal(cgroup.memory_some_10s_percent, 12500);
	assert_int_equal(cgroup.memory_full_10s_percent, 5000);
	assert_int_equal(cgroup.memory_some_ns, 42000);
	assert_false(cgroup_has(&cgroup, cpu_some_10s_percent));
	cgroup_memory_parse(2, "cpu.pressure", SPAN("some avg10=2.00 avg60=0.00 tot"), &cgroup);
	assert_false(cgroup_has(&cgroup, cpu_some_10s_percent)); /* a line that was cut */
}

static void no_limit_is_absent_in_both_versions(void **state)
{
	(void)state;
	struct cgroup cgroup = { 0 };
	cgroup_memory_parse(2, "memory.max", SPAN("max\n"), &cgroup);
	assert_false(cgroup_has(&cgroup, limit_bytes));
	cgroup_memory_parse(1, "memory.limit_in_bytes", SPAN("9223372036854771712\n"), &cgroup);
	assert_false(cgroup_has(&cgroup, limit_bytes));
	cgroup_memory_parse(2, "memory.max", SPAN("1048576\n"), &cgroup);
	assert_int_equal(cgroup.limit_bytes, 1048576);
}

static void lines_are_found_by_their_whole_key(void **state)
{
	(void)state;
	struct cgroup cgroup = { 0 };
	cgroup_memory_parse(2, "memory.stat", SPAN("anon_thp 7\nanon 5\nfile 9\n"), &cgroup);
	assert_int_equal(cgroup.anon_bytes, 5);
	assert_int_equal(cgroup.cache_bytes, 9);
	assert_false(cgroup_has(&cgroup, kernel_bytes));
}

static void put(const char *root, const char *path, const char *text)
{
	char name[256];
	snprintf(name, sizeof name, "%s/%s", root, path);
	int fd = open(name, O_CREAT | O_WRONLY | O_TRUNC, 0644);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	close(fd);
}

static void a_group_is_read_below_a_root(void **state)
{
	(void)state;
	char root[] = "/tmp/vires-cgroup-XXXXXX", name[256];
	assert_non_null(mkdtemp(root));
	snprintf(name, sizeof name, "%s/web.slice", root);
	assert_int_equal(mkdir(name, 0755), 0);
	put(root, "web.slice/memory.current", "4096\n");
	put(root, "web.slice/memory.max", "8192\n");
	put(root, "web.slice/memory.stat", "anon 1000\nfile 2000\n");
	put(root, "web.slice/memory.events", "low 0\nmax 3\noom_kill 1\n");
	struct cgroup_mount mount = { .version = 2, .subtree = "/", .path = "." };
	struct cgroup cgroup;
	int fd = open(root, O_PATH | O_DIRECTORY);
	assert_int_equal(cgroup_memory_read(fd, &mount, SPAN("/web.slice"), &cgroup), 0);
	assert_int_equal(cgroup.current_bytes, 4096);
	assert_int_equal(cgroup.limit_bytes, 8192);
	assert_int_equal(cgroup.cache_bytes, 2000);
	assert_int_equal(cgroup.oom_kills, 1);
	assert_int_equal(cgroup.limit_hits, 3);
	assert_false(cgroup_has(&cgroup, swap_bytes));
	assert_int_equal(cgroup_memory_read(fd, &mount, SPAN("/none"), &cgroup), -ENOENT);
	assert_int_equal(cgroup_memory_read(fd, &mount, SPAN("/.."), &cgroup), -ENOENT);
	assert_int_equal(cgroup_memory_read(fd, &mount, SPAN("/../tmp"), &cgroup), -ENOENT);
	close(fd);
	static const char *const files[] = { "memory.current", "memory.max", "memory.stat", "memory.events" };
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		snprintf(name, sizeof name, "%s/web.slice/%s", root, files[i]);
		unlink(name);
	}
	snprintf(name, sizeof name, "%s/web.slice", root);
	rmdir(name);
	rmdir(root);
}

static void my_own_group_is_read_on_the_live_machine(void **state)
{
	(void)state;
	int fd = open("/", O_PATH | O_DIRECTORY);
	struct cgroup_mount mount;
	struct cgroup cgroup;
	if (cgroup_mount_read(fd, "memory", &mount) < 0)
		skip_because("no memory controller is mounted here");
	assert_int_equal(cgroup_memory_read(fd, &mount, SPAN("/"), &cgroup), 0);
	if (mount.version == 1)
		assert_true(cgroup_has(&cgroup, current_bytes) && cgroup.current_bytes > 0);
	close(fd);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_v1_memory_mount_goes_before_v2),
		cmocka_unit_test(without_any_hierarchy_there_is_no_mount),
		cmocka_unit_test(each_controller_has_the_mount_of_its_own),
		cmocka_unit_test(a_process_belongs_to_the_group_of_the_memory_line),
		cmocka_unit_test(what_its_tasks_wait_for_is_in_v2_alone),
		cmocka_unit_test(no_limit_is_absent_in_both_versions),
		cmocka_unit_test(lines_are_found_by_their_whole_key),
		cmocka_unit_test(a_group_is_read_below_a_root),
		cmocka_unit_test(my_own_group_is_read_on_the_live_machine),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
