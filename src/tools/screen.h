/* What the parts of the vires screen share: what was asked for, what is set, and one frame of it. */
#ifndef TOOLS_SCREEN_H
#define TOOLS_SCREEN_H

#include "analysis/filter.h"
#include "collect/groups.h"
#include "model/view.h"
#include "render/column.h"
#include "render/marked.h"
#include "tools/config.h"
#include "tools/run.h"

enum { SCREEN_COLUMNS_MOST = TASK_FIELDS + 8, SCREEN_SHOWN_MOST = 48, TABS_MOST = 8, SCREEN_PIDS_MOST = 64 };
enum { SCREEN_TAB_NAME = 24, SCREEN_PAST = 64, SCREEN_WIDTH_MOST = 1024 };

/* One column that there is. */
struct screen_column {
	struct column column;
	const char *htop; /* what htop calls it; NULL for those that it does not have */
	bool parts;       /* RES as a bar of anon, file and shmem */
};

struct screen_columns {
	struct screen_column at[SCREEN_COLUMNS_MOST];
	size_t count;
};

struct screen_sort {
	uint8_t column;
	bool inverted; /* the other way round than the column has it by itself */
};

enum { SORT_LIST, SORT_TREE, SORTS };

struct screen_tab {
	char name[SCREEN_TAB_NAME];
	uint8_t shown[SCREEN_SHOWN_MOST]; /* columns, from left to right */
	size_t count;
	struct screen_sort sorts[SORTS]; /* of rows; of brothers in the tree */
	bool tree;
};

/* What rows are put together by. */
enum screen_roll { ROLL_NONE, ROLL_TREE, ROLL_PROGRAM, ROLL_USER, ROLL_CGROUP, ROLL_UNIT, ROLL_CONTAINER, ROLLS };

/* Meters above the table, in columns: left, right, and where the layout has them further ones. */
enum { METER_SIDES = 4, METER_LAYOUTS = 13, METERS_MOST = 12, METER_KINDS = 39, METER_CPU = 0 };
/* In the order in which htop numbers them, from 1 on. */
enum meter_style { METER_BAR, METER_TEXT, METER_GRAPH, METER_LED, METER_STYLES };

struct screen_meter {
	uint8_t kind, style;
	uint16_t cpu; /* of METER_CPU: which, from 1 on; 0: all as one */
};

struct screen_meters {
	struct screen_meter at[METERS_MOST];
	size_t count;
};

/* What the set-up saves, and options and keys change. */
struct screen_settings {
	int64_t delay_ns;
	struct screen_tab tabs[TABS_MOST];
	size_t tab_count, tab;
	enum screen_roll roll;
	size_t scheme; /* of SCHEMES colour schemes */
	struct screen_meters meters[METER_SIDES];
	size_t layout;                                              /* of METER_LAYOUTS: which columns, and how wide */
	bool usual_meters;                                          /* htop's, in place of `meters` */
	bool summary, cpu_details, cached;                          /* vires's own lines; what bars are made of */
	bool cpu_usage, cpu_frequency, cpu_temperature, fahrenheit; /* what stands in bars of CPUs */
	bool threads, kernel_threads, no_containers, program_path, merged_command, header, colour, unicode, mouse,
		base_name, large;
};

/* In the order in which htop numbers them. */
enum { SCHEMES = 8 };

/* What is on or off in the settings: its word in the file, what the set-up says, and where it is. */
struct screen_flag {
	const char *word, *meaning;
	size_t offset;
};

extern const struct screen_flag screen_flags[];
extern const size_t screen_flag_count;

static inline bool *screen_flag_of(struct screen_settings *settings, size_t flag)
{
	return (bool *)((char *)settings + screen_flags[flag].offset);
}

/* Whose rows are shown: -u and the key u. */
struct screen_user {
	bool wanted;
	int64_t uid;
};

