#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static ssize_t read_at(int fd, char *buf, size_t size, size_t offset)
{
	ssize_t n;

	do
		n = pread(fd, buf, size, (off_t)offset);
	while (n < 0 && errno == EINTR);
	return n < 0 ? -errno : n;
}

/* A short read is the end of a seq file that fits its page; the long ones need the read that says 0. */
static bool is_whole(ssize_t last, size_t len)
{
	return last == 0 || len < 2048;
}

int file_reread(int fd, char *buf, size_t size, struct span *ret)
{
	size_t len = 0;
	ssize_t n;

	do {
		n = read_at(fd, buf + len, size - len, len);
		if (n < 0)
			return (int)n;
		len += (size_t)n;
		if (len == size)
			return -EFBIG;
	} while (!is_whole(n, len));
	*ret = (struct span){ buf, len };
	return 0;
}

int file_reslurp(int fd, size_t limit, struct buffer *buffer, struct span *ret)
{
	ssize_t n;

	buffer_clear(buffer);
	do {
		char *into = buffer_room(buffer, 4096);
		if (!into)
			return -ENOMEM;
		n = read_at(fd, into, buffer->size - buffer->len, buffer->len);
		if (n < 0)
			return (int)n;
		buffer->len += (size_t)n;
		if (buffer->len > limit)
			return -EFBIG;
	} while (!is_whole(n, buffer->len));
	*ret = buffer_span(buffer);
	return 0;
}

int file_read(int dirfd, const char *path, char *buf, size_t size, struct span *ret)
{
	int fd = openat(dirfd, path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return -errno;

	int r = file_reread(fd, buf, size, ret);
	close(fd);
	return r;
}

int file_slurp(int dirfd, const char *path, size_t limit, struct buffer *buffer, struct span *ret)
{
	int fd = openat(dirfd, path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return -errno;

	size_t start = buffer->len;
	int r = 0;
	for (;;) {
		char *into = buffer_room(buffer, 4096);
		if (!into) {
			r = -ENOMEM;
			break;
		}
		ssize_t n = read(fd, into, buffer->size - buffer->len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			r = -errno;
		if (n <= 0)
			break;
		buffer->len += (size_t)n;
		if (buffer->len - start > limit) {
			r = -EFBIG;
			break;
		}
	}
	close(fd);
	if (r < 0)
		buffer->len = start;
	else
		*ret = (struct span){ buffer->at + start, buffer->len - start };
	return r;
}

int file_link(int dirfd, const char *path, char *buf, size_t size, struct span *ret)
{
	ssize_t n = readlinkat(dirfd, path, buf, size);

	if (n < 0)
		return -errno;
	if ((size_t)n == size)
		return -ENAMETOOLONG;
	*ret = (struct span){ buf, (size_t)n };
	return 0;
}

int file_folder(int dirfd, const char *path, DIR **ret)
{
	int fd = openat(dirfd, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return -errno;

	DIR *folder = fdopendir(fd);
	int r = folder ? 0 : -errno;
	if (folder)
		*ret = folder;
	else
		close(fd);
	return r;
}

int file_set(int dirfd, const char *path, const char *text)
{
	int fd = openat(dirfd, path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;

	int r = write(fd, text, strlen(text)) < 0 ? -errno : 0;
	close(fd);
	return r;
}

int file_write(int fd, struct span bytes)
{
	while (bytes.len) {
		ssize_t n = write(fd, bytes.at, bytes.len);
		if (n >= 0)
			bytes = span_skip(bytes, (size_t)n);
		else if (errno != EINTR)
			return -errno;
	}
	return 0;
}

int file_save(const char *path, mode_t mode, struct span bytes)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
	if (fd < 0)
		return -errno;

	int r = file_write(fd, bytes);
	if (close(fd) < 0 && r == 0)
		r = -errno;
	return r;
}
