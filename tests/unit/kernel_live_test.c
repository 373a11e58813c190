/* The readers on the running machine: two sources that say the same are laid side by side. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/sysinfo.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/file.h"
#include "kernel/boot_id.h"
#include "kernel/passwd.h"
#include "kernel/pid_files.h"
#include "kernel/swaps.h"
#include "kernel/system_files.h"
#include "kernel/system_stat.h"
#include "skip_because.h"

static struct {
	struct system_files system;
	struct kernel_units units;
	struct arena arena;
} root;

static int open_root(void **state)
{
	(void)state;
	root.system.files.dirfd = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
	root.units = kernel_units_live();
	return root.system.files.dirfd < 0;
}

static int close_root(void **state)
{
	(void)state;
	close(root.system.files.dirfd);
	system_files_done(&root.system);
	arena_done(&root.arena);
	return 0;
}

static int read_system(enum source_id from, struct machine *machine)
{
	struct field_set all;
	memset(&all, 0xff, sizeof all);
	return system_file_read(from, &root.system, &root.units, &all, &root.arena, machine);
}

/* Reads one file of this process the way a sample does; texts live in the arena. */
static int read_self(enum source_id from, struct task *task)
{
	const struct pid_file *file = &pid_files[from];
	struct buffer buffer = { 0 };
	struct span bytes;

	int pid_dirfd = open("/proc/self", O_PATH | O_DIRECTORY | O_CLOEXEC);
	assert_true(pid_dirfd >= 0);
	int r;
	if (file->look) {
		r = file->look(AT_FDCWD, "/proc/self", task);
	} else if (file->read) {
		r = file->read(pid_dirfd, task);
	} else {
		char *link = arena_new(&root.arena, file->limit);
		assert_non_null(link);
		r = file->link ? file_link(pid_dirfd, file->name, link, file->limit, &bytes) :
		                 file_slurp(pid_dirfd, file->name, file->limit, &buffer, &bytes);
		if (r == 0)
			r = file->parse(arena_copy(&root.arena, bytes), &root.units, task);
	}
	buffer_done(&buffer);
	close(pid_dirfd);
	return r;
}

/* Containers may lay files of their own over /proc, which know nothing of the kernel's other answers. */
static void skip_unless_kernel_file(const char *path)
{
	struct statfs fs;

	if (statfs(path, &fs) < 0 || fs.f_type != PROC_SUPER_MAGIC)
		skip_because("a file laid over /proc is not the kernel's");
}

static void assert_near(int64_t a, int64_t b, int64_t within)
{
	if (llabs(a - b) > within)
		fail_msg("%lld and %lld differ by more than %lld", (long long)a, (long long)b, (long long)within);
}

static void every_source_of_the_machine_reads(void **state)
{
	(void)state;
	for (unsigned id = 0; id < MACHINE_FIELDS; id++) {
		enum source_id from = machine_fields[id].from;
		if (from == FROM_NOWHERE)
			continue;
		struct machine machine = { 0 };
		int r = read_system(from, &machine);
		if (from == FROM_PRESSURE || from == FROM_PRESSURE_IRQ || from == FROM_THP || from == FROM_LOGINS ||
		    from == FROM_ARCSTATS)
			assert_true(r == 0 || r == -ENOENT || r == -EOPNOTSUPP);
		else
			assert_int_equal(r, 0);
		if (r == 0)
			assert_false(field_set_empty(&machine.have));
	}
}

/* All that the interfaces but "lo" have counted, as each of them says it; -1 where it may not be seen. */
static int64_t bytes_of_interfaces(const char *which)
{
	char path[300], text[32];
	int64_t sum = 0;
	DIR *dir = opendir("/sys/class/net");

	for (const struct dirent *entry; dir && (entry = readdir(dir));) {
		struct span bytes;
		int64_t value;
		if (entry->d_name[0] == '.' || !strcmp(entry->d_name, "lo"))
			continue;
		snprintf(path, sizeof path, "/sys/class/net/%s/statistics/%s", entry->d_name, which);
		if (file_read(AT_FDCWD, path, text, sizeof text, &bytes) == 0 && span_i64(&bytes, &value))
			sum += value;
	}
	if (!dir)
		return -1;
	closedir(dir);
	return sum;
}

