#include "collect/renice.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

#include "collect/send.h"
#include "kernel/pid_autogroup.h"

int process_renice(int64_t pid, int64_t started_ns, int nice)
{
	if (pid <= 0 || pid > INT32_MAX)
		return -ESRCH;
	int fd = started_ns < 0 ? -1 : process_hold(pid, started_ns);
	if (started_ns >= 0 && fd < 0 && fd != -ENOSYS)
		return fd;
	int r = setpriority(PRIO_PROCESS, (id_t)pid, nice) < 0 ? -errno : 0;
	if (fd >= 0)
		close(fd);
	return r;
}

int process_renice_group(int64_t pid, int64_t started_ns, int nice)
{
	char path[64];

	if (pid <= 0 || pid > INT32_MAX)
		return -ESRCH;
	int held = started_ns < 0 ? -1 : process_hold(pid, started_ns);
	if (started_ns >= 0 && held < 0 && held != -ENOSYS)
		return held;
	snprintf(path, sizeof path, "/proc/%lld", (long long)pid);
	int fd = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	int r = fd < 0 ? -errno : pid_autogroup_write(fd, nice);
	if (fd >= 0)
		close(fd);
	if (held >= 0)
		close(held);
	return r;
}
