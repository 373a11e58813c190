#include "base/files.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/file.h"

static struct kept_file *find(struct files *files, const char *path)
{
	for (size_t i = 0; i < files->count; i++)
		if (!strcmp(files->kept[i].path, path))
			return &files->kept[i];
	return NULL;
}

static void forget(struct files *files, struct kept_file *file)
{
	close(file->fd);
	*file = files->kept[--files->count];
}

/* Whether it stays open. */
static bool keep(struct files *files, const char *path, int fd)
{
	size_t len = strlen(path);

	if (!files->keep || files->count == FILES_KEPT || len >= FILES_PATH)
		return false;
	struct kept_file *file = &files->kept[files->count++];
	memcpy(file->path, path, len + 1);
	file->fd = fd;
	return true;
}

int files_read(struct files *files, const char *path, size_t limit, struct span *ret)
{
	struct kept_file *file = find(files, path);

	if (file) {
		if (file_reslurp(file->fd, limit, &files->bytes, ret) == 0)
			return 0;
		forget(files, file);
	}
	int fd = openat(files->dirfd, path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return -errno;
	int r = file_reslurp(fd, limit, &files->bytes, ret);
	if (r < 0 || !keep(files, path, fd))
		close(fd);
	return r;
}

void files_done(struct files *files)
{
	while (files->count)
		forget(files, &files->kept[0]);
	buffer_done(&files->bytes);
}
