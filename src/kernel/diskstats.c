#include "kernel/diskstats.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "kernel/units.h"

enum { SECTOR_BYTES = 512, NS_PER_MS = NS_PER_S / 1000 };

/* The counters in the line's order, and what they count in. */
static const struct {
	uint8_t id;
	int64_t unit;
} counters[] = {
	{ DISK_reads, 1 },
	{ DISK_reads_merged, 1 },
	{ DISK_read_bytes, SECTOR_BYTES },
	{ DISK_read_ns, NS_PER_MS },
	{ DISK_writes, 1 },
	{ DISK_writes_merged, 1 },
	{ DISK_written_bytes, SECTOR_BYTES },
	{ DISK_write_ns, NS_PER_MS },
	{ DISK_in_flight, 1 },
	{ DISK_busy_ns, NS_PER_MS },
	{ DISK_waited_ns, NS_PER_MS },
	{ DISK_discards, 1 },
	{ DISK_discards_merged, 1 },
	{ DISK_discarded_bytes, SECTOR_BYTES },
	{ DISK_discard_ns, NS_PER_MS },
	{ DISK_flushes, 1 },
	{ DISK_flush_ns, NS_PER_MS },
};

enum { COUNTERS = sizeof counters / sizeof *counters, ALL_KERNELS = 11 };

static bool parse_line(struct span line, struct span *ret_name, struct disk *disk)
{
	int64_t major, minor, count;
	size_t i = 0;

	if (!span_i64(&line, &major) || !span_i64(&line, &minor) || !span_word(&line, ret_name))
		return false;
	disk_set(disk, major, major);
	disk_set(disk, minor, minor);
	for (; i < COUNTERS && span_i64(&line, &count); i++)
		units_set(&disk_fields[counters[i].id], disk, count, counters[i].unit);
	return i >= ALL_KERNELS;
}

int diskstats_parse(struct span bytes, struct arena *arena, struct disk *disks, size_t capacity)
{
	struct span line, name;
	size_t count = 0;

	while (span_whole_line(&bytes, &line)) {
		struct disk disk = { 0 };
		if (!parse_line(line, &name, &disk)) {
			if (count == 0)
				return -EBADMSG;
			continue;
		}
		if (count < capacity) {
			disk_set(&disk, name, arena_copy(arena, name));
			if (disk.name.len == 0)
				return -ENOMEM;
			disks[count] = disk;
		}
		count++;
	}
	return (int)count;
}

/* Whether sys/block/NAME/`file` is there; with "." the folder itself. */
static bool in_sys_block(int root_dirfd, struct span name, const char *file)
{
	char path[256];

	int len = snprintf(path, sizeof path, "sys/block/%.*s/%s", (int)name.len, name.at, file);
	if (len < 0 || (size_t)len >= sizeof path)
		return false;
	for (size_t i = 0; i < name.len; i++)
		if (name.at[i] == '/')
			path[sizeof "sys/block" + i] = '!';
	return faccessat(root_dirfd, path, F_OK, 0) == 0;
}

/* What sysfs says. A tree in which no disk has hardware does not say which ones have. */
static void set_kinds(int root_dirfd, struct disk *disks, size_t count)
{
	bool any_hardware = false;

	for (size_t i = 0; i < count; i++) {
		disk_set(&disks[i], is_partition, !in_sys_block(root_dirfd, disks[i].name, "."));
		disk_set(&disks[i], is_virtual,
		         !disks[i].is_partition && !in_sys_block(root_dirfd, disks[i].name, "device"));
		any_hardware |= !disks[i].is_partition && !disks[i].is_virtual;
	}
	for (size_t i = 0; i < count && !any_hardware; i++)
		disks[i].have.word[DISK_is_virtual / 64] &= ~(UINT64_C(1) << DISK_is_virtual % 64);
}

int diskstats_read(int root_dirfd, struct arena *arena, struct disk *disks, size_t capacity)
{
	enum { LIMIT = 16 * 1024 * 1024 };
	struct buffer buffer = { 0 };
	struct span bytes;

	int r = file_slurp(root_dirfd, "proc/diskstats", LIMIT, &buffer, &bytes);
	if (r == 0)
		r = diskstats_parse(bytes, arena, disks, capacity);
	buffer_done(&buffer);
	if (r > 0 && faccessat(root_dirfd, "sys/block", F_OK, 0) == 0)
		set_kinds(root_dirfd, disks, (size_t)r < capacity ? (size_t)r : capacity);
	return r;
}
