/* What the parts of top share: what was asked for, what is set, and one frame of it. */
#ifndef TOOLS_TOP_H
#define TOOLS_TOP_H

#include "model/cpu_times.h"
#include "model/source.h"
#include "render/marked.h"
#include "tools/config.h"
#include "tools/run.h"
#include "tools/top_settings.h"

enum { TOP_PIDS_MOST = 20, TOP_WIDTH_MOST = 512, TOP_WIDTH_LEAST = 3 };

struct top {
	const struct tool *tool;
	struct shared shared;
	struct top_columns columns;
	struct top_settings settings;
	int64_t pid_most; /* what the columns are made for */
	size_t cpu_count;

	bool batch, secure, delay_given;
	int64_t iterations; /* 0: endless */
	int width_wanted;   /* -w: columns; -1 without a value; 0 without -w */
	int64_t pids[TOP_PIDS_MOST];
	size_t pid_count;
	struct top_task tagged[TOP_TAGGED_MOST]; /* ^T: those that k and r are for, together */
	size_t tagged_count;
	const char *user_wanted; /* as the command line names him */
	struct top_user user;    /* of the command line */
	char *inspect;           /* owned: the lines of the settings file on what Y can show, each ended; NULL: none */
};

/* One frame of one window: the rows to show of two moments, in their order. */
struct top_frame {
	uint8_t window; /* of the settings */
	struct view view;
	struct cell_style style;
	size_t total, running, sleeping, stopped, zombie;
	uint32_t *rows; /* owned */
	struct top_branch {
		uint16_t depth;
		bool folded;            /* its descendants are hidden */
		int64_t hidden_percent; /* what they use of the CPU */
	} * branches;                   /* owned: of the rows in the forest; NULL without */
	size_t count;
};

static inline const struct top_window *top_window_of(const struct top *top, size_t window)
{
	return &top->settings.windows[window];
}

/* Whether that window's tasks are to be seen. */
static inline bool top_window_seen(const struct top *top, size_t window)
{
	return top->settings.alternate ? top->settings.windows[window].visible : window == top->settings.current;
}

/* top.c: everything, from the command line to the exit status. */
int top_run(const struct tool *tool, int argc, char **argv);

/* top_options.c: the command line. GO_ON, or the status to end with. */
int top_options_read(struct top *top, int argc, char **argv);

/* "name", "!name" or a number. -ENOENT and the like, nothing changed, when there is no such user. */
int top_user_find(const struct top *top, const char *word, bool any, struct top_user *ret);

/* top_frame.c */

/*
 * What a sample must hold for the columns, the sort and the filters of the windows that are seen. With `details`, what
 * only cells show is asked for as details.
 */
void top_request(const struct top *top, bool details, struct request *ret);

/* -ENOMEM, and there is nothing to be done away with. The snapshots must live longer. */
int top_frame_init(struct top_frame *frame, const struct top *top, size_t window, const struct snapshot *now,
                   const struct snapshot *before, const struct watch *watch);
void top_frame_done(struct top_frame *frame);

/* top_forest.c: puts the rows in the order of their families, without what is folded or out of focus. -ENOMEM. */
int top_forest_plant(struct top_frame *frame, const struct top_window *window);

/* Whether the task is among them: its place, or `count`. */
size_t top_task_find(const struct top_task *tasks, size_t count, const struct view *view, size_t row);

/* The task in that row. */
struct top_task top_task_of(const struct view *view, size_t row);

/* top_layout.c: which columns fit into a width, from the left; each followed by a blank. */
struct top_layout {
	uint8_t window;
	uint8_t columns[TOP_COLUMNS_MOST];
	uint16_t widths[TOP_COLUMNS_MOST];
	size_t count;
	size_t shift; /* columns of the first text that are scrolled out at the left */
	char number;  /* of the window, in front of its heads where there are several; 0: without */
	bool marked;  /* for a screen: with marks for heads, sort column and running tasks */
};

/* `first` of the shown columns are scrolled out, and `shift` display columns of the next. */
void top_layout_make(struct top_layout *layout, const struct top *top, size_t window, size_t first, size_t shift,
                     size_t width);

/* X with -1: wider columns, for texts that need them. */
void top_columns_widen(struct top *top, const struct top_frame *frame);

/* Header and row, without the blanks at the end when they are not marked. */
void top_header_put(struct buffer *buffer, const struct top *top, const struct top_layout *layout);
void top_row_put(struct buffer *buffer, const struct top *top, const struct top_frame *frame,
                 const struct top_layout *layout, size_t index);

/* What the whole row is meant as. */
enum mark top_row_mark(const struct top *top, const struct top_frame *frame, size_t index);

/* How many lines each window gets of those that are left, its heads included; 0 for those that are not seen. */
void top_share_lines(const struct top *top, const size_t counts[TOP_WINDOWS], size_t lines, size_t ret[TOP_WINDOWS]);

/* top_filter.c: parses "[!]FLD?VAL". NULL, or what is wrong with it, as top says it (static). */
const char *top_filter_parse(const struct top *top, const struct top_window *window, const char *text,
                             bool case_matters, struct top_filter *ret);
bool top_filter_fits(const struct top *top, const struct top_frame *frame, const struct top_filter *filter, size_t row);
void top_filter_put(struct buffer *buffer, const struct top *top, const struct top_filter *filter);

/* top_summary.c: adds the lines above the table, marked (see render/marked.h), each with a newline. */
void top_summary_put(struct buffer *buffer, const struct top *top, const struct top_frame *frame, size_t width);

/* top_cpus.c: those of them that are about CPUs. */
void top_cpus_put(struct buffer *buffer, const struct top_window *window, const struct view *view, size_t width);

/* How long bars are inside, so many abreast: those of three and more tell less in words. */
enum { TOP_NARROW_ABREAST = 3 };
size_t top_bar_length(unsigned abreast, size_t width);

/* top_batch.c: frame after frame to stdout. The exit status. */
int top_batch(struct top *top);

/* screens/top_screen.c, where the build has ncurses: fills the terminal until it is left. The exit status. */
int top_screen_run(struct top *top);

/*
 * top_store.c: settings in a file, in the form of procps's toprc. Ours is $XDG_CONFIG_HOME/vires/toprc; where there is
 * none, those of procps are read. GO_ON; or says on stderr what is wrong with the file, and gives back the status.
 */
int top_settings_load(struct top *top);

/* -errno. Also gives the path, whether it worked or not. */
int top_settings_save(const struct top *top, char path[CONFIG_PATH]);

/* top_toprc.c, top_toprc_write.c: the form itself. NULL, or what is wrong (static). */
const char *top_toprc_read(struct top *top, struct span bytes);
void top_toprc_write(struct buffer *buffer, const struct top *top);

#endif
