/* What the program `pages` is asked and what it answers. Both sides include this, as record.h. */
#ifndef KERNEL_BPF_PAGE_SUM_H
#define KERNEL_BPF_PAGE_SUM_H

#include "kernel/bpf/ram.h"

enum page_status {
	PAGES_ASKED,     /* not done yet: `start` says how far */
	PAGES_COUNTED,   /* all of them */
	PAGES_ELSEWHERE, /* there is something that only smaps knows to count; or it is not that process any more */
};

enum page_sort { PRIVATE_CLEAN, PRIVATE_DIRTY, SHARED_CLEAN, SHARED_DIRTY, PAGE_SORTS };

/* Pages of one process between two of its addresses. */
struct page_sum {
	unsigned host_pid, status;
	unsigned long long boot_ns; /* when it started, in the kernel's own count */
	unsigned long long start, end;
	/* In pages, as smaps counts them. */
	unsigned long long pages[PAGE_SORTS];
	unsigned long long huge;        /* of them those in huge entries */
	unsigned long long shared_part; /* of the shared ones its own part, in bytes << PAGE_PART_SHIFT */
};

enum { PAGE_PART_SHIFT = 12 }; /* as the kernel's */

enum {
	PAGE_GROUP = 8, /* entries that are looked at together */
	PAGE_SUMS_AT_ONCE = 1024,
	PAGES_AT_ONCE = 16384, /* about 0.3 ms */
};

enum page_job { JOB_CALIBRATE, JOB_COUNT };

/* A copy of a table of the process, or of a part of one. */
struct page_table {
	unsigned long long base; /* the address that the first entry describes */
	unsigned count, group;   /* entries; the group that is next */
	unsigned long long entries[PAGE_ENTRIES + PAGE_GROUP];
};

struct page_control {
	unsigned job, count; /* questions */
	/* JOB_CALIBRATE, of the reader itself: a file that the page belongs to that `ram` names a word of. */
	unsigned long long file;
	struct ram ram;
	unsigned long long page_map; /* it finds this (0: not) and, of the reader, host_pid and boot_ns of `sum` */
	/* of the program alone */
	unsigned long long pointer; /* on its way to being a number */
	unsigned long long root, start, end, entry, leaf, leaf_base;
	unsigned pid, level;
	int stop;       /* 0: go on */
	long long left; /* pages and tables that may still be looked at */
	struct page_sum sum;
	struct page_table tables[PAGE_LEVELS];
};

#endif
