#include "kernel/pid_owner.h"

#include <errno.h>
#include <sys/stat.h>

int pid_owner_read(int proc_fd, const char *path, struct task *task)
{
	struct stat status;

	if (fstatat(proc_fd, path, &status, 0) < 0)
		return -errno;
	task_set(task, euid, status.st_uid);
	task_set(task, egid, status.st_gid);
	return 0;
}
