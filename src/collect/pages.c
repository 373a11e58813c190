#include "collect/pages.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int pages_read(int64_t pid, uint64_t address, struct page_entry *ret, size_t count)
{
	char path[32];

	snprintf(path, sizeof path, "/proc/%lld", (long long)pid);
	int fd = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	int r = pid_pagemap_read(fd, address, sysconf(_SC_PAGESIZE), ret, count);
	close(fd);
	return r;
}
