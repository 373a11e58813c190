#include "collect/process.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/file.h"
#include "kernel/pid_stat.h"

/* 0 when the process with that number started then. */
static int check(int64_t pid, int64_t started_ns)
{
	struct kernel_units units = kernel_units_live();
	struct task task = { 0 };
	char path[64], buf[4096];
	struct span bytes;

	if (started_ns < 0)
		return 0;
	snprintf(path, sizeof path, "/proc/%lld/stat", (long long)pid);
	int r = file_read(AT_FDCWD, path, buf, sizeof buf, &bytes);
	if (r == 0)
		r = pid_stat_parse(bytes, &units, &task);
	if (r == -ENOENT)
		return -ESRCH;
	if (r < 0)
		return r;
	return task_has(&task, started_ns) && task.started_ns == started_ns ? 0 : -ESRCH;
}

/* The descriptor stays with the process that it was opened for, so a look at the start time after that is enough. */
int process_signal(int64_t pid, int64_t started_ns, int signal)
{
	if (pid <= 0 || pid > INT32_MAX)
		return -ESRCH;
	int fd = (int)syscall(SYS_pidfd_open, (pid_t)pid, 0);
	if (fd < 0)
		return -errno;
	int r = check(pid, started_ns);
	if (r == 0 && syscall(SYS_pidfd_send_signal, fd, signal, NULL, 0) < 0)
		r = -errno;
	close(fd);
	return r;
}

int process_renice(int64_t pid, int64_t started_ns, int nice)
{
	if (pid <= 0 || pid > INT32_MAX)
		return -ESRCH;
	int r = check(pid, started_ns);
	if (r == 0 && setpriority(PRIO_PROCESS, (id_t)pid, nice) < 0)
		r = -errno;
	return r;
}
