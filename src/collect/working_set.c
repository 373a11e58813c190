#include "collect/working_set.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "kernel/pid_clear_refs.h"
#include "kernel/pid_smaps_rollup.h"
#include "kernel/pid_statm.h"

int working_set_open(int64_t pid, struct working_set_probe *ret)
{
	char path[32];

	snprintf(path, sizeof path, "/proc/%lld", (long long)pid);
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	ret->pid_dirfd = fd;
	return 0;
}

void working_set_close(struct working_set_probe *probe)
{
	close(probe->pid_dirfd);
}

static int read_rollup(const struct working_set_probe *probe, struct task *task)
{
	struct kernel_units units = kernel_units_live();
	char buf[8192];
	struct span bytes;

	task->have = (struct field_set){ 0 };
	int r = file_read(probe->pid_dirfd, "smaps_rollup", buf, sizeof buf, &bytes);
	if (r == 0)
		r = pid_smaps_rollup_parse(bytes, &units, task);
	return r < 0 ? r : task_has(task, referenced_bytes) && task_has(task, smaps_rss_bytes) ? 0 : -EBADMSG;
}

int working_set_rss(const struct working_set_probe *probe, int64_t *ret_bytes)
{
	struct kernel_units units = kernel_units_live();
	struct task task = { .have = { { 0 } } };
	char buf[256];
	struct span bytes;

	int r = file_read(probe->pid_dirfd, "statm", buf, sizeof buf, &bytes);
	if (r == 0)
		r = pid_statm_parse(bytes, &units, &task);
	if (r == 0 && !task_has(&task, rss_bytes))
		r = -EBADMSG;
	if (r == 0)
		*ret_bytes = task.rss_bytes;
	return r;
}

static void sleep_until(int64_t at_ns)
{
	struct timespec at = { .tv_sec = at_ns / NS_PER_S, .tv_nsec = at_ns % NS_PER_S };

	while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, NULL) == EINTR)
		;
}

int working_set_measure(const struct working_set_probe *probe, int64_t interval_ns, struct working_set *ret)
{
	struct task task;

	int64_t begin = clock_ns(CLOCK_MONOTONIC);
	int r = pid_clear_refs(probe->pid_dirfd);
	if (r < 0)
		return r;
	int64_t cleared = clock_ns(CLOCK_MONOTONIC);
	sleep_until(cleared + interval_ns);
	int64_t before = clock_ns(CLOCK_MONOTONIC);
	r = read_rollup(probe, &task);
	if (r < 0)
		return r;
	*ret = (struct working_set){
		.rss_bytes = task.smaps_rss_bytes,
		.referenced_bytes = task.referenced_bytes,
		.clear_ns = cleared - begin,
		.read_ns = clock_ns(CLOCK_MONOTONIC) - before,
		.interval_ns = before - cleared,
	};
	return 0;
}
