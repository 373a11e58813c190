#include "collect/oom_adjust.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "kernel/pid_oom_score_adj.h"

int oom_adjust(int64_t pid, int value)
{
	char path[32];

	snprintf(path, sizeof path, "/proc/%lld", (long long)pid);
	int fd = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	int r = pid_oom_score_adj_write(fd, value);
	close(fd);
	return r;
}
