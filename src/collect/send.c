#include "collect/send.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/file.h"
#include "kernel/pid_stat.h"

/* When whoever has the number now has started; -1 when nobody has it. */
static int64_t start_of(int64_t pid)
{
	char path[32], buf[4096];
	struct task task = { 0 };
	struct span bytes;

	snprintf(path, sizeof path, "/proc/%lld/stat", (long long)pid);
	struct kernel_units units = kernel_units_live();
	if (file_read(AT_FDCWD, path, buf, sizeof buf, &bytes) < 0 || pid_stat_parse(bytes, &units, &task) < 0)
		return -1;
	return task_has(&task, started_ns) ? task.started_ns : -1;
}

int process_hold(int64_t pid, int64_t started_ns)
{
	if (pid <= 0 || pid > INT32_MAX)
		return -ESRCH;
	int fd = (int)syscall(SYS_pidfd_open, (pid_t)pid, 0);
	if (fd < 0)
		return -errno;
	if (started_ns >= 0 && start_of(pid) != started_ns) {
		close(fd);
		return -ESRCH;
	}
	return fd;
}

static siginfo_t with_value(int number, int value)
{
	siginfo_t info = { .si_signo = number, .si_code = SI_QUEUE };

	info.si_pid = getpid();
	info.si_uid = getuid();
	info.si_value.sival_int = value;
	return info;
}

int process_send_held(int fd, int number, const int *value)
{
	siginfo_t info = value ? with_value(number, *value) : (siginfo_t){ 0 };

	return syscall(SYS_pidfd_send_signal, fd, number, value ? &info : NULL, 0) < 0 ? -errno : 0;
}

/* The old way: nothing keeps the number from being given away between a look and this call. */
static int send_by_number(int64_t pid, int number, const int *value)
{
	union sigval queued = { .sival_int = value ? *value : 0 };
	int r = value ? sigqueue((pid_t)pid, number, queued) : kill((pid_t)pid, number);

	return r < 0 ? -errno : 0;
}

int process_send(int64_t pid, int64_t started_ns, int number, const int *value)
{
	if (pid < INT32_MIN || pid > INT32_MAX)
		return -ESRCH;
	if (pid <= 0)
		return send_by_number(pid, number, value);
	int fd = process_hold(pid, started_ns);
	if (fd >= 0) {
		int r = process_send_held(fd, number, value);
		close(fd);
		return r;
	}
	/* EINVAL, ENOENT: the number of a thread, for which kill(2) takes its process. */
	if (fd != -ENOSYS && fd != -EINVAL && fd != -ENOENT)
		return fd;
	if (started_ns >= 0 && start_of(pid) != started_ns)
		return -ESRCH;
	return send_by_number(pid, number, value);
}

int process_wait_held(int fd, int milliseconds)
{
	struct pollfd ended = { .fd = fd, .events = POLLIN };
	int r = poll(&ended, 1, milliseconds);

	return r < 0 ? -errno : r;
}

int process_release_held(int fd)
{
	return syscall(SYS_process_mrelease, fd, 0) < 0 ? -errno : 0;
}
