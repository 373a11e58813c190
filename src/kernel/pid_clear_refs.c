#include "kernel/pid_clear_refs.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

int pid_clear_refs(int pid_dirfd)
{
	int fd = openat(pid_dirfd, "clear_refs", O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	int r = write(fd, "1", 1) == 1 ? 0 : -errno;
	close(fd);
	return r;
}
