#include "collect/root.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int root_open_first(const char *root)
{
	enum { FLAGS = O_PATH | O_DIRECTORY | O_CLOEXEC };
	int fd = open(root ? root : "/", FLAGS);

	if (fd < 0 || !root || faccessat(fd, "proc", F_OK, 0) == 0)
		return fd;
	int step = openat(fd, "0", FLAGS);
	if (step < 0)
		return fd;
	close(fd);
	return step;
}

int root_open_process(int64_t pid)
{
	char path[32];

	snprintf(path, sizeof path, "/proc/%lld", (long long)pid);
	int fd = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	return fd < 0 ? -errno : fd;
}