static void traffic_is_what_the_interfaces_say(void **state)
{
	(void)state;
	struct machine machine = { 0 };
	int64_t received = bytes_of_interfaces("rx_bytes"), sent = bytes_of_interfaces("tx_bytes");

	assert_int_equal(read_system(FROM_NET_DEV, &machine), 0);
	if (received <= 0)
		skip_because("no interfaces below /sys/class/net");
	assert_in_range(machine.net_received_bytes, received, bytes_of_interfaces("rx_bytes"));
	assert_in_range(machine.net_sent_bytes, sent, bytes_of_interfaces("tx_bytes"));
}

static void a_source_of_processes_is_none_of_the_machine(void **state)
{
	(void)state;
	struct machine machine = { 0 };
	assert_int_equal(read_system(FROM_STATM, &machine), -EINVAL);
}

static void memory_is_what_sysinfo_says(void **state)
{
	(void)state;
	skip_unless_kernel_file("/proc/meminfo");
	struct machine machine = { 0 };
	struct sysinfo info;
	assert_int_equal(read_system(FROM_MEMINFO, &machine), 0);
	assert_int_equal(sysinfo(&info), 0);
	assert_int_equal(machine.mem_total_bytes, (int64_t)info.totalram * info.mem_unit);
	assert_int_equal(machine.swap_total_bytes, (int64_t)info.totalswap * info.mem_unit);
	assert_near(machine.mem_free_bytes, (int64_t)info.freeram * info.mem_unit, machine.mem_total_bytes / 4);
}

static void uptime_is_the_boottime_clock(void **state)
{
	(void)state;
	skip_unless_kernel_file("/proc/uptime");
	struct machine machine = { 0 };
	int64_t before = clock_ns(CLOCK_BOOTTIME);
	assert_int_equal(read_system(FROM_UPTIME, &machine), 0);
	int64_t after = clock_ns(CLOCK_BOOTTIME);
	assert_true(machine.uptime_ns >= before - 10000000 && machine.uptime_ns <= after);
}

static void cpus_are_those_that_are_online_and_sum_up(void **state)
{
	(void)state;
	skip_unless_kernel_file("/proc/stat");
	struct machine machine = { 0 };
	static struct cpu cpus[4096];
	int count = system_stat_read(&root.system.files, &root.units, &machine, cpus, 4096);
	assert_int_equal(count, sysconf(_SC_NPROCESSORS_ONLN));
	int64_t user_ns = 0;
	for (int i = 0; i < count; i++) {
		assert_true(cpu_has(&cpus[i], idle_ns));
		assert_true(i == 0 || cpus[i].id > cpus[i - 1].id);
		user_ns += cpus[i].user_ns;
	}
	if (count == sysconf(_SC_NPROCESSORS_CONF))
		assert_near(user_ns, machine.cpu_user_ns, count * root.units.tick_ns);
}

static void a_small_array_is_filled_and_all_cpus_counted(void **state)
{
	(void)state;
	skip_unless_kernel_file("/proc/stat");
	struct machine machine = { 0 };
	struct cpu cpus[2] = { 0 };
	int count = system_stat_read(&root.system.files, &root.units, &machine, cpus, 1);
	assert_int_equal(count, sysconf(_SC_NPROCESSORS_ONLN));
	assert_true(cpu_has(&cpus[0], id));
	assert_true(field_set_empty(&cpus[1].have));
}

