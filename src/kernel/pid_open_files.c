#include "kernel/pid_open_files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "base/file.h"

static int walk(DIR *folder, open_file_visit *visit, void *context)
{
	char target[4096];
	struct dirent *entry;
	int r = 0;

	while (r == 0 && (errno = 0, entry = readdir(folder))) {
		struct open_file file = { .dirfd = dirfd(folder), .link = entry->d_name };
		if (entry->d_name[0] == '.' ||
		    file_link(file.dirfd, entry->d_name, target, sizeof target, &file.target) < 0)
			continue;
		r = visit(context, &file);
	}
	return r ? r : -errno;
}

int pid_open_files_walk(int pid_dirfd, const char *folder, open_file_visit *visit, void *context)
{
	DIR *opened;

	int r = file_folder(pid_dirfd, folder, &opened);
	if (r < 0)
		return r;
	r = walk(opened, visit, context);
	closedir(opened);
	return r;
}

int open_file_facts(const struct open_file *file, struct file_facts *ret)
{
	struct statfs system;
	struct stat status;

	int fd = openat(file->dirfd, file->link, O_PATH | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	int r = fstat(fd, &status) < 0 || fstatfs(fd, &system) < 0 ? -errno : 0;
	close(fd);
	if (r < 0)
		return r;
	*ret = (struct file_facts){
		.device_major = major(status.st_dev),
		.device_minor = minor(status.st_dev),
		.inode = (int64_t)status.st_ino,
		.links = (int64_t)status.st_nlink,
		.size_bytes = status.st_size,
		.allocated_bytes = (int64_t)status.st_blocks * 512,
		.regular = S_ISREG(status.st_mode),
		.in_memory = system.f_type == TMPFS_MAGIC,
	};
	return 0;
}

int open_file_open(const struct open_file *file)
{
	int fd = openat(file->dirfd, file->link, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

	return fd < 0 ? -errno : fd;
}
