#include "collect/file_locks.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/file.h"
#include "collect/root.h"
#include "kernel/pid_open_files.h"

struct search {
	const struct file_lock *lock;
	struct buffer path;
};

static int look_at(void *context, const struct open_file *file)
{
	struct search *search = context;
	struct file_facts facts;

	if (open_file_facts(file, &facts) < 0 || facts.inode != search->lock->inode ||
	    facts.device_major != search->lock->device_major || facts.device_minor != search->lock->device_minor)
		return 0;
	buffer_add(&search->path, file->target);
	return 1;
}

static void show(int64_t pid, const struct file_lock *lock, file_lock_visit *visit, void *context)
{
	struct search search = { .lock = lock };

	int fd = root_open_process(pid);
	if (fd >= 0) {
		pid_open_files_walk(fd, "fd", look_at, &search);
		close(fd);
	}
	visit(context, lock, buffer_span(&search.path));
	buffer_done(&search.path);
}

int file_locks_walk(int64_t pid, file_lock_visit *visit, void *context)
{
	enum { MOST = 64 * 1024 * 1024 };
	struct buffer buffer = { 0 };
	struct file_lock lock;
	struct span bytes;

	int r = file_slurp(AT_FDCWD, "/proc/locks", MOST, &buffer, &bytes);
	while (r == 0 && lock_next(&bytes, &lock))
		if (lock.pid == pid)
			show(pid, &lock, visit, context);
	buffer_done(&buffer);
	return r;
}