static void swap_areas_add_up_to_what_meminfo_says(void **state)
{
	(void)state;
	skip_unless_kernel_file("/proc/swaps");
	struct machine machine = { 0 };
	struct swap areas[64];
	int count = swaps_read(root.system.files.dirfd, &root.arena, areas, 64);
	assert_true(count >= 0 && count <= 64);
	assert_int_equal(read_system(FROM_MEMINFO, &machine), 0);
	int64_t sum = 0;
	for (int i = 0; i < count; i++)
		sum += areas[i].size_bytes;
	assert_int_equal(sum, machine.swap_total_bytes);
}

static void resident_memory_of_this_process_is_the_same_in_three_files(void **state)
{
	(void)state;
	enum { MIB = 1024 * 1024, NEAR = 1 * MIB };
	struct task statm = { 0 }, status = { 0 }, rollup = { 0 };
	char *memory = mmap(NULL, 16 * MIB, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
	assert_ptr_not_equal(memory, MAP_FAILED);
	assert_int_equal(read_self(FROM_STATM, &statm), 0);
	assert_int_equal(read_self(FROM_STATUS, &status), 0);
	assert_int_equal(read_self(FROM_SMAPS_ROLLUP, &rollup), 0);
	munmap(memory, 16 * MIB);
	assert_true(statm.rss_bytes > 16 * MIB);
	assert_near(statm.rss_bytes, status.rss_bytes, NEAR);
	assert_near(statm.rss_bytes, rollup.smaps_rss_bytes, NEAR);
	assert_near(rollup.smaps_rss_bytes,
	            rollup.shared_clean_bytes + rollup.shared_dirty_bytes + rollup.private_clean_bytes +
	                    rollup.private_dirty_bytes,
	            16 * 1024);
}

static void this_process_is_who_it_thinks_it_is(void **state)
{
	(void)state;
	struct task task = { 0 };
	assert_int_equal(read_self(FROM_STAT, &task), 0);
	assert_int_equal(task.ppid, getppid());
	assert_int_equal(task.sid, getsid(0));
	struct span from_stat = task.comm;
	assert_int_equal(read_self(FROM_COMM, &task), 0);
	assert_true(span_equal(from_stat, task.comm));
	assert_int_equal(read_self(FROM_STATUS, &task), 0);
	assert_int_equal(task.euid, geteuid());
	assert_int_equal(read_self(FROM_EXE, &task), 0);
	char path[4096];
	ssize_t len = readlink("/proc/self/exe", path, sizeof path);
	assert_true(span_equal(task.exe, (struct span){ path, (size_t)len }));
	assert_int_equal(read_self(FROM_CWD, &task), 0);
	assert_non_null(getcwd(path, sizeof path));
	assert_true(span_is(task.cwd, path));
}

static void descriptors_are_counted_as_they_are_opened(void **state)
{
	(void)state;
	struct task before = { 0 }, after = { 0 };
	assert_int_equal(read_self(FROM_FD, &before), 0);
	int one = dup(0), two = dup(0);
	assert_int_equal(read_self(FROM_FD, &after), 0);
	close(one);
	close(two);
	assert_int_equal(after.fd_count, before.fd_count + 2);
}

/* The files of such a process belong to root; its folder still tells whose it is. */
static void the_folder_of_a_process_that_cannot_be_dumped_tells_its_effective_user(void **state)
{
	(void)state;
	enum { SOMEBODY = 4242 };
	uid_t expected = geteuid() ? geteuid() : SOMEBODY;
	int ready[2];
	char path[32], one;

	assert_int_equal(pipe(ready), 0);
	pid_t child = fork();
	if (child == 0) {
		bool well = (geteuid() != 0 || (setresgid(-1, SOMEBODY, -1) == 0 && setresuid(0, SOMEBODY, 0) == 0)) &&
		            prctl(PR_SET_DUMPABLE, 0) == 0 && write(ready[1], "", 1) == 1;
		while (well)
			pause();
		_exit(1);
	}
	close(ready[1]);
	assert_int_equal(read(ready[0], &one, 1), 1);
	close(ready[0]);
	struct task task = { 0 };
	struct stat file;
	snprintf(path, sizeof path, "/proc/%d/stat", child);
	int looked = stat(path, &file);
	snprintf(path, sizeof path, "/proc/%d", child);
	int r = pid_files[FROM_OWNER].look(AT_FDCWD, path, &task);
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	assert_int_equal(looked, 0);
	assert_int_equal(file.st_uid, 0);
	assert_int_equal(r, 0);
	assert_int_equal(task.euid, expected);
	assert_true(task_has(&task, egid));
}

static void links_lead_to_the_files_they_name(void **state)
{
	struct task task = { 0 };
	struct stat exe, top;

	(void)state;
	assert_int_equal(stat("/proc/self/exe", &exe), 0);
	assert_int_equal(stat("/", &top), 0);
	assert_int_equal(pid_files[FROM_EXE_TARGET].look(AT_FDCWD, "/proc/self/exe", &task), 0);
	assert_int_equal(pid_files[FROM_ROOT_TARGET].look(AT_FDCWD, "/proc/self/root", &task), 0);
	assert_true(task.exe_device == (int64_t)exe.st_dev && task.exe_inode == (int64_t)exe.st_ino);
	assert_true(task.root_device == (int64_t)top.st_dev && task.root_inode == (int64_t)top.st_ino);
	assert_int_equal(pid_files[FROM_EXE_TARGET].look(AT_FDCWD, "/proc/self/nothing", &task), -ENOENT);
}

static void every_file_of_this_process_reads(void **state)
{
	(void)state;
	for (unsigned from = 0; from < SOURCES; from++) {
		struct task task = { 0 };
		if (!pid_files[from].name)
			continue;
		int r = read_self(from, &task);
		if (r == -ENOENT || r == -EINVAL || r == -EACCES)
			continue; /* a kernel without it */
		if (r < 0)
			fail_msg("%s: %d", pid_files[from].name, r);
		/* loginuid, limits and autogroup may have nothing to say */
		if (from == FROM_IO || from == FROM_NS || from == FROM_CMDLINE || from == FROM_CGROUP)
			assert_false(field_set_empty(&task.have));
	}
}

static void the_boot_id_is_a_uuid_and_stays(void **state)
{
	(void)state;
	struct boot_id first, second;
	assert_int_equal(boot_id_read(root.system.files.dirfd, &first), 0);
	assert_int_equal(boot_id_read(root.system.files.dirfd, &second), 0);
	assert_string_equal(first.text, second.text);
}

static void user_zero_is_root(void **state)
{
	(void)state;
	struct buffer buffer = { 0 };
	struct span file, name;
	assert_int_equal(passwd_read(root.system.files.dirfd, &buffer, &file), 0);
	assert_true(passwd_name(file, 0, &name));
	assert_true(span_is(name, "root"));
	buffer_done(&buffer);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_source_of_the_machine_reads),
		cmocka_unit_test(a_source_of_processes_is_none_of_the_machine),
		cmocka_unit_test(traffic_is_what_the_interfaces_say),
		cmocka_unit_test(memory_is_what_sysinfo_says),
		cmocka_unit_test(uptime_is_the_boottime_clock),
		cmocka_unit_test(cpus_are_those_that_are_online_and_sum_up),
		cmocka_unit_test(a_small_array_is_filled_and_all_cpus_counted),
		cmocka_unit_test(swap_areas_add_up_to_what_meminfo_says),
		cmocka_unit_test(resident_memory_of_this_process_is_the_same_in_three_files),
		cmocka_unit_test(this_process_is_who_it_thinks_it_is),
		cmocka_unit_test(descriptors_are_counted_as_they_are_opened),
		cmocka_unit_test(the_folder_of_a_process_that_cannot_be_dumped_tells_its_effective_user),
		cmocka_unit_test(links_lead_to_the_files_they_name),
		cmocka_unit_test(every_file_of_this_process_reads),
		cmocka_unit_test(the_boot_id_is_a_uuid_and_stays),
		cmocka_unit_test(user_zero_is_root),
	};
	return cmocka_run_group_tests(tests, open_root, close_root);
}
