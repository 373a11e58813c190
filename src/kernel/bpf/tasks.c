#include "kernel/bpf/tasks.h"

#include <errno.h>
#include <linux/capability.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysinfo.h>
#include <unistd.h>

#include "kernel/bpf/cache.h"
#include "kernel/cpus_possible.h"
#include "kernel/pid_namespace.h"

enum { SPARE = 64 };

struct task_walk {
	struct program_image *image; /* owned */
	struct program program;
	struct task_settings settings;
	struct task_control *control; /* mapped */
	struct task_record *records;  /* mapped */
	size_t page_bytes;
	uint32_t capacity;
	int proc_fd;
};

static uint64_t effective_capabilities(void)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[2] = { 0 };

	if (syscall(SYS_capget, &header, data) < 0)
		return 0;
	return data[0].effective | (uint64_t)data[1].effective << 32;
}

static bool has(uint64_t capabilities, unsigned capability)
{
	return capabilities >> capability & 1;
}

int task_walk_allowed(struct why *why)
{
	uint64_t own = effective_capabilities();

	if (has(own, CAP_SYS_ADMIN) || (has(own, CAP_BPF) && has(own, CAP_PERFMON)))
		return 0;
	return why_not(why, -EPERM, "needs CAP_BPF and CAP_PERFMON (root has them)");
}

/* How many records a walk will need: the link count of /proc tells the processes, sysinfo the threads. */
static uint32_t guess(const struct task_walk *walk)
{
	struct stat proc;
	struct sysinfo info;
	uint64_t processes = 0, threads = 0;

	if (fstat(walk->proc_fd, &proc) == 0)
		processes = proc.st_nlink;
	if (sysinfo(&info) == 0)
		threads = info.procs;
	if (processes < 2 || processes > threads + SPARE)
		processes = threads; /* some other file system's idea of links */
	uint64_t wanted = walk->settings.threads ? threads + processes : processes;
	wanted += wanted / 8 + SPARE;
	return wanted < 1U << 24 ? (uint32_t)wanted : 1U << 24;
}

static size_t control_bytes(const struct task_walk *walk)
{
	size_t page = walk->page_bytes;

	return (sizeof *walk->control + page - 1) / page * page;
}

static void unload(struct task_walk *walk)
{
	if (walk->control)
		munmap(walk->control, control_bytes(walk));
	if (walk->records)
		munmap(walk->records, (size_t)walk->capacity * sizeof *walk->records);
	walk->control = NULL;
	walk->records = NULL;
	program_close(&walk->program);
}

static void *map(int fd, size_t bytes)
{
	void *at = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

	return at == MAP_FAILED ? NULL : at;
}

static int load(struct task_walk *walk, uint32_t capacity, struct why *why)
{
	unload(walk);
	int r = program_load(walk->image, capacity, &walk->settings, &walk->program, why);
	if (r < 0)
		return r;
	walk->capacity = capacity;
	walk->control = map(walk->program.map_fd[MAP_CONTROL], control_bytes(walk));
	walk->records = map(walk->program.map_fd[MAP_RECORDS], (size_t)capacity * sizeof *walk->records);
	if (walk->control && walk->records)
		return 0;
	r = -errno;
	unload(walk);
	return why_not(why, r, "cannot map the records: %s", strerror(-r));
}

static int choose_settings(struct task_walk *walk, unsigned want, bool threads, struct why *why)
{
	struct pid_namespace_view view;
	struct task_settings *settings = &walk->settings;

	int r = pid_namespace_read(walk->proc_fd, &view);
	if (r < 0)
		return why_not(why, r, "this /proc is of another pid namespace");
	r = cpus_possible_read(&settings->cpus);
	if (r < 0)
		return why_not(why, r, "the kernel does not tell its CPUs: %s", strerror(-r));
	if (settings->cpus > CPUS_MOST)
		return why_not(why, -E2BIG, "more than %d CPUs", CPUS_MOST);
	settings->want = want;
	settings->threads = threads;
	settings->namespaced = !view.whole_machine;
	settings->levels_up = view.levels_up;
	settings->hide_io = !has(effective_capabilities(), CAP_SYS_PTRACE);
	return 0;
}

int task_walk_open(int proc_fd, unsigned want, bool threads, struct task_walk **ret, struct why *why, struct why *note)
{
	struct task_walk *walk = calloc(1, sizeof *walk);

	if (!walk)
		return why_not(why, -ENOMEM, "%s", strerror(ENOMEM));
	walk->proc_fd = proc_fd;
	walk->page_bytes = (size_t)sysconf(_SC_PAGESIZE);
	walk->program = (struct program){ -1, { -1, -1, -1, -1 } };
	int r = task_walk_allowed(why);
	if (r == 0)
		r = choose_settings(walk, want, threads, why);
	if (r == 0)
		r = program_find("walk", &walk->image, why, note);
	if (r == 0)
		r = load(walk, guess(walk), why);
	if (r < 0)
		task_walk_close(walk);
	else
		*ret = walk;
	return r;
}

static int run(struct task_walk *walk)
{
	union bpf_attr attr = { .test.prog_fd = (uint32_t)walk->program.fd };

	return bpf_call(BPF_PROG_TEST_RUN, &attr);
}

int task_walk_take(struct task_walk *walk)
{
	for (;;) {
		struct why why;
		int r = run(walk);
		if (r < 0)
			return r;
		uint64_t count = walk->control->count;
		if (count <= walk->capacity)
			return (int)count;
		if (count > INT32_MAX / 2)
			return -E2BIG;
		r = load(walk, (uint32_t)(count + count / 4 + SPARE), &why);
		if (r < 0)
			return r;
	}
}

struct task_record *task_walk_records(struct task_walk *walk)
{
	return walk->records;
}

void task_walk_close(struct task_walk *walk)
{
	if (!walk)
		return;
	unload(walk);
	free(walk->image);
	free(walk);
}
