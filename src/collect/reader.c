#include "collect/reader.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "kernel/pid_files.h"

enum { PATH_BYTES = 96 };

static size_t put_number(char *at, int32_t number)
{
	char digits[12];
	size_t count = 0;

	do
		digits[count++] = (char)('0' + number % 10);
	while (number /= 10);
	for (size_t i = 0; i < count; i++)
		at[i] = digits[count - 1 - i];
	return count;
}

/* "PID/name" or "PID/task/TID/name", below /proc: one look-up for the kernel, and no printf in the hot path. */
static void path_of(const struct entry *entry, const char *name, char path[PATH_BYTES])
{
	size_t len = put_number(path, entry->tgid);

	if (entry->thread) {
		memcpy(path + len, "/task/", 6);
		len += 6;
		len += put_number(path + len, entry->pid);
	}
	path[len++] = '/';
	size_t name_len = strnlen(name, PATH_BYTES - len - 1);
	memcpy(path + len, name, name_len);
	path[len + name_len] = '\0';
}

static enum kept kept_as(enum source_id from)
{
	return from == FROM_STATM     ? KEPT_STATM :
	       from == FROM_STAT      ? KEPT_STAT :
	       from == FROM_STATUS    ? KEPT_STATUS :
	       from == FROM_SCHEDSTAT ? KEPT_SCHEDSTAT :
	                                KEPT;
}

static int open_file(struct reader *reader, struct entry *entry, enum source_id from, bool keep, int *ret_fd)
{
	char path[PATH_BYTES];
	enum kept k = kept_as(from);

	if (k < KEPT && entry->fd[k] >= 0) {
		*ret_fd = entry->fd[k];
		return 1;
	}
	path_of(entry, pid_files[from].name, path);
	*ret_fd = openat(reader->proc_fd, path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (*ret_fd < 0)
		return -errno;
	if (!keep || k == KEPT || reader->open_count >= reader->open_limit)
		return 0;
	entry->fd[k] = *ret_fd;
	reader->open_count++;
	return 1;
}

static char *scratch_for(struct reader *reader, enum source_id from)
{
	if (!reader->scratch[from])
		reader->scratch[from] = malloc(pid_files[from].limit);
	return reader->scratch[from];
}

static int read_bytes(struct reader *reader, struct entry *entry, enum source_id from, bool keep, struct span *ret)
{
	const struct pid_file *file = &pid_files[from];
	char *into = scratch_for(reader, from);
	char path[PATH_BYTES];
	int fd;

	if (!into)
		return -ENOMEM;
	if (file->link) {
		path_of(entry, file->name, path);
		return file_link(reader->proc_fd, path, into, file->limit, ret);
	}
	int kept = open_file(reader, entry, from, keep, &fd);
	if (kept < 0)
		return kept;
	int r = file_reread(fd, into, file->limit, ret);
	if (!kept)
		close(fd);
	return r;
}

static int read_directory(struct reader *reader, struct entry *entry, enum source_id from, struct task *task)
{
	char path[PATH_BYTES];

	path_of(entry, ".", path);
	int fd = openat(reader->proc_fd, path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	int r = pid_files[from].read(fd, task);
	close(fd);
	return r;
}

/*
 * A missing file may be one that this kernel does not have, and a file about memory is missing when there is none: the
 * process is gone only when its directory is.
 */
static bool is_gone(struct reader *reader, const struct entry *entry, enum source_id from, int error)
{
	char path[PATH_BYTES];

	if (error != -ESRCH && error != -ENOENT)
		return false;
	if (error == -ESRCH && !pid_files[from].mapped)
		return true;
	path_of(entry, ".", path);
	return faccessat(reader->proc_fd, path, F_OK, 0) < 0;
}

static int read_one(struct reader *reader, struct entry *entry, enum source_id from, bool keep, struct task *task)
{
	struct span bytes;
	char path[PATH_BYTES];

	if (pid_files[from].look) {
		path_of(entry, pid_files[from].name, path);
		return pid_files[from].look(reader->proc_fd, path, task);
	}
	if (pid_files[from].read)
		return read_directory(reader, entry, from, task);
	int r = read_bytes(reader, entry, from, keep, &bytes);
	return r < 0 ? r : pid_files[from].parse(bytes, &reader->units, task);
}

int reader_read(struct reader *reader, struct entry *entry, sources from, bool keep, struct task *task)
{
	for (; from; from &= from - 1) {
		enum source_id id = (enum source_id)__builtin_ctzll(from);
		if (!pid_files[id].name)
			continue;
		int r = read_one(reader, entry, id, keep, task);
		if (r == -ENOMEM)
			return r;
		if (r < 0 && is_gone(reader, entry, id, r))
			return -ESRCH;
	}
	return 0;
}

void reader_done(struct reader *reader)
{
	for (int i = 0; i < SOURCES; i++)
		free(reader->scratch[i]);
	if (reader->proc_fd >= 0)
		close(reader->proc_fd);
}
