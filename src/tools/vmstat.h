/* The parts of vires vmstat. */
#ifndef TOOLS_VMSTAT_H
#define TOOLS_VMSTAT_H

#include "tools/heading.h"
#include "tools/samples.h"

enum { ENDLESS = -1 };

enum vmstat_mode { MODE_TABLE, MODE_DISKS, MODE_DISK_SUM, MODE_PARTITION, MODE_SLABS, MODE_STATS };

struct vmstat {
	struct samples samples;
	struct heading heading;
	enum vmstat_mode mode;
	const char *partition;
	int64_t unit_bytes; /* of memory */
	const char *unit;   /* its letter */
	int64_t lines;      /* asked for; ENDLESS */
	bool active, wide, timestamp, no_first, one_header, forks;
	bool mixed; /* two modes were chosen */
};

/* The modes: what each needs to know, and how it says it; `put` is that of struct samples. */
void vmstat_table_request(struct request *request);
int vmstat_table_put(struct samples *samples, struct buffer *buffer, const struct view *view);

void vmstat_stats_request(struct request *request);
int vmstat_stats_put(struct samples *samples, struct buffer *buffer, const struct view *view);
int vmstat_forks_put(struct samples *samples, struct buffer *buffer, const struct view *view);

int vmstat_disks_put(struct samples *samples, struct buffer *buffer, const struct view *view);
int vmstat_disk_sum_put(struct samples *samples, struct buffer *buffer, const struct view *view);
int vmstat_partition_put(struct samples *samples, struct buffer *buffer, const struct view *view);
int vmstat_slabs_put(struct samples *samples, struct buffer *buffer, const struct view *view);

/* The column of -t: " 2026-11-21 15:08:49". */
void vmstat_put_time(struct buffer *buffer, const struct vmstat *vmstat, const struct view *view);

/* The headings of that column, on both lines. */
void vmstat_put_time_heading(struct buffer *buffer, const struct vmstat *vmstat);
void vmstat_put_zone(struct buffer *buffer, const struct vmstat *vmstat, const struct view *view);

#endif
