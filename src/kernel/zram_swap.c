#include "kernel/zram_swap.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/swap.h>
#include <unistd.h>

#include "base/file.h"

enum { PATH_BYTES = 64 };

int zram_swap_make(void)
{
	char bytes[32];
	struct span text;
	int64_t number;
	int r = file_read(AT_FDCWD, "/sys/class/zram-control/hot_add", bytes, sizeof bytes, &text);

	if (r < 0)
		return r == -ENOENT ? -EOPNOTSUPP : r;
	return span_i64(&text, &number) ? (int)number : -EBADMSG;
}

/* The head of a swap area, as mkswap(8) writes it: version 1, its last page, and the signature at the end of a page. */
static int write_head(const char *device, int64_t bytes)
{
	const size_t page = (size_t)sysconf(_SC_PAGESIZE);
	const uint32_t head[2] = { 1, (uint32_t)(bytes / (int64_t)page - 1) };
	char *first = calloc(1, page);
	int fd = first ? open(device, O_WRONLY | O_CLOEXEC) : -1;
	int r = !first ? -ENOMEM : fd < 0 ? -errno : 0;

	if (r == 0) {
		memcpy(first + 1024, head, sizeof head);
		memcpy(first + page - 10, "SWAPSPACE2", 10);
		if (write(fd, first, page) != (ssize_t)page || fsync(fd) < 0)
			r = -EIO;
	}
	if (fd >= 0)
		close(fd);
	free(first);
	return r;
}

int zram_swap_on(int number, int64_t bytes)
{
	char device[PATH_BYTES], path[PATH_BYTES], size[32];

	snprintf(device, sizeof device, "/dev/zram%d", number);
	snprintf(path, sizeof path, "/sys/block/zram%d/disksize", number);
	snprintf(size, sizeof size, "%lld", (long long)bytes);
	int r = file_set(AT_FDCWD, path, size);
	if (r == 0)
		r = write_head(device, bytes);
	if (r == 0 && swapon(device, SWAP_FLAG_PREFER | SWAP_FLAG_PRIO_MASK) < 0)
		r = -errno;
	return r;
}

int zram_swap_remove(int number)
{
	char device[PATH_BYTES], path[PATH_BYTES], text[16];

	snprintf(device, sizeof device, "/dev/zram%d", number);
	if (swapoff(device) < 0 && errno != EINVAL && errno != ENOENT)
		return -errno;
	snprintf(path, sizeof path, "/sys/block/zram%d/reset", number);
	int r = file_set(AT_FDCWD, path, "1");
	if (r == -ENOENT)
		return 0;
	snprintf(text, sizeof text, "%d", number);
	return r < 0 ? r : file_set(AT_FDCWD, "/sys/class/zram-control/hot_remove", text);
}
