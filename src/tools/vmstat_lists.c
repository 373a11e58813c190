/* vmstat -d, -D, -p and -m: disks and slabs. */
#include <errno.h>
#include <stdlib.h>

#include "render/data_list.h"
#include "render/text.h"
#include "tools/vmstat.h"

enum { SECTOR_BYTES = 512, NS_PER_MS = 1000000 };

static void put_field(struct buffer *buffer, const struct field_table *table, const void *record, unsigned id,
                      int64_t unit, size_t width)
{
	size_t start = buffer->len;
	int64_t value;

	if (record_number(&table->fields[id], record, &value))
		buffer_i64(buffer, value / unit, 0);
	else
		buffer_char(buffer, '-');
	buffer_right(buffer, start, width);
}

static bool is_partition(const struct disk *disk)
{
	return disk_has(disk, is_partition) && disk->is_partition;
}

static int put_disk_data(struct samples *samples, struct buffer *buffer, const struct view *view)
{
	data_list(buffer, samples->shared.data, "vmstat", view->now, "disks", &disk_table, view->now->disks,
	          view->now->disk_count, sizeof *view->now->disks, samples->repeat.taken == 1);
	return GO_ON;
}

static void put_disks_heading(struct buffer *buffer, const struct vmstat *vmstat, const struct view *view)
{
	if (vmstat->wide)
		buffer_text(buffer, "disk- -------------------reads------------------- "
		                    "-------------------writes------------------ ------IO-------");
	else
		buffer_text(buffer, "disk- ------------reads------------ ------------writes----------- -----IO------");
	vmstat_put_time_heading(buffer, vmstat);
	if (vmstat->wide)
		buffer_text(buffer, "          total    merged     sectors          ms     total    merged     sectors"
		                    "          ms     cur     sec");
	else
		buffer_text(buffer, "       total merged sectors      ms  total merged sectors      ms    cur    sec");
	vmstat_put_zone(buffer, vmstat, view);
}

static void put_disk(struct buffer *buffer, const struct vmstat *vmstat, const struct view *view,
                     const struct disk *disk)
{
	static const struct {
		uint8_t id, width, wide;
		int64_t unit;
	} columns[] = {
		{ DISK_reads, 6, 9, 1 },
		{ DISK_reads_merged, 6, 9, 1 },
		{ DISK_read_bytes, 7, 11, SECTOR_BYTES },
		{ DISK_read_ns, 7, 11, NS_PER_MS },
		{ DISK_writes, 6, 9, 1 },
		{ DISK_writes_merged, 6, 9, 1 },
		{ DISK_written_bytes, 7, 11, SECTOR_BYTES },
		{ DISK_write_ns, 7, 11, NS_PER_MS },
		{ DISK_in_flight, 6, 7, 1 },
		{ DISK_busy_ns, 6, 7, INT64_C(1000) * NS_PER_MS },
	};
	size_t used = text_put(buffer, disk->name, SIZE_MAX);

	buffer_fill(buffer, ' ', used < 5 ? 5 - used : 0);
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
		buffer_char(buffer, ' ');
		put_field(buffer, &disk_table, disk, columns[i].id, columns[i].unit,
		          vmstat->wide ? columns[i].wide : columns[i].width);
	}
	vmstat_put_time(buffer, vmstat, view);
	buffer_char(buffer, '\n');
}

int vmstat_disks_put(struct samples *samples, struct buffer *buffer, const struct view *view)
{
	struct vmstat *vmstat = (struct vmstat *)samples;

	if (samples->shared.data)
		return put_disk_data(samples, buffer, view);
	heading_restart(&vmstat->heading);
	for (size_t i = 0; i < view->now->disk_count; i++) {
		if (is_partition(&view->now->disks[i]))
			continue;
		if (heading_due(&vmstat->heading))
			put_disks_heading(buffer, vmstat, view);
		put_disk(buffer, vmstat, view, &view->now->disks[i]);
	}
	return GO_ON;
}

