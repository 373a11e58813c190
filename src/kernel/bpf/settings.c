#include "kernel/bpf/settings.h"

#include <errno.h>
#include <linux/capability.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "kernel/cpus_possible.h"
#include "kernel/pid_namespace.h"
#include "kernel/proc_mount.h"

static bool has(unsigned capability)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[2] = { { 0 } };

	if (syscall(SYS_capget, &header, data) < 0)
		return false;
	return data[capability / 32].effective >> (capability % 32) & 1;
}

bool may_load_programs(void)
{
	return has(CAP_SYS_ADMIN) || (has(CAP_BPF) && has(CAP_PERFMON));
}

bool may_trace_all(void)
{
	return has(CAP_SYS_PTRACE);
}

static int describe_machine(struct task_settings *settings, struct why *why)
{
	int r = cpus_possible_read(&settings->cpus);
	if (r < 0)
		return why_not(why, r, "the kernel does not tell its CPUs: %s", strerror(-r));
	if (settings->cpus > CPUS_MOST)
		return why_not(why, -E2BIG, "more than %d CPUs", CPUS_MOST);
	settings->page_bytes = (unsigned)sysconf(_SC_PAGESIZE);
	return 0;
}

/* Whether this /proc hides what a reader could not trace. */
static int describe_hiding(int proc_fd, struct task_settings *settings, struct why *why)
{
	bool hides = false;

	settings->hide_io = true;
	int r = proc_mount_read(proc_fd, &hides);
	settings->hide_foreign = hides;
	return r < 0 ? why_not(why, r, "/proc does not tell how it is mounted: %s", strerror(-r)) : 0;
}

int settings_for_us(int proc_fd, struct task_settings *ret, struct why *why)
{
	struct task_settings settings = { 0 };
	struct pid_namespace_view view;

	int r = pid_namespace_read(proc_fd, &view);
	if (r < 0)
		return why_not(why, r, "this /proc is of another pid namespace");
	settings.namespaced = !view.whole_machine;
	settings.levels_up = view.levels_up;
	r = describe_machine(&settings, why);
	if (r == 0 && !has(CAP_SYS_PTRACE))
		r = describe_hiding(proc_fd, &settings, why);
	if (r == 0)
		*ret = settings;
	return r;
}

int settings_for_anyone(int proc_fd, bool threads, struct task_settings *ret, struct why *why)
{
	struct task_settings settings = { .want = WANT_ALL, .threads = threads, .namespaced = true };

	int r = describe_machine(&settings, why);
	if (r == 0)
		r = describe_hiding(proc_fd, &settings, why);
	if (r == 0)
		*ret = settings;
	return r;
}
