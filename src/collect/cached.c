#include "collect/cached.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

int cached_read(const char *path, struct cached *ret)
{
	struct cached cached;
	struct stat file;

	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (fd < 0)
		return -errno;
	int r = fstat(fd, &file) < 0 ? -errno : S_ISREG(file.st_mode) ? 0 : -EINVAL;
	if (r == 0)
		r = cachestat_read(fd, sysconf(_SC_PAGESIZE), &cached.use);
	close(fd);
	if (r < 0)
		return r;
	cached.size_bytes = file.st_size;
	*ret = cached;
	return 0;
}
