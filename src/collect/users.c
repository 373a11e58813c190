#include "collect/users.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <unistd.h>

#include "kernel/passwd.h"

static int ask_for_user(const char *name, int64_t *ret_uid)
{
	const struct passwd *user = getpwnam(name);

	if (!user)
		return -ENOENT;
	*ret_uid = user->pw_uid;
	return 0;
}

static int ask_for_group(const char *name, int64_t *ret_gid)
{
	const struct group *group = getgrnam(name);

	if (!group)
		return -ENOENT;
	*ret_gid = group->gr_gid;
	return 0;
}

/* A captured tree in time steps has its files in each of them. */
static int open_root(const char *root)
{
	int fd = open(root, O_PATH | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0 || faccessat(fd, "proc", F_OK, 0) == 0)
		return fd < 0 ? -errno : fd;
	int step = openat(fd, "0", O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (step < 0)
		return fd;
	close(fd);
	return step;
}

static int ask_file(const char *root, int (*read)(int, struct buffer *, struct span *), const char *name, int64_t *ret)
{
	struct buffer buffer = { 0 };
	struct span file;

	int fd = open_root(root);
	if (fd < 0)
		return fd;
	int r = read(fd, &buffer, &file);
	if (r == 0)
		r = passwd_id(file, span_of(name), ret) ? 0 : -ENOENT;
	buffer_done(&buffer);
	close(fd);
	return r;
}

/* What is no name may still be a number. */
static int or_number(int r, const char *name, int64_t *ret)
{
	struct span rest = span_of(name);
	int64_t number;

	if (r == 0 || !span_i64(&rest, &number) || rest.len || number < 0 || number > UINT32_MAX)
		return r;
	*ret = number;
	return 0;
}

int user_find(const char *root, const char *name, int64_t *ret_uid)
{
	return or_number(root ? ask_file(root, passwd_read, name, ret_uid) : ask_for_user(name, ret_uid), name,
	                 ret_uid);
}

int group_find(const char *root, const char *name, int64_t *ret_gid)
{
	return or_number(root ? ask_file(root, group_read, name, ret_gid) : ask_for_group(name, ret_gid), name,
	                 ret_gid);
}