struct screen_call {
	const struct tool *tool;
	struct shared shared;
	struct screen_columns columns;
	struct screen_settings settings;
	struct filter filter;
	enum screen_roll only; /* only rows of one of the things that rows are put together by; ROLL_NONE: all */
	char only_name[FILTER_LENGTH];
	struct screen_user user;
	int64_t pids[SCREEN_PIDS_MOST];
	size_t pid_count;
	bool once, fresh, read_only, htop, tree_given;
	int argc;
	char **argv;
	int64_t iterations;      /* 0: endless */
	int width;               /* of --once; 0: the terminal's, or all */
	struct groups *groups;   /* NULL: no memory controller, or a captured machine */
	struct buffer left_out;  /* of htoprc: what there is not here */
	struct buffer own_group; /* the control group that vires itself is in */
	struct span limit_group; /* in own_group: the one at or above it with the least room; empty without a limit */
	struct cgroup limit;     /* its memory */
	int64_t limit_read_ns;   /* monotonic; 0: never */
};

/* Rates of the last samples, for the lines of heights. */
struct screen_past {
	int64_t faults[SCREEN_PAST], reclaim[SCREEN_PAST], swap[SCREEN_PAST];
	int64_t meters[METER_KINDS][SCREEN_PAST]; /* millionths of the whole */
	size_t count;
};

/* A line of the table: one row of the view, or some put together, which stand side by side in `order`. */
struct screen_item {
	uint32_t first, count;
	uint32_t branch;  /* in a tree: how many of `order` are it and those below it */
	struct span name; /* of what was put together; empty for a single process */
	uint16_t depth;
	uint64_t guides; /* in a tree: bit n when a line goes down beside it at depth n */
	bool rolled, folded, last;
};

/* Sums over rows that are shown, threads apart. */
struct screen_sums {
	size_t processes, with_memory, known, refused; /* of those with memory: PSS is known; may not be read */
	int64_t pss, uss, rss, swap;
};

struct screen_frame {
	struct view view;
	struct cell_style style;
	uint32_t *order; /* owned: rows of the view that are shown */
	size_t row_count;
	struct screen_item *items; /* owned */
	size_t count;
	struct arena texts;
	struct screen_sums all, shown; /* all: of the whole machine */
	size_t processes, threads, kernel_threads, running, zombies;
	int64_t parts_most; /* the largest RES: a whole bar */
	size_t pid_width;
};

/* Which branches of the tree are folded; by pid. */
struct screen_folds {
	int64_t *pids; /* owned, in no order */
	size_t count, capacity;
};

/* screen.c: everything, from the command line to the exit status. */
int screen_run(const struct tool *tool, int argc, char **argv);

/* screen_columns.c */
void screen_columns_make(struct screen_columns *ret);
void screen_settings_make(struct screen_settings *ret, const struct screen_columns *columns, bool htop);

/* By the header, htop's name, or the field's; -1 when there is none. */
int screen_column_find(const struct screen_columns *columns, struct span name);

/* The columns of the tab that is shown. */
struct screen_tab *screen_tab(struct screen_settings *settings);
const struct screen_tab *screen_tab_of(const struct screen_settings *settings);
bool screen_tab_has(const struct screen_tab *tab, uint8_t column);

/* Called so from here on: no blanks, and no other tab is called the same. */
void screen_tab_call(struct screen_settings *settings, struct screen_tab *tab, struct span name);

/* Whether rows stand below their parents, and what that tab is then sorted by. */
bool screen_is_tree(const struct screen_settings *settings);
struct screen_sort *screen_sort(struct screen_settings *settings);
const struct screen_sort *screen_sort_of(const struct screen_settings *settings);

/* "default", "nord": colour schemes. */
const char *screen_scheme_name(size_t scheme);

/* "program", "cgroup": what people type and see. */
const char *screen_roll_name(enum screen_roll roll);

/* screen_frame.c */
void screen_request(const struct screen_call *call, struct request *ret);

/* -ENOMEM, and there is nothing to be done away with. The snapshots must live longer. `folds` may be NULL. */
int screen_frame_init(struct screen_frame *frame, const struct screen_call *call, const struct snapshot *now,
                      const struct snapshot *before, const struct watch *watch, const struct screen_folds *folds);
void screen_frame_done(struct screen_frame *frame);

/* What a column holds for an item: of one row, or summed over its rows where sums mean something. False: absent. */
bool screen_item_number(const struct screen_frame *frame, const struct screen_item *item,
                        const struct screen_column *column, int64_t *ret);

