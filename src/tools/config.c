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

int config_write(const char *name, char path[CONFIG_PATH], struct span bytes)
{
	char beside[CONFIG_PATH + 8];

	int r = config_path(name, path);
	if (r < 0)
		return r;
	make_folders(path);
	snprintf(beside, sizeof beside, "%s.new", path);
	r = file_save(beside, 0600, bytes);
	if (r == 0 && rename(beside, path) < 0)
		r = -errno;
	if (r < 0)
		unlink(beside);
	return r;
}
