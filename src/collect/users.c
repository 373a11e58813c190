#include "collect/users.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <unistd.h>

#include "kernel/passwd.h"

static int ask_service(const char *name, int64_t *ret_uid)
{
	const struct passwd *user = getpwnam(name);

	if (!user)
		return -ENOENT;
	*ret_uid = user->pw_uid;
	return 0;
}

static int ask_file(const char *root, const char *name, int64_t *ret_uid)
{
	struct buffer buffer = { 0 };
	struct span file;

	int fd = open(root, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	int r = passwd_read(fd, &buffer, &file);
	if (r == 0)
		r = passwd_id(file, span_of(name), ret_uid) ? 0 : -ENOENT;
	buffer_done(&buffer);
	close(fd);
	return r;
}

int user_find(const char *root, const char *name, int64_t *ret_uid)
{
	struct span rest = span_of(name);
	int64_t number;

	int r = root ? ask_file(root, name, ret_uid) : ask_service(name, ret_uid);
	if (r == 0 || !span_i64(&rest, &number) || rest.len || number < 0 || number > UINT32_MAX)
		return r;
	*ret_uid = number;
	return 0;
}
