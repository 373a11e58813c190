/* What sar and sadf have in common: views of the machine, each a table of columns, and how they are chosen. */
#ifndef TOOLS_SAR_H
#define TOOLS_SAR_H

#include "base/cpu_set.h"
#include "model/mean.h"
#include "model/pair_items.h"
#include "tools/heading.h"
#include "tools/sysstat.h"

struct sar_column {
	const char *title; /* NULL: only programs see it, in sadf -j and -x */
	const char *key;   /* theirs */
	enum figure figure;
	uint8_t id;        /* of machine_table, cpu_table or disk_table; what SAR_CPUS has is in enum sar_cpu_column */
	const char *group; /* element of its own within that of the view; NULL: none */
};

/* Columns of CPUs that are made from several shares, or less their guests. */
enum sar_cpu_column {
	SAR_USER,
	SAR_NICE,
	SAR_SYSTEM, /* interrupts too */
	SAR_IOWAIT,
	SAR_STEAL,
	SAR_IDLE,
	SAR_USR, /* guests apart */
	SAR_NICE_ALONE,
	SAR_SYS,
	SAR_IRQ,
	SAR_SOFT,
	SAR_GUEST,
	SAR_GNICE
};

/* In the order in which they are shown, whatever the order in which they were chosen. */
enum sar_view_id {
	SAR_CPU,
	SAR_CPU_ALL,
	SAR_SWITCHES,
	SAR_SWAPPING,
	SAR_PAGING,
	SAR_IO,
	SAR_MEMORY,
	SAR_MEMORY_ALL,
	SAR_SWAP,
	SAR_HUGE,
	SAR_TABLES,
	SAR_QUEUE,
	SAR_DISKS,
	SAR_PSI_CPU,
	SAR_PSI_IO,
	SAR_PSI_MEMORY,
	SAR_VIEWS
};

struct sar_view {
	enum { SAR_MACHINE, SAR_ALL_DISKS, SAR_EACH_CPU, SAR_EACH_DISK } of;
	const char *item_title; /* of what has a line each; NULL: one line in all */
	const struct sar_column *columns;
	size_t column_count;
	/* in sadf -j and -x */
	const char *outer;      /* element around it that it shares with its neighbours, or NULL */
	const char *element;    /* neighbours with the same one are put together */
	const char *attributes; /* of the element, in XML */
	bool children;          /* in XML, columns are elements and not attributes */
};

extern const struct sar_view sar_views[SAR_VIEWS];

struct sar {
	struct sysstat sysstat;
	struct mean mean;
	struct heading heading;
	unsigned views;     /* set of enum sar_view_id */
	unsigned available; /* of those, what this machine has */
	bool pretty;        /* names at the end of the line */
	bool omit_idle;     /* no lines of devices that did nothing */
	bool every_cpu;
	bool chose_cpus; /* -P: what is in the next two */
	bool all_cpus_together;
	struct cpu_set cpus;
	const char *devices; /* only these, with commas between; NULL: all */
	bool from_time;      /* -s or -e */
};

/* One line of a view. */
struct sar_item {
	const struct view *view;
	const struct sar_view *of;
	const struct cpu *cpu; /* NULL in a view of CPUs: all of them together */
	const struct disk *disk;
	int64_t shares[CPU_TIMES]; /* of the CPU */
	bool moved;                /* a disk that did something */
	const struct mean *mean;   /* the line is of means; else NULL */
};

/* The next item of a view that was asked for; begin with a `place` of 0. False behind the last. */
bool sar_next_item(const struct sar *sar, const struct view *view, enum sar_view_id id, size_t *place,
                   struct sar_item *ret);

/* "all", "0", "sda" or ""; written into `text`, or living as long as the view. */
struct span sar_item_name(const struct sar_item *item, char text[32]);

/* What stands in a column. False: the kernel does not say. A share of nothing and a counter that went back give 0. */
bool sar_value(const struct sar_item *item, const struct sar_column *column, int64_t *ret);

/* Whether more than one line of each sample may be shown: then every line has its heading. */
bool sar_many_lines(const struct sar *sar, const struct view *view);

/* Asks for what the chosen views need: CPUs when none is; the longer one of two. */
void sar_request(struct sar *sar);

/* Sets `available` from the first sample; false when nothing is. */
bool sar_check(struct sar *sar, const struct snapshot *first);

/*
 * Words as sar takes them, "-rBW" and "-r ALL", as getopt_long takes them: "-r" "-B" "-W" and "-rALL". Options and
 * their values are new words; `ret` is to be given to sar_free_words. -ENOMEM.
 */
int sar_split_words(int argc, char **argv, char ***ret, int *ret_argc);
void sar_free_words(char **words);

/* Says on stderr that recorded files are no matter of ours, and what to type instead. Gives back the status for it. */
int sar_no_files(const char *instead);

/* The same of one that is to be read, NULL for that of today, "-1" for that of yesterday: when it is not there, that is
 * what it says, as sar does. */
int sar_no_file(const char *path, const char *instead);

/* Obeys an option that chooses a view. Any other goes to sysstat_option. */
int sar_option(struct sar *sar, int id, const char *argument);

/* Views for programs: --json and --csv. */
int sar_check_data(const struct sar *sar);
void sar_put_data(struct sar *sar, struct buffer *buffer, const struct view *view);

/* Headings and lines for people: of one sample, and at the end the means of all. */
void sar_put(struct sar *sar, struct buffer *buffer, const struct view *view);
void sar_put_average(struct sar *sar, struct buffer *buffer, const struct view *whole);

/* Ids of options without a letter of their own. */
enum { SAR_PRETTY = 1200, SAR_DEVICES, SAR_COLLECTOR, SAR_NOT_HERE, SAR_DAYS_AGO };

#define SAR_VIEW_OPTIONS \
	{ 'u', NULL, MAY_TAKE, "ALL", "CPUs; the view when no other is chosen", 0 }, \
		{ 'r', NULL, MAY_TAKE, "ALL", "memory", 0 }, { 'S', NULL, ALONE, NULL, "swap space", 0 }, \
		{ 'B', NULL, ALONE, NULL, "paging", 0 }, { 'W', NULL, ALONE, NULL, "swapping", 0 }, \
		{ 'H', NULL, ALONE, NULL, "huge pages", 0 }, \
		{ 'q', NULL, MAY_TAKE, "LOAD,CPU,IO,MEM,PSI,ALL", "load, and time lost waiting (pressure)", 0 }, \
		{ 'w', NULL, ALONE, NULL, "new processes and context switches", 0 }, \
		{ 'v', NULL, ALONE, NULL, "tables of the kernel: names, files, inodes, terminals", 0 }, \
		{ 'b', NULL, ALONE, NULL, "input and output of all disks", 0 }, \
		{ 'd', NULL, ALONE, NULL, "each disk", 0 }, \
		{ 'A', NULL, ALONE, NULL, "all views of this list, of every CPU", 0 }, \
		{ 'P', NULL, TAKES, "LIST|ALL", "CPUs: 0,2-4, all (together), ALL (together and each)", 0 }, \
		{ 0, "dev", TAKES, "LIST", "only these disks", SAR_DEVICES }, \
	{ \
		'z', NULL, ALONE, NULL, "leave out disks that did nothing", 0 \
	}

#endif
