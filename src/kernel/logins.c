#include "kernel/logins.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <utmp.h>

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

static int sessions_read(int root_dirfd, struct machine *machine)
{
	int64_t count = 0;
	DIR *dir;

	int r = file_folder(root_dirfd, "run/systemd/sessions", &dir);
	if (r < 0)
		return r;
	for (const struct dirent *entry; (entry = readdir(dir));)
		count += user_session_at(dirfd(dir), entry->d_name);
	closedir(dir);
	machine_set(machine, users, count);
	return 0;
}

int logins_read(int root_dirfd, struct machine *machine)
{
	struct buffer buffer = { 0 };
	struct span bytes;

	int r = file_slurp(root_dirfd, "run/utmp", LIMIT, &buffer, &bytes);
	if (r == 0)
		r = utmp_parse(bytes, machine);
	else if (r == -ENOENT)
		r = sessions_read(root_dirfd, machine);
	buffer_done(&buffer);
	return r;
}
