#include "kernel/pid_page_kinds.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* As in linux/fs.h, which is newer than Debian 12's headers. */
struct scan {
	uint64_t size, flags, start, end, walk_end, regions, region_count, pages_most;
	uint64_t inverted, all_of, any_of, tell;
};

struct region {
	uint64_t start, end, categories;
};

#define SCAN_PAGES _IOWR('f', 16, struct scan)

enum { IS_FILE = 1 << 2, IS_PRESENT = 1 << 3, IS_SWAPPED = 1 << 4, IS_ZERO = 1 << 5, IS_HUGE = 1 << 6 };

enum { AT_ONCE = 512 };

/* Bits 63 present, 62 swapped, 61 of a file or of shared memory, 56 mapped by nobody else. */
static enum page_kind kind_of(uint64_t bits)
{
	if (bits >> 62 & 1)
		return PAGE_SWAPPED;
	if (!(bits >> 63 & 1))
		return PAGE_ABSENT;
	if (bits >> 61 & 1)
		return PAGE_FILE;
	return bits >> 56 & 1 ? PAGE_OWN : PAGE_SHARED;
}

static int read_entries(int fd, uint64_t first, uint8_t *ret, size_t count)
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
			*ret++ = (uint8_t)kind_of(bits[i]);
		first += have;
		count -= have;
	}
	return 0;
}

/* Marks what only the scan tells: pages of zeroes and huge pages. */
static int scan_entries(int fd, uint64_t start, uint64_t page_bytes, uint8_t *ret, size_t count)
{
	struct region regions[64];
	uint64_t end = start + count * page_bytes;
	struct scan scan = { .size = sizeof scan,
		             .start = start,
		             .end = end,
		             .regions = (uint64_t)(uintptr_t)regions,
		             .region_count = sizeof regions / sizeof regions[0],
		             .any_of = IS_ZERO | IS_HUGE,
		             .tell = IS_ZERO | IS_HUGE };

	while (scan.start < end) {
		int n = ioctl(fd, SCAN_PAGES, &scan);
		if (n < 0)
			return -errno;
		for (int i = 0; i < n; i++)
			for (uint64_t at = regions[i].start; at < regions[i].end; at += page_bytes)
				ret[(at - start) / page_bytes] =
					regions[i].categories & IS_ZERO ? PAGE_ZERO : PAGE_HUGE;
		if (scan.walk_end <= scan.start)
			break;
		scan.start = scan.walk_end;
	}
	return 0;
}

int pid_page_kinds_read(pid_t pid, uint64_t address, uint8_t *ret, size_t count)
{
	uint64_t page_bytes = (uint64_t)sysconf(_SC_PAGESIZE);
	char path[64];

	snprintf(path, sizeof path, "/proc/%d/pagemap", (int)pid);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	int r = read_entries(fd, address / page_bytes, ret, count);
	if (r == 0) {
		r = scan_entries(fd, address / page_bytes * page_bytes, page_bytes, ret, count);
		r = r == -ENOTTY ? 0 : r; /* before 6.7 */
	}
	close(fd);
	return r;
}
