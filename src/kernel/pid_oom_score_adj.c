#include "kernel/pid_oom_score_adj.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int pid_oom_score_adj_write(int pid_dirfd, int value)
{
	char text[16];
	int len = snprintf(text, sizeof text, "%d\n", value);
	int fd = openat(pid_dirfd, "oom_score_adj", O_WRONLY | O_CLOEXEC);

	if (fd < 0)
		return -errno;
	int r = write(fd, text, (size_t)len) < 0 ? -errno : 0;
	close(fd);
	return r;
}
