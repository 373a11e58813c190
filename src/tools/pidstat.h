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

/* Of one row. */
struct pidstat_task {
	uint16_t active; /* in which reports it is worth a line, bits by enum report */
	bool was_active; /* at any time, in any of them: its averages may be shown */
};

struct pidstat {
	struct sysstat sysstat;
	unsigned reports; /* bits by enum report */
	struct heading heading;
	struct mean mean;
	struct pidstat_task *tasks; /* owned: those of the view judged last */
	size_t task_count;
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

/* Finds out which rows are worth a line. -ENOMEM, and nothing is changed. */
int pidstat_judge(struct pidstat *pidstat, const struct view *view);

/* Whether a row of the view judged last is to be shown in the report, or with REPORTS in any of those chosen. */
bool pidstat_chooses(const struct pidstat *pidstat, const struct view *view, size_t row, unsigned report);

/* Sets `chosen` for the rows whose names are needed: now, or for the averages at the end. */
void pidstat_choose(struct samples *samples, const struct view *view, bool *chosen);

/* The row of the process that a row belongs to; its own when that is not there. */
size_t pidstat_process(const struct view *view, size_t row);

/* One sample, or the means at the end: `average` says which. */
void pidstat_put(struct pidstat *pidstat, struct buffer *buffer, const struct view *view, bool average);

/* The same for programs. */
void pidstat_put_data(struct pidstat *pidstat, struct buffer *buffer, const struct view *view);

#endif
