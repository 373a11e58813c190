/* What the parts of top share: what was asked for, what is set, and one frame of it. */
#ifndef TOOLS_TOP_H
#define TOOLS_TOP_H

#include "model/cpu_times.h"
#include "model/source.h"
#include "render/marked.h"
#include "tools/config.h"
#include "tools/run.h"
#include "tools/top_columns.h"

enum { TOP_PIDS_MOST = 20, TOP_WIDTH_MOST = 512, TOP_WIDTH_LEAST = 3 };
enum { TOP_FILTERS_MOST = 16, TOP_FILTER_LENGTH = 64 };

enum top_graph { GRAPH_TEXT, GRAPH_BARS, GRAPH_BLOCKS, GRAPH_HIDDEN, GRAPHS };

/* -u, -U and the keys u, U. */
struct top_user {
	bool wanted;
	bool any;     /* real, effective, saved or file system user; else the effective one */
	bool inverse; /* all but this one */
	int64_t uid;
};

/* What W saves, and options and keys change. */
struct top_settings {
	int64_t delay_ns;
	uint8_t order[TOP_COLUMNS_MOST]; /* all columns, by index: how they stand from left to right */
	bool shown[TOP_COLUMNS_MOST];    /* by column */
	uint8_t sort;                    /* column */
	bool ascending;

	bool load, promise; /* promise: the lines on what is really used and on what was promised; screens only */
	enum top_graph cpu_graph, memory_graph;
	bool each_cpu;
	unsigned abreast;      /* CPUs on a line */
	unsigned summary_unit; /* 0 KiB, 1 MiB, ... 5 EiB */
	unsigned task_unit;    /* up to 4 PiB */

	bool command_line, idle, children_time, threads, forest, irix, zeros_blank;
	size_t tasks_most;                                   /* 0: all */
	bool colour, bold, show_sort, show_running, reverse; /* keys z B x y b */
};

/* o, O: rows by what one of their cells shows. */
struct top_filter {
	uint8_t column;
	char order; /* = contains, < stands before, > stands behind, as texts */
	bool exclude, case_matters;
	char value[TOP_FILTER_LENGTH];
};

struct top {
	const struct tool *tool;
	struct shared shared;
	struct top_columns columns;
	struct top_settings settings;

	bool batch, secure, delay_given;
	int64_t iterations; /* 0: endless */
	int width_wanted;   /* -w: columns; -1 without a value; 0 without -w */
	int64_t pids[TOP_PIDS_MOST];
	size_t pid_count;
	struct top_user user;
	struct top_filter filters[TOP_FILTERS_MOST];
	size_t filter_count;
	const char *user_wanted; /* as the command line names him */
};

/* One frame: the rows to show of two moments, in their order. */
struct top_frame {
	struct view view;
	struct cell_style style;
	size_t total, running, sleeping, stopped, zombie;
	uint32_t *rows;   /* owned */
	uint16_t *depths; /* owned: of the rows in the forest; NULL without */
	size_t count;
};

/* top.c: everything, from the command line to the exit status. */
int top_run(const struct tool *tool, int argc, char **argv);

/* top_options.c: the command line. GO_ON, or the status to end with. */
int top_options_read(struct top *top, int argc, char **argv);

/* "name", "!name" or a number. -ENOENT and the like, nothing changed, when there is no such user. */
int top_user_find(const struct top *top, const char *word, bool any, struct top_user *ret);

/* top_settings.c: the classic look. */
void top_settings_classic(struct top_settings *settings, const struct top_columns *columns);

/* Moves a column to the `place`-th from the left, or behind the last shown one (before one that takes what is left). */
void top_settings_move(struct top_settings *settings, const struct top_columns *columns, uint8_t column, size_t place);
void top_settings_append(struct top_settings *settings, const struct top_columns *columns, uint8_t column);

/* top_frame.c */

/*
 * What a sample must hold for the columns, the sort and the filters that are set. With `details`, what only cells show
 * is asked for as details.
 */
void top_request(const struct top *top, bool details, struct request *ret);

/* -ENOMEM, and there is nothing to be done away with. The snapshots must live longer. */
int top_frame_init(struct top_frame *frame, const struct top *top, const struct snapshot *now,
                   const struct snapshot *before, const struct watch *watch);
void top_frame_done(struct top_frame *frame);

/* Which columns fit into `width`, from the left; each followed by a blank. */
struct top_layout {
	uint8_t columns[TOP_COLUMNS_MOST];
	uint16_t widths[TOP_COLUMNS_MOST];
	size_t count;
	bool marked; /* for a screen: with marks for heads, sort column and running tasks */
};

void top_layout_make(struct top_layout *layout, const struct top *top, size_t first, size_t width);

/* Header and row, without the blanks at the end when they are not marked. */
void top_header_put(struct buffer *buffer, const struct top *top, const struct top_layout *layout);
void top_row_put(struct buffer *buffer, const struct top *top, const struct top_frame *frame,
                 const struct top_layout *layout, size_t index);

/* What the whole row is meant as. */
enum mark top_row_mark(const struct top *top, const struct top_frame *frame, size_t index);

/* top_filter.c: parses "[!]FLD?VAL". NULL, or what is wrong with it, as top says it (static). */
const char *top_filter_parse(const struct top *top, const char *text, bool case_matters, struct top_filter *ret);
bool top_filter_fits(const struct top *top, const struct top_frame *frame, const struct top_filter *filter, size_t row);

/* top_summary.c: adds the lines above the table, marked (see render/marked.h), each with a newline. */
void top_summary_put(struct buffer *buffer, const struct top *top, const struct top_frame *frame, size_t width);

/* top_batch.c: frame after frame to stdout. The exit status. */
int top_batch(const struct top *top);

/* screens/top_screen.c, where the build has ncurses: fills the terminal until it is left. The exit status. */
int top_screen_run(struct top *top);

/* top_store.c: settings in a file that people can read, $XDG_CONFIG_HOME/vires/toprc. Reading: -ENOENT for none;
 * -EINVAL after saying on stderr which line is wrong. Saving also gives the path, whether it worked or not. */
int top_settings_load(struct top *top);
int top_settings_save(const struct top *top, char path[CONFIG_PATH]);

#endif
