/* How top looks: what W saves, and what options and keys change. */
#ifndef TOOLS_TOP_SETTINGS_H
#define TOOLS_TOP_SETTINGS_H

#include "tools/top_columns.h"

enum { TOP_WINDOWS = 4, TOP_NAME = 4, TOP_SORTS = 4, TOP_ABREAST_MOST = 8 };
enum { TOP_FILTERS_MOST = 16, TOP_FILTER_LENGTH = 64, TOP_FOLDED_MOST = 32, TOP_TAGGED_MOST = 32 };

enum top_graph { GRAPH_TEXT, GRAPH_BARS, GRAPH_BLOCKS, GRAPH_HIDDEN, GRAPHS };

/* Which CPU lines there are: one for all, one for each, for all and for each memory node, for one node and its CPUs. */
enum top_cpus { CPUS_ALL, CPUS_EACH, CPUS_NODES, CPUS_NODE };

/* What has a colour of its own: 0-7 as ANSI numbers them, or the terminal's own numbers up to 255. */
enum top_part { PART_SUMMARY, PART_MESSAGES, PART_HEADS, PART_TASKS, PART_MARKED, TOP_PARTS };

/* -u, -U and the keys u, U. */
struct top_user {
	bool wanted;
	bool any;     /* real, effective, saved or file system user; else the effective one */
	bool inverse; /* all but this one */
	int64_t uid;
};

/* o, O: rows by what one of their cells shows. */
struct top_filter {
	uint8_t column;
	char order; /* = contains, < stands before, > stands behind, as texts */
	bool exclude, case_matters;
	char value[TOP_FILTER_LENGTH];
};

struct top_sort {
	uint8_t column;
	bool ascending;
};

/* One task, whoever gets its number later. */
struct top_task {
	int64_t pid, started_ns; /* pid 0: none */
};

/* One of the four windows ("field groups"): its columns, its order, and the lines above it when it is the current one.
 */
struct top_window {
	char name[TOP_NAME];
	uint8_t order[TOP_COLUMNS_MOST]; /* all columns, by index: how they stand from left to right */
	bool shown[TOP_COLUMNS_MOST];    /* by column */
	struct top_sort sorts[TOP_SORTS];
	uint8_t sort_count; /* at least 1; each next one decides where those before it leave it open */
	bool visible;       /* of the four, when all can be seen */

	bool load, promise; /* promise: the lines on what is really used and on what was promised; screens only */
	enum top_graph cpu_graph, memory_graph;
	enum top_cpus cpus;
	int64_t node;      /* of CPUS_NODE */
	unsigned abreast;  /* CPUs on a line: 1 to TOP_ABREAST_MOST */
	unsigned combined; /* CPUs in one: 1, 2, 4, ... */

	bool command_line, idle, children_time, forest;
	bool numbers_left, texts_right;                                   /* keys J j */
	size_t tasks_most;                                                /* 0: all */
	bool colour, bold, show_sort, show_running, reverse, coordinates; /* keys z B x y b C */
	uint16_t colours[TOP_PARTS];
	struct top_filter filters[TOP_FILTERS_MOST];
	size_t filter_count;

	/* Not saved. */
	struct top_user user;
	struct top_task focus; /* F: only this one and its descendants */
	struct top_task folded[TOP_FOLDED_MOST];
	size_t folded_count;
};

struct top_settings {
	int64_t delay_ns;
	bool alternate; /* A: all visible windows at once */
	uint8_t current;
	bool irix, threads, zeros_blank;
	unsigned summary_unit; /* 0 KiB, 1 MiB, ... 5 EiB */
	unsigned task_unit;    /* up to 4 PiB */
	unsigned time_unit;    /* ^E: from 0 hundredths to 4 weeks */
	int widening;          /* X: columns more for some columns; -1: as many as their texts need */
	struct top_window windows[TOP_WINDOWS];
};

static inline struct top_window *top_current(struct top_settings *settings)
{
	return &settings->windows[settings->current];
}

/* The classic look: four windows. */
void top_settings_classic(struct top_settings *settings, const struct top_columns *columns);

/* Moves a column to the `place`-th from the left, or behind the last shown one (before one that takes what is left). */
void top_window_move(struct top_window *window, const struct top_columns *columns, uint8_t column, size_t place);
void top_window_append(struct top_window *window, const struct top_columns *columns, uint8_t column);

/* Sorts by one column alone. */
void top_window_sort(struct top_window *window, uint8_t column, bool ascending);

/* Sorts by it where the columns so far leave it open; no longer if it was one of them. False: there is no more room. */
bool top_window_sort_also(struct top_window *window, uint8_t column, bool ascending);

/* What = takes back: filters, users, folds, focus, limits, hidden idle tasks, combined CPUs. The window is visible. */
void top_window_reset(struct top_window *window);

/* How many columns are shown. */
size_t top_window_shown(const struct top_window *window, const struct top_columns *columns);

#endif