int vmstat_disk_sum_put(struct samples *samples, struct buffer *buffer, const struct view *view)
{
	static const struct {
		uint8_t id;
		int64_t unit;
		const char *words;
	} sums[] = {
		{ DISK_reads, 1, "total reads" },
		{ DISK_reads_merged, 1, "merged reads" },
		{ DISK_read_bytes, SECTOR_BYTES, "read sectors" },
		{ DISK_read_ns, NS_PER_MS, "milli reading" },
		{ DISK_writes, 1, "writes" },
		{ DISK_writes_merged, 1, "merged writes" },
		{ DISK_written_bytes, SECTOR_BYTES, "written sectors" },
		{ DISK_write_ns, NS_PER_MS, "milli writing" },
		{ DISK_in_flight, 1, "inprogress IO" },
		{ DISK_busy_ns, NS_PER_MS, "milli spent IO" },
		{ DISK_waited_ns, NS_PER_MS, "milli weighted IO" },
	};
	const struct snapshot *now = view->now;
	size_t partitions = 0;

	if (samples->shared.data)
		return put_disk_data(samples, buffer, view);
	for (size_t i = 0; i < now->disk_count; i++)
		partitions += is_partition(&now->disks[i]);
	buffer_format(buffer, "%13zu disks\n%13zu partitions\n", now->disk_count - partitions, partitions);
	for (size_t k = 0; k < sizeof sums / sizeof *sums; k++) {
		int64_t sum = 0, value;
		for (size_t i = 0; i < now->disk_count; i++)
			if (!is_partition(&now->disks[i]) &&
			    record_number(&disk_fields[sums[k].id], &now->disks[i], &value))
				sum += value;
		buffer_format(buffer, "%13lld %s\n", (long long)(sum / sums[k].unit), sums[k].words);
	}
	return GO_ON;
}

int vmstat_partition_put(struct samples *samples, struct buffer *buffer, const struct view *view)
{
	struct vmstat *vmstat = (struct vmstat *)samples;
	const struct disk *disk = NULL;

	for (size_t i = 0; i < view->now->disk_count && !disk; i++)
		if (span_is(view->now->disks[i].name, vmstat->partition))
			disk = &view->now->disks[i];
	if (!disk)
		return complain(samples->tool, 1, "Disk/Partition %s not found", vmstat->partition);
	if (samples->shared.data) {
		data_list(buffer, samples->shared.data, "vmstat", view->now, "disks", &disk_table, disk, 1,
		          sizeof *disk, samples->repeat.taken == 1);
		return GO_ON;
	}
	if (samples->repeat.taken == 1) {
		size_t used = text_put(buffer, disk->name, SIZE_MAX);
		buffer_fill(buffer, ' ', used < 10 ? 10 - used : 0);
		buffer_text(buffer, "      reads      read sectors      writes  requested writes\n");
	}
	put_field(buffer, &disk_table, disk, DISK_reads, 1, 21);
	buffer_text(buffer, "  ");
	put_field(buffer, &disk_table, disk, DISK_read_bytes, SECTOR_BYTES, 16);
	buffer_text(buffer, "  ");
	put_field(buffer, &disk_table, disk, DISK_writes, 1, 10);
	buffer_text(buffer, "  ");
	put_field(buffer, &disk_table, disk, DISK_written_bytes, SECTOR_BYTES, 16);
	buffer_char(buffer, '\n');
	return GO_ON;
}

static int by_name(const void *left, const void *right)
{
	const struct slab *a = left, *b = right;
	size_t len = a->name.len < b->name.len ? a->name.len : b->name.len;
	int order = memcmp(a->name.at, b->name.at, len);

	return order ? order : (a->name.len > b->name.len) - (a->name.len < b->name.len);
}

static void put_slab(struct buffer *buffer, const struct slab *slab)
{
	static const uint8_t ids[] = { SLAB_active_objects, SLAB_objects, SLAB_object_bytes, SLAB_objects_per_slab };

	text_cell(buffer, slab->name, 24, false);
	for (size_t i = 0; i < sizeof ids; i++) {
		buffer_char(buffer, ' ');
		put_field(buffer, &slab_table, slab, ids[i], 1, 6);
	}
	buffer_char(buffer, '\n');
}

int vmstat_slabs_put(struct samples *samples, struct buffer *buffer, const struct view *view)
{
	struct vmstat *vmstat = (struct vmstat *)samples;
	size_t count = view->now->slab_count;

	if (view->now->slabs_error)
		return complain(samples->tool, 1, "Unable to create slabinfo structure: %s",
		                strerror(-view->now->slabs_error));
	struct slab *slabs = malloc((count + 1) * sizeof *slabs);
	if (!slabs)
		return complain(samples->tool, 1, "%s", strerror(ENOMEM));
	if (count)
		memcpy(slabs, view->now->slabs, count * sizeof *slabs);
	qsort(slabs, count, sizeof *slabs, by_name);
	if (samples->shared.data)
		data_list(buffer, samples->shared.data, "vmstat", view->now, "slabs", &slab_table, slabs, count,
		          sizeof *slabs, samples->repeat.taken == 1);
	heading_restart(&vmstat->heading);
	for (size_t i = 0; i < count && !samples->shared.data; i++) {
		if (heading_due(&vmstat->heading))
			buffer_text(buffer, "Cache                       Num  Total   Size  Pages\n");
		put_slab(buffer, &slabs[i]);
	}
	free(slabs);
	return GO_ON;
}
