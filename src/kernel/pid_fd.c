#include "kernel/pid_fd.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "base/file.h"

static int count_entries(int pid_dirfd, int64_t *ret)
{
	int64_t count = 0;
	DIR *dir;

	int r = file_folder(pid_dirfd, "fd", &dir);
	if (r < 0)
		return r;
	errno = 0;
	for (const struct dirent *entry; (entry = readdir(dir));)
		count += entry->d_name[0] != '.';
	r = -errno;
	closedir(dir);
	if (r == 0)
		*ret = count;
	return r;
}

int pid_fd_walk(int pid_dirfd, pid_fd_visit *visit, void *context)
{
	char target[4096];
	DIR *dir;

	int r = file_folder(pid_dirfd, "fd", &dir);
	if (r < 0)
		return r;
	errno = 0;
	for (const struct dirent *entry; r == 0 && (entry = readdir(dir));) {
		struct span name = span_of(entry->d_name), link = { "", 0 };
		int64_t number;
		if (!span_i64(&name, &number))
			continue;
		if (file_link(dirfd(dir), entry->d_name, target, sizeof target, &link) < 0)
			link = (struct span){ "", 0 };
		r = visit(context, (int)number, link);
		errno = 0;
	}
	if (r == 0)
		r = -errno;
	closedir(dir);
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
