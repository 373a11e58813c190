#include "kernel/pid_fd.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

static int count_entries(int pid_dirfd, int64_t *ret)
{
	int fd = openat(pid_dirfd, "fd", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	DIR *dir = fdopendir(fd);
	if (!dir) {
		int r = -errno;
		close(fd);
		return r;
	}

	int64_t count = 0;
	errno = 0;
	for (const struct dirent *entry; (entry = readdir(dir));)
		count += entry->d_name[0] != '.';
	int r = -errno;
	closedir(dir);
	if (r == 0)
		*ret = count;
	return r;
}

int pid_fd_read(int pid_dirfd, struct task *task)
{
	struct statfs fs;
	struct stat dir;
	int64_t count = 0;

	if (fstatat(pid_dirfd, "fd", &dir, 0) < 0 || fstatfs(pid_dirfd, &fs) < 0)
		return -errno;
	if (fs.f_type == PROC_SUPER_MAGIC && dir.st_size > 0) {
		count = dir.st_size;
	} else {
		int r = count_entries(pid_dirfd, &count);
		if (r < 0)
			return r;
	}
	task_set(task, fd_count, count);
	return 0;
}
