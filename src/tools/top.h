/* What the parts of top share: what was asked for, what is set, and one frame of it. */
#ifndef TOOLS_TOP_H
#define TOOLS_TOP_H

#include "model/cpu_times.h"
#include "model/source.h"
#include "tools/run.h"
#include "tools/top_columns.h"

enum { TOP_PIDS_MOST = 20, TOP_WIDTH_MOST = 512, TOP_WIDTH_LEAST = 3 };

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

	bool load;
	enum top_graph cpu_graph, memory_graph;
	bool each_cpu;
	unsigned abreast;      /* CPUs on a line */
	unsigned summary_unit; /* 0 KiB, 1 MiB, ... 5 EiB */
	unsigned task_unit;    /* up to 4 PiB */

	bool command_line, idle, children_time, threads, forest, irix, zeros_blank;
	size_t tasks_most; /* 0: all */
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

/* top_options.c: the command line. GO_ON, or the status to end with. */
enum { TOP_OPTIONS = 25 };
extern const struct option_row top_options[TOP_OPTIONS];
int top_options_read(struct top *top, int argc, char **argv);

/* "name", "!name" or a number. -ENOENT and the like, nothing changed, when there is no such user. */
int top_user_find(const struct top *top, const char *word, bool any, struct top_user *ret);

/* top_settings.c: the classic look. */
void top_settings_classic(struct top_settings *settings, const struct top_columns *columns);

/* Moves a column to the `place`-th from the left, or behind the last shown one (before one that takes what is left). */
void top_settings_move(struct top_settings *settings, const struct top_columns *columns, uint8_t column, size_t place);
void top_settings_append(struct top_settings *settings, const struct top_columns *columns, uint8_t column);

/* top_frame.c */

/* What a sample must hold for the columns, the sort and the filters that are set. */
void top_request(const struct top *top, struct request *ret);

/* -ENOMEM, and there is nothing to be done away with. The snapshots must live longer. */
int top_frame_init(struct top_frame *frame, const struct top *top, const struct snapshot *now,
                   const struct snapshot *before, const struct watch *watch);
void top_frame_done(struct top_frame *frame);

/* Which columns fit into `width`, from the left; each followed by a blank. */
struct top_layout {
	uint8_t columns[TOP_COLUMNS_MOST];
	uint16_t widths[TOP_COLUMNS_MOST];
	size_t count;
};

void top_layout_make(struct top_layout *layout, const struct top *top, size_t first, size_t width);

/* Header and row, without the blanks at the end. */
void top_header_put(struct buffer *buffer, const struct top *top, const struct top_layout *layout);
void top_row_put(struct buffer *buffer, const struct top *top, const struct top_frame *frame,
                 const struct top_layout *layout, size_t index);

/* top_summary.c: adds the lines above the table, marked (see render/marked.h), each with a newline. */
void top_summary_put(struct buffer *buffer, const struct top *top, const struct top_frame *frame, size_t width);

/* top_batch.c: frame after frame to stdout. The exit status. */
int top_batch(const struct top *top);

#endif
