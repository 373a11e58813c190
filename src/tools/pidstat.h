/* The parts of vires pidstat. */
#ifndef TOOLS_PIDSTAT_H
#define TOOLS_PIDSTAT_H

#include <regex.h>

#include "model/mean.h"
#include "tools/heading.h"
#include "tools/sysstat.h"

/* Reports, in the order in which they are printed. */
enum report {
	REPORT_CPU,
	REPORT_CPU_CHILD,
	REPORT_MEMORY,
	REPORT_MEMORY_CHILD,
	REPORT_STACK,
	REPORT_IO,
	REPORT_SWITCHES,
	REPORT_KERNEL,
	REPORT_REALTIME,
	REPORTS
};

struct pidstat {
	struct sysstat sysstat;
	unsigned reports; /* bits by enum report */
	struct heading heading;
	struct mean mean;
	int64_t *pids;    /* owned; those of -p */
	size_t pid_count; /* 0: all */
	bool listed;      /* -p: idle ones are shown, too */
	bool child_only, child_too;
	bool one_line, command_line, threads, names, solaris;
	char **program;   /* -e: what to start, and its arguments; NULL: nothing */
	pid_t started;    /* it; 0 once it has ended */
	int end;          /* how it has ended, as wait says */
	const char *user; /* only those of this one; NULL: of all */
	bool by_command, by_process, no_match;
	regex_t command, process;
};

/* One column. */
struct pidstat_column {
	const char *title; /* as wide as the column, a blank in front of it not counted */
	enum figure figure;
	uint8_t id;
	enum { BLANK_DASH, BLANK_ZERO, BLANK_MINUS } absent; /* what stands for what is not known */
};

struct pidstat_report {
	char letter;
	const struct pidstat_column *columns;
	size_t column_count;
	const uint8_t *counters; /* those whose change makes a task active; ends with TASK_FIELDS */
	const uint8_t *levels;   /* the same for gauges */
};

extern const struct pidstat_report pidstat_reports[REPORTS];

/* What the reports chosen need to be known of each task. */
void pidstat_request(struct pidstat *pidstat);

/* One sample, or the means at the end: `average` says which. */
void pidstat_put(struct pidstat *pidstat, struct buffer *buffer, const struct view *view, bool average);

/* The same for programs. */
void pidstat_put_data(struct pidstat *pidstat, struct buffer *buffer, const struct view *view);

/* Whether the options choose this row for the report, or with REPORTS for any of those chosen. */
bool pidstat_chooses(const struct pidstat *pidstat, const struct view *view, size_t row, unsigned report);

#endif
