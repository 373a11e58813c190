#include "collect/priority.h"

#include <errno.h>
#include <sched.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "collect/root.h"
#include "collect/send.h"
#include "kernel/pid_autogroup.h"

/* These calls know processes by number alone: it is held, so that nobody else gets the number meanwhile. */
static int hold(int64_t pid, int64_t started_ns, int *ret_fd)
{
	*ret_fd = -1;
	if (pid <= 0 || pid > INT32_MAX)
		return -ESRCH;
	int fd = started_ns < 0 ? -1 : process_hold(pid, started_ns);
	if (started_ns >= 0 && fd < 0 && fd != -ENOSYS)
		return fd;
	*ret_fd = fd;
	return 0;
}

static void let_go(int fd)
{
	if (fd >= 0)
		close(fd);
}

int process_renice(int64_t pid, int64_t started_ns, int nice)
{
	int fd;

	int r = hold(pid, started_ns, &fd);
	if (r == 0 && setpriority(PRIO_PROCESS, (id_t)pid, nice) < 0)
		r = -errno;
	let_go(fd);
	return r;
}

static int write_group_nice(int64_t pid, int nice)
{
	int fd = root_open_process(pid);

	if (fd < 0)
		return fd;
	int r = pid_autogroup_write(fd, nice);
	close(fd);
	return r;
}

int process_renice_group(int64_t pid, int64_t started_ns, int nice)
{
	int fd;

	int r = hold(pid, started_ns, &fd);
	if (r == 0)
		r = write_group_nice(pid, nice);
	let_go(fd);
	return r;
}

int process_schedule(int64_t pid, int64_t started_ns, int policy, int priority)
{
	const struct sched_param parameters = { .sched_priority = priority };
	int fd;

	int r = hold(pid, started_ns, &fd);
	if (r == 0 && sched_setscheduler((pid_t)pid, policy, &parameters) < 0)
		r = -errno;
	let_go(fd);
	return r;
}

int process_io_priority(int64_t pid, int64_t started_ns, enum io_class class, int level)
{
	enum { WHO_PROCESS = 1, CLASS_SHIFT = 13 };
	int fd;

	int r = hold(pid, started_ns, &fd);
	if (r == 0 && syscall(SYS_ioprio_set, WHO_PROCESS, (int)pid, (int)class << CLASS_SHIFT | level) < 0)
		r = -errno;
	let_go(fd);
	return r;
}
