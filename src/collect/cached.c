#include "collect/cached.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/array.h"
#include "collect/root.h"
#include "kernel/pid_open_files.h"

static int read_open(int fd, struct cached *ret)
{
	struct cached cached;
	struct stat file;

	int r = fstat(fd, &file) < 0 ? -errno : S_ISREG(file.st_mode) ? 0 : -EINVAL;
	if (r == 0)
		r = cachestat_read(fd, sysconf(_SC_PAGESIZE), &cached.use);
	if (r < 0)
		return r;
	cached.size_bytes = file.st_size;
	*ret = cached;
	return 0;
}

int cached_read(const char *path, struct cached *ret)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

	if (fd < 0)
		return -errno;
	int r = read_open(fd, ret);
	close(fd);
	return r;
}

static bool is_known(const struct cached_files *files, const struct file_facts *facts)
{
	for (size_t i = 0; i < files->count; i++) {
		const struct cached_file *file = &files->files[i];
		if (file->inode == facts->inode && file->device_major == facts->device_major &&
		    file->device_minor == facts->device_minor)
			return true;
	}
	return false;
}

static int add(struct cached_files *files, const struct open_file *file, const struct file_facts *facts,
               const struct cached *cached)
{
	struct cached_file *fresh = array_room(files->files, files->count, &files->capacity, sizeof *fresh);
	if (!fresh)
		return -ENOMEM;
	files->files = fresh;
	struct span name = arena_copy(&files->names, file->target);
	files->files[files->count++] =
		(struct cached_file){ facts->device_major, facts->device_minor, facts->inode, name, *cached };
	return name.len ? 0 : -ENOMEM;
}

static int look(void *context, const struct open_file *file)
{
	struct cached_files *files = context;
	struct file_facts facts;
	struct cached cached;

	if (open_file_facts(file, &facts) < 0 || !facts.regular || is_known(files, &facts))
		return 0;
	int fd = open_file_open(file);
	int r = fd < 0 ? fd : read_open(fd, &cached);
	if (fd >= 0)
		close(fd);
	if (r == -ENOSYS)
		return r;
	files->untold += r < 0;
	return r < 0 ? 0 : add(files, file, &facts, &cached);
}

static int most_cached_first(const void *left, const void *right)
{
	const struct cached_file *a = left, *b = right;

	if (a->cached.use.cached_bytes != b->cached.use.cached_bytes)
		return a->cached.use.cached_bytes < b->cached.use.cached_bytes ? 1 : -1;
	return a->inode > b->inode ? 1 : a->inode < b->inode ? -1 : 0;
}

int cached_of_process(int64_t pid, struct cached_files *ret)
{
	struct cached_files files = { 0 };

	int fd = root_open_process(pid);
	if (fd < 0)
		return fd;
	int r = pid_open_files_walk(fd, "fd", look, &files);
	if (r == 0) {
		r = pid_open_files_walk(fd, "map_files", look, &files);
		files.mapped_are_out = r == -EACCES || r == -EPERM;
		r = files.mapped_are_out ? 0 : r;
	}
	close(fd);
	if (r < 0) {
		cached_files_done(&files);
		return r;
	}
	if (files.count)
		qsort(files.files, files.count, sizeof *files.files, most_cached_first);
	*ret = files;
	return 0;
}

void cached_files_done(struct cached_files *files)
{
	free(files->files);
	arena_done(&files->names);
	*files = (struct cached_files){ 0 };
}
