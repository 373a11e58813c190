/* A root directory of one's own for tests of readers: made under /tmp, gone at the end. */
#ifndef TESTS_UNIT_TEMPORARY_ROOT_H
#define TESTS_UNIT_TEMPORARY_ROOT_H

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct temporary_root {
	char path[64];
	int dirfd;
};

static inline int root_setup(void **state)
{
	struct temporary_root *root = calloc(1, sizeof *root);

	if (!root)
		return -1;
	snprintf(root->path, sizeof root->path, "/tmp/vires-root-XXXXXX");
	if (!mkdtemp(root->path))
		return -1;
	root->dirfd = open(root->path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	*state = root;
	return root->dirfd < 0;
}

static inline int root_remove(const char *path, const struct stat *info, int kind, struct FTW *where)
{
	(void)info, (void)kind, (void)where;
	return remove(path);
}

static inline int root_teardown(void **state)
{
	struct temporary_root *root = *state;

	close(root->dirfd);
	int r = nftw(root->path, root_remove, 16, FTW_DEPTH | FTW_PHYS);
	free(root);
	return r;
}

/* Makes the folders above `path`, too. */
static inline void root_folders(const struct temporary_root *root, const char *path)
{
	char folder[256];

	for (const char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
		snprintf(folder, sizeof folder, "%.*s", (int)(slash - path), path);
		mkdirat(root->dirfd, folder, 0777);
	}
}

static inline void root_file(const struct temporary_root *root, const char *path, const char *text)
{
	root_folders(root, path);
	int fd = openat(root->dirfd, path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (fd < 0 || write(fd, text, strlen(text)) != (ssize_t)strlen(text))
		abort();
	close(fd);
}

static inline void root_link(const struct temporary_root *root, const char *path, const char *target)
{
	root_folders(root, path);
	if (symlinkat(target, root->dirfd, path) < 0)
		abort();
}

#endif
