#include "lab/journal.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "lab/guardian.h"
#include "lab/undo.h"

enum { JOURNAL_BYTES = 64 * 1024 };

/* The folder, made where it is missing. -errno. */
static int find_folder(char path[PATH_MAX])
{
	const char *own = getenv("XDG_RUNTIME_DIR");

	if (geteuid() == 0)
		own = "/run";
	if (!own || own[0] != '/')
		return -ENOENT;
	int len = snprintf(path, PATH_MAX, "%s/vires", own);
	if (len < 0 || len + 64 > PATH_MAX)
		return -ENAMETOOLONG;
	if (mkdir(path, 0755) < 0 && errno != EEXIST) /* the way to pinned programs, too */
		return -errno;
	return 0;
}

int journal_open(struct journal *ret)
{
	char folder[PATH_MAX];
	int r = find_folder(folder);

	if (r < 0)
		return r;
	int len = snprintf(ret->path, sizeof ret->path, "%s/undo.%d", folder, (int)getpid());
	if (len < 0 || (size_t)len >= sizeof ret->path)
		return -ENAMETOOLONG;
	ret->fd = open(ret->path, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (ret->fd < 0)
		return -errno;
	if (flock(ret->fd, LOCK_EX | LOCK_NB) < 0) {
		r = -errno;
		close(ret->fd);
	}
	return r;
}

void journal_remove(struct journal *journal)
{
	unlink(journal->path);
	close(journal->fd);
}

int journal_lock(int64_t *ret_holder)
{
	char path[PATH_MAX], bytes[32];
	struct span text;
	int r = find_folder(path);

	if (r < 0)
		return r;
	strncat(path, "/lock", sizeof path - strlen(path) - 1);
	int fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return -errno;
	*ret_holder = 0;
	if (flock(fd, LOCK_EX | LOCK_NB) < 0) {
		if (file_reread(fd, bytes, sizeof bytes, &text) == 0)
			span_i64(&text, ret_holder);
		close(fd);
		return -EBUSY;
	}
	int len = snprintf(bytes, sizeof bytes, "%d\n", (int)getpid());
	if (ftruncate(fd, 0) < 0 || pwrite(fd, bytes, (size_t)len, 0) != len) {
		r = -errno;
		close(fd);
		return r;
	}
	return fd;
}

/* One journal, when its guardian is dead: 1. 0 when that lives. -errno of what could not be undone. */
static int repair(int folder, const char *name, struct buffer *said)
{
	char *bytes = malloc(JOURNAL_BYTES);
	struct undo undo;
	struct span text;
	int fd = bytes ? openat(folder, name, O_RDWR | O_NOFOLLOW | O_CLOEXEC) : -1;
	int r = !bytes ? -ENOMEM : fd < 0 ? -errno : 0;

	if (r == 0 && flock(fd, LOCK_EX | LOCK_NB) < 0) {
		r = errno == EWOULDBLOCK ? 0 : -errno;
	} else if (r == 0) {
		r = file_reread(fd, bytes, JOURNAL_BYTES, &text);
		if (r == 0) {
			undo_read(text, &undo);
			r = undo_all(&undo, said);
		}
		if (r == 0)
			r = unlinkat(folder, name, 0) < 0 ? -errno : 1;
	}
	if (fd >= 0)
		close(fd);
	free(bytes);
	return r;
}

int guardian_repair(struct buffer *said)
{
	char path[PATH_MAX];
	struct dirent *entry;
	int r = find_folder(path), count = 0;

	if (r < 0)
		return r == -ENOENT ? 0 : r;
	DIR *folder = opendir(path);
	if (!folder)
		return -errno;
	while ((entry = readdir(folder))) {
		if (strncmp(entry->d_name, "undo.", 5) != 0)
			continue;
		int one = repair(dirfd(folder), entry->d_name, said);
		r = r < 0 || one >= 0 ? r : one;
		count += one > 0;
	}
	closedir(folder);
	return r < 0 ? r : count;
}
