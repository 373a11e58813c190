#include "kernel/pid_pagemap.h"

#include <errno.h>
#include <fcntl.h>
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

enum { IS_PRESENT = 1 << 3, IS_SWAPPED = 1 << 4, IS_ZERO = 1 << 5, IS_HUGE = 1 << 6 };

enum { AT_ONCE = 512 };

static enum page_kind kind_of(const struct page_entry *entry)
{
	if (entry->swapped)
		return PAGE_SWAPPED;
	if (!entry->present)
		return PAGE_ABSENT;
	if (entry->shared)
		return PAGE_FILE;
	return entry->exclusive ? PAGE_OWN : PAGE_SHARED;
}

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
	entry.kind = kind_of(&entry);
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

/* Gets a region that the kernel has found. Anything but 0 ends the scan. */
typedef int region_visit(void *context, const struct region *region);

static int scan(int fd, uint64_t start, uint64_t end, uint64_t any_of, region_visit *visit, void *context)
{
	struct region regions[64];
	struct scan scan = { .size = sizeof scan,
		             .start = start,
		             .end = end,
		             .regions = (uint64_t)(uintptr_t)regions,
		             .region_count = sizeof regions / sizeof regions[0],
		             .any_of = any_of,
		             .tell = IS_PRESENT | IS_SWAPPED | IS_ZERO | IS_HUGE };

	while (scan.start < end) {
		int n = ioctl(fd, SCAN_PAGES, &scan);
		if (n < 0)
			return -errno;
		for (int i = 0; i < n; i++) {
			int r = visit(context, &regions[i]);
			if (r != 0)
				return r;
		}
		if (scan.walk_end <= scan.start)
			break;
		scan.start = scan.walk_end;
	}
	return 0;
}

struct marking {
	struct page_entry *entries;
	uint64_t start, page_bytes;
};

static int mark(void *context, const struct region *region)
{
	const struct marking *marking = context;

	for (uint64_t at = region->start; at < region->end; at += marking->page_bytes)
		marking->entries[(at - marking->start) / marking->page_bytes].kind =
			region->categories & IS_ZERO ? PAGE_ZERO : PAGE_HUGE;
	return 0;
}

int pid_pagemap_scan(int pid_dirfd, uint64_t address, int64_t page_bytes, struct page_entry *entries, size_t count)
{
	uint64_t page = (uint64_t)page_bytes;
	struct marking marking = { entries, address / page * page, page };
	int fd = openat(pid_dirfd, "pagemap", O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return -errno;
	int r = scan(fd, marking.start, marking.start + count * page, IS_ZERO | IS_HUGE, mark, &marking);
	close(fd);
	return r;
}

struct walk {
	int fd;
	uint64_t page_bytes;
	page_run_visit *visit;
	void *context;
	/* not shown yet, as more of the kind may follow */
	uint64_t start, end;
	enum page_kind kind;
};

static int flush(struct walk *walk)
{
	return walk->kind == PAGE_ABSENT ? 0 : walk->visit(walk->context, walk->start, walk->end, walk->kind);
}

static int extend(struct walk *walk, uint64_t start, uint64_t end, enum page_kind kind)
{
	if (kind == walk->kind && start == walk->end) {
		walk->end = end;
		return 0;
	}
	int r = flush(walk);
	walk->start = start;
	walk->end = end;
	walk->kind = kind;
	return r;
}

static int walk_entries(struct walk *walk, uint64_t start, uint64_t end)
{
	struct page_entry entries[AT_ONCE];
	int r = 0;

	while (start < end && r == 0) {
		uint64_t left = (end - start) / walk->page_bytes;
		size_t count = left < AT_ONCE ? (size_t)left : AT_ONCE;
		r = read_entries(walk->fd, start / walk->page_bytes, entries, count);
		for (size_t i = 0; i < count && r == 0; i++, start += walk->page_bytes)
			r = extend(walk, start, start + walk->page_bytes, entries[i].kind);
	}
	return r;
}

static int walk_region(void *context, const struct region *region)
{
	struct walk *walk = context;
	uint64_t is = region->categories;

	if (is & (IS_ZERO | IS_HUGE | IS_SWAPPED))
		return extend(walk, region->start, region->end,
		              is & IS_ZERO ? PAGE_ZERO :
		              is & IS_HUGE ? PAGE_HUGE :
		                             PAGE_SWAPPED);
	return walk_entries(walk, region->start, region->end);
}

int pid_pagemap_runs(int pid_dirfd, uint64_t start, uint64_t end, int64_t page_bytes, page_run_visit *visit,
                     void *context)
{
	struct walk walk = { .page_bytes = (uint64_t)page_bytes, .visit = visit, .context = context };

	walk.fd = openat(pid_dirfd, "pagemap", O_RDONLY | O_CLOEXEC);
	if (walk.fd < 0)
		return -errno;
	int r = scan(walk.fd, start, end, IS_PRESENT | IS_SWAPPED, walk_region, &walk);
	if (r == -ENOTTY)
		r = walk_entries(&walk, start, end);
	if (r == 0)
		r = flush(&walk);
	close(walk.fd);
	return r;
}
