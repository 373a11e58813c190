#include "collect/open_files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int open_files_walk(const char *root, int64_t pid, pid_fd_visit *visit, void *context)
{
	char path[48];

	int root_fd = open(root ? root : "/", O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (root_fd < 0)
		return -errno;
	snprintf(path, sizeof path, "proc/%lld", (long long)pid);
	int fd = openat(root_fd, path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	int r = fd < 0 ? -errno : pid_fd_walk(fd, visit, context);
	if (fd >= 0)
		close(fd);
	close(root_fd);
	return r;
}
