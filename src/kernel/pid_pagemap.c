#include "kernel/pid_pagemap.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum { AT_ONCE = 512 };

struct page_entry page_entry_of(uint64_t bits)
{
	const uint64_t frame = bits & ((UINT64_C(1) << 55) - 1);
	struct page_entry entry = {
		.present = bits >> 63 & 1,
		.swapped = bits >> 62 & 1,
		.shared = bits >> 61 & 1,
		.exclusive = bits >> 56 & 1,
		.frame = -1,
	};

	if (entry.present && frame != 0)
		entry.frame = (int64_t)frame;
	return entry;
}

static int read_entries(int fd, uint64_t first, struct page_entry *ret, size_t count)
{
	uint64_t bits[AT_ONCE];

	while (count > 0) {
		size_t want = count < AT_ONCE ? count : AT_ONCE;
		ssize_t n = pread(fd, bits, want * sizeof *bits, (off_t)(first * sizeof *bits));
		if (n < 0)
			return -errno;
		size_t have = (size_t)n / sizeof *bits;
		if (have == 0)
			return -ERANGE;
		for (size_t i = 0; i < have; i++)
			*ret++ = page_entry_of(bits[i]);
		first += have;
		count -= have;
	}
	return 0;
}

int pid_pagemap_read(int pid_dirfd, uint64_t address, int64_t page_bytes, struct page_entry *ret, size_t count)
{
	int fd = openat(pid_dirfd, "pagemap", O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return -errno;
	int r = read_entries(fd, address / (uint64_t)page_bytes, ret, count);
	close(fd);
	return r;
}
