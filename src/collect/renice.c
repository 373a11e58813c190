#include "collect/renice.h"

#include <errno.h>
#include <sys/resource.h>
#include <unistd.h>

#include "collect/send.h"

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
