#include "kernel/frames.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <unistd.h>

static int read_word(int root_dirfd, const char *path, int64_t frame, uint64_t *ret)
{
	int fd = openat(root_dirfd, path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return -errno;
	ssize_t n = pread(fd, ret, sizeof *ret, (off_t)(frame * (int64_t)sizeof *ret));
	int r = n == sizeof *ret ? 0 : n < 0 ? -errno : -ERANGE;
	close(fd);
	return r;
}

int frame_read(int root_dirfd, int64_t frame, struct frame *ret)
{
	uint64_t flags, count;

	int r = read_word(root_dirfd, "proc/kpageflags", frame, &flags);
	if (r == 0)
		r = read_word(root_dirfd, "proc/kpagecount", frame, &count);
	if (r == 0)
		*ret = (struct frame){ flags, (int64_t)count };
	return r;
}

int frames_end(int root_dirfd, int64_t *ret)
{
	int64_t low = 0, high = INT64_C(1) << 36; /* x86-64 has no more */
	uint64_t word;
	ssize_t n = 0;

	int fd = openat(root_dirfd, "proc/kpagecount", O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	while (n >= 0 && low < high) {
		int64_t middle = (low + high) / 2;
		n = pread(fd, &word, sizeof word, (off_t)(middle * (int64_t)sizeof word));
		if (n == sizeof word)
			low = middle + 1;
		else
			high = middle;
	}
	int r = n < 0 ? -errno : 0;
	close(fd);
	if (r == 0)
		*ret = low;
	return r;
}

const char *frame_flag_name(unsigned bit)
{
	static const char *const names[] = {
		"locked",     "error",         "referenced",    "uptodate",  "dirty",       "lru",        "active",
		"slab",       "writeback",     "reclaim",       "buddy",     "mapped",      "anon",       "swapcache",
		"swapbacked", "compound-head", "compound-tail", "hugetlb",   "unevictable", "hwpoison",   "nopage",
		"ksm",        "thp",           "offline",       "zero-page", "idle",        "page-table",
	};

	return bit < sizeof names / sizeof *names ? names[bit] : NULL;
}
