#include "kernel/logins.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <utmp.h>

#include "base/clock.h"
#include "base/file.h"

enum { LIMIT = 64 * 1024 * 1024 };

int utmp_parse(struct span bytes, struct machine *machine)
{
	struct utmp record;
	int64_t count = 0;

	if (bytes.len % sizeof record)
		return -EBADMSG;
	for (; bytes.len; bytes = span_skip(bytes, sizeof record)) {
		memcpy(&record, bytes.at, sizeof record);
		count += record.ut_type == USER_PROCESS && record.ut_user[0];
	}
	machine_set(machine, users, count);
	return 0;
}

bool session_is_user(struct span bytes)
{
	struct span line;

	while (span_line(&bytes, &line))
		if (span_starts(line, SPAN("CLASS=user")))
			return true;
	return false;
}

static bool user_session_at(int dirfd, const char *name)
{
	char buf[4096];
	struct span bytes;

	return name[0] != '.' && file_read(dirfd, name, buf, sizeof buf, &bytes) == 0 && session_is_user(bytes);
}

static const char utmp[] = "run/utmp", sessions[] = "run/systemd/sessions";

static int sessions_read(int root_dirfd, struct machine *machine)
{
	int64_t count = 0;
	DIR *dir;

	int r = file_folder(root_dirfd, sessions, &dir);
	if (r < 0)
		return r;
	for (const struct dirent *entry; (entry = readdir(dir));)
		count += user_session_at(dirfd(dir), entry->d_name);
	closedir(dir);
	machine_set(machine, users, count);
	return 0;
}

static int count(int root_dirfd, struct machine *machine)
{
	struct buffer buffer = { 0 };
	struct span bytes;

	int r = file_slurp(root_dirfd, utmp, LIMIT, &buffer, &bytes);
	if (r == 0)
		r = utmp_parse(bytes, machine);
	else if (r == -ENOENT)
		r = sessions_read(root_dirfd, machine);
	buffer_done(&buffer);
	return r;
}

/* Where the count comes from, as it is now; nothing where that cannot be seen. */
static struct login_source look(int root_dirfd)
{
	const char *path = utmp;
	struct stat file;

	if (fstatat(root_dirfd, path, &file, 0) < 0) {
		path = sessions;
		if (errno != ENOENT || fstatat(root_dirfd, path, &file, 0) < 0)
			return (struct login_source){ 0 };
	}
	return (struct login_source){ .path = path,
		                      .device = file.st_dev,
		                      .inode = file.st_ino,
		                      .size = (uint64_t)file.st_size,
		                      .changed_ns = file.st_mtim.tv_sec * NS_PER_S + file.st_mtim.tv_nsec };
}

static bool is_same(const struct login_source *a, const struct login_source *b)
{
	return a->path && a->path == b->path && a->device == b->device && a->inode == b->inode && a->size == b->size &&
	       a->changed_ns == b->changed_ns;
}

int logins_read(int root_dirfd, struct logins *known, struct machine *machine)
{
	static const int64_t good_ns = 10 * NS_PER_S;

	if (!known)
		return count(root_dirfd, machine);
	struct login_source source = look(root_dirfd);
	int64_t now_ns = clock_ns(CLOCK_MONOTONIC);
	if (known->settled && is_same(&known->source, &source) && now_ns - known->counted_ns < good_ns) {
		machine_set(machine, users, known->users);
		return 0;
	}
	int r = count(root_dirfd, machine);
	/* Within a tick of the last change, one more would leave the time as it is. */
	*known = (struct logins){ .source = source,
		                  .users = machine->users,
		                  .counted_ns = now_ns,
		                  .settled = r == 0 && source.changed_ns < clock_ns(CLOCK_REALTIME) - NS_PER_S };
	return r;
}
