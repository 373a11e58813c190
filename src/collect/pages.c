#include "collect/pages.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "collect/root.h"

int pages_read(int64_t pid, uint64_t address, struct page_entry *ret, size_t count)
{
	int64_t page_bytes = sysconf(_SC_PAGESIZE);
	int fd = root_open_process(pid);

	if (fd < 0)
		return fd;
	int r = pid_pagemap_read(fd, address, page_bytes, ret, count);
	if (r == 0) {
		r = pid_pagemap_scan(fd, address, page_bytes, ret, count);
		r = r == -ENOTTY ? 0 : r;
	}
	close(fd);
	return r;
}

int pages_walk(int64_t pid, uint64_t start, uint64_t end, page_run_visit *visit, void *context)
{
	int fd = root_open_process(pid);

	if (fd < 0)
		return fd;
	int r = pid_pagemap_runs(fd, start, end, sysconf(_SC_PAGESIZE), visit, context);
	close(fd);
	return r;
}

int pages_frame(int64_t frame, struct frame *ret)
{
	int fd = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return -errno;
	int r = frame_read(fd, frame, ret);
	close(fd);
	return r;
}
