#include "kernel/pid_targets.h"

#include <errno.h>
#include <sys/stat.h>

int pid_exe_target_read(int proc_fd, const char *path, struct task *task)
{
	struct stat status;

	if (fstatat(proc_fd, path, &status, 0) < 0)
		return -errno;
	task_set(task, exe_device, (int64_t)status.st_dev);
	task_set(task, exe_inode, (int64_t)status.st_ino);
	return 0;
}

int pid_root_target_read(int proc_fd, const char *path, struct task *task)
{
	struct stat status;

	if (fstatat(proc_fd, path, &status, 0) < 0)
		return -errno;
	task_set(task, root_device, (int64_t)status.st_dev);
	task_set(task, root_inode, (int64_t)status.st_ino);
	return 0;
}
