/* What was killed when memory ran out, out of the lines that the kernel writes about it. Pure; fed line by line. */
#ifndef ANALYSIS_OOM_LOG_H
#define ANALYSIS_OOM_LOG_H

#include "base/arena.h"

/* One row of the kernel's table of all that were looked at. */
struct oom_holder {
	int64_t pid, rss_bytes, swap_bytes, page_table_bytes, adj;
	struct span name;
};

struct oom_kill {
	int64_t since_boot_ns;            /* -1: the line has no time */
	struct span asker;                /* whose request could not be met; empty: not known */
	bool in_group;                    /* the limit of a control group, not the whole machine */
	struct span group;                /* whose limit it was */
	int64_t usage_bytes, limit_bytes; /* of the group; -1: not said */
	int64_t pid, uid;                 /* of who was killed; uid -1: not said */
	struct span name;
	int64_t virt_bytes, anon_bytes, file_bytes, shmem_bytes, page_table_bytes; /* -1: not said */
	int64_t adj;
	const struct oom_holder *holders; /* as the kernel lists them; the killed one is among them */
	size_t holder_count;
};

struct oom_log {
	struct oom_kill *kills; /* oldest first */
	size_t count, capacity;
	int64_t page_bytes;
	/* of the report that is being read */
	struct oom_kill open;
	struct oom_holder *rows;
	size_t row_count, row_capacity;
	unsigned columns; /* of its table; 0: outside of it */
	struct arena texts;
};

void oom_log_init(struct oom_log *log, int64_t page_bytes);
void oom_log_done(struct oom_log *log);

/* Takes the next line, without the time in front of it. -ENOMEM. */
int oom_log_line(struct oom_log *log, int64_t since_boot_ns, struct span line);

/* Cuts "[ 1234.567890] " off the front of a line of dmesg. -1 when there is none. */
int64_t oom_log_time(struct span *line);

#endif
