#include "lab/cache.h"
#include "lab/words.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "kernel/cachestat.h"

enum { CHUNK = 1 << 20 };

static char chunk[CHUNK / 4];

const char *cache_missing(void)
{
	int fd = memfd_create("vires-lab", MFD_CLOEXEC);
	bool known = fd >= 0 && cache_used(fd) >= 0;

	if (fd >= 0)
		close(fd);
	return known ? NULL : N_("this kernel does not tell what of a file is cached (cachestat, Linux 6.5)");
}

int cache_file(struct stage *stage, const char *name, int64_t bytes)
{
	int fd = open(name, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	if (fd < 0)
		stage_skip(stage, N_("no directory to write to"));
	for (int64_t done = 0; done < bytes; done += (int64_t)sizeof chunk)
		if (write(fd, chunk, sizeof chunk) != (ssize_t)sizeof chunk)
			stage_skip(stage, N_("no room for a file on this disk"));
	if (cache_used(fd) == 0)
		stage_skip(stage, N_("this file system does not tell what of its files is cached"));
	return fd;
}

static struct cache_use use_of(int fd)
{
	struct cache_use use = { .cached_bytes = -1, .dirty_bytes = -1 };

	cachestat_read(fd, sysconf(_SC_PAGESIZE), &use);
	return use;
}

int64_t cache_used(int fd)
{
	return use_of(fd).cached_bytes;
}

int64_t cache_dirty(int fd)
{
	return use_of(fd).dirty_bytes;
}

void cache_drop(struct stage *stage, int fd)
{
	if (fsync(fd) < 0 || posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED) != 0)
		stage_skip(stage, N_("files cannot be put out of the page cache here"));
	if (cache_used(fd) > CHUNK)
		stage_skip(stage, N_("the files of this directory live in memory alone"));
}

void cache_read(int fd)
{
	lseek(fd, 0, SEEK_SET);
	while (read(fd, chunk, sizeof chunk) > 0)
		;
}
