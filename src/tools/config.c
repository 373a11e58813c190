#include "tools/config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

static int config_path(const char *name, char path[CONFIG_PATH])
{
	const char *base = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
	int len = -1;

	if (base && base[0] == '/')
		len = snprintf(path, CONFIG_PATH, "%s/vires/%s", base, name);
	else if (home && home[0])
		len = snprintf(path, CONFIG_PATH, "%s/.config/vires/%s", home, name);
	if (len > 0 && len < CONFIG_PATH - 8)
		return 0;
	snprintf(path, CONFIG_PATH, "vires/%s", name);
	return -ENOENT;
}

int config_read(const char *name, char path[CONFIG_PATH], struct buffer *buffer, struct span *ret)
{
	enum { MOST = 64 * 1024 };

	int r = config_path(name, path);
	return r < 0 ? r : file_slurp(AT_FDCWD, path, MOST, buffer, ret);
}

/* Those that are there are fine. */
static void make_folders(char *path)
{
	for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		mkdir(path, 0700);
		*slash = '/';
	}
}

static int write_file(const char *path, struct span bytes)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600), r = 0;

	if (fd < 0)
		return -errno;
	while (r == 0 && bytes.len) {
		ssize_t n = write(fd, bytes.at, bytes.len);
		if (n >= 0)
			bytes = span_skip(bytes, (size_t)n);
		else if (errno != EINTR)
			r = -errno;
	}
	if (close(fd) < 0 && r == 0)
		r = -errno;
	return r;
}

int config_write(const char *name, char path[CONFIG_PATH], struct span bytes)
{
	char beside[CONFIG_PATH + 8];

	int r = config_path(name, path);
	if (r < 0)
		return r;
	make_folders(path);
	snprintf(beside, sizeof beside, "%s.new", path);
	r = write_file(beside, bytes);
	if (r == 0 && rename(beside, path) < 0)
		r = -errno;
	if (r < 0)
		unlink(beside);
	return r;
}