/* The row that an item begins with: the one that is meant. */
static inline uint32_t screen_item_row(const struct screen_frame *frame, const struct screen_item *item)
{
	return frame->order[item->first];
}

/* Whether the largest come first: names and numbers of processes begin with the smallest unless that is inverted. */
bool screen_descends(const struct screen_call *call);

/* screen_shares.c: how much is known, as of a process; SHARE_KNOWN and the like of collect/shares.h. */
int64_t screen_unknown(const struct view *view, size_t row);

/* Whether a field is one of those that are dear to read and so not always known. */
bool screen_is_share(unsigned id);

/* Adds a row, unless it is a thread; sums of all rows of an item. */
struct screen_sums screen_row_sums(const struct view *view, size_t row);
void screen_sums_add(struct screen_sums *sums, const struct screen_sums *more);
struct screen_sums screen_item_sums(const struct screen_frame *frame, const struct screen_item *item);

/* What a share of an item comes to at most: RES where it is not known. False: it has no memory. */
bool screen_share_most(const struct screen_frame *frame, const struct screen_item *item, unsigned id, int64_t *ret);

/* Adds a cell for a share that is not known, or not of all: "<100M", ">100M", "-". False, nothing added: it is known.
 */
bool screen_share_put(struct buffer *buffer, const struct screen_frame *frame, const struct screen_item *item,
                      unsigned id, size_t width);

/* screen_groups.c: adds what a row belongs to when rows are put together so; "(none)" when that is nothing. */
void screen_roll_key(enum screen_roll roll, const struct view *view, size_t row, struct buffer *ret);

/* How many processes an item stands for, threads apart. */
size_t screen_item_processes(const struct screen_frame *frame, const struct screen_item *item);

/* screen_header.c: adds the lines above the table, marked, each with a newline. */
void screen_header_put(struct buffer *buffer, const struct screen_call *call, const struct screen_frame *frame,
                       const struct screen_past *past, size_t width, size_t rows);
void screen_past_add(struct screen_past *past, const struct screen_call *call, const struct snapshot *now,
                     const struct snapshot *before);
void screen_past_push(int64_t *values, size_t count, int64_t value);

/* Reads again how near the limit of our own control group is. */
void screen_limit_read(struct screen_call *call);

/* screen_rows.c: which columns fit, and lines of the table. */
struct screen_layout {
	uint8_t columns[SCREEN_SHOWN_MOST];
	uint16_t widths[SCREEN_SHOWN_MOST], places[SCREEN_SHOWN_MOST];
	size_t count;
	size_t scrolled; /* how many columns of the command are scrolled out */
};

void screen_layout_make(struct screen_layout *layout, const struct screen_call *call, const struct screen_frame *frame,
                        size_t width);
void screen_title_put(struct buffer *buffer, const struct screen_call *call, const struct screen_layout *layout);
void screen_row_put(struct buffer *buffer, const struct screen_call *call, const struct screen_frame *frame,
                    const struct screen_layout *layout, const struct screen_item *item, enum mark whole);
void screen_total_put(struct buffer *buffer, const struct screen_call *call, const struct screen_frame *frame,
                      size_t width);

/* The command of a row as the settings say, fit to be searched: unsafe bytes are still in it. */
void screen_command_put(struct buffer *buffer, const struct screen_call *call, const struct view *view, size_t row);

/* screen_once.c: one frame to stdout as text, or for programs. The exit status. */
int screen_once(struct screen_call *call);

/* screen_options.c: the command line. GO_ON, or the status to end with. */
int screen_options_read(struct screen_call *call, int argc, char **argv);

/* screen_store.c: settings in a file that people can read, $XDG_CONFIG_HOME/vires/screenrc. Reading: -ENOENT for none;
 * -EINVAL after saying on stderr which line is wrong. Saving also gives the path, whether it worked or not. */
int screen_settings_load(struct screen_call *call);
int screen_settings_save(const struct screen_call *call, char path[CONFIG_PATH]);

/* screen_htoprc.c: htop's own file, if there is one. */
void screen_htoprc_load(struct screen_call *call);

/* screens/screen_main.c, where the build has ncurses: fills the terminal until it is left. The exit status. */
int screen_show_run(struct screen_call *call);

#endif
