/*
 * The parts of `vires ps`, from the command line to the page. Nobody else includes this.
 *
 *   ps_grammar.c   words -> struct ps_request, in two grammars; ps_options.c  what each option does
 *   ps_lists.c     the lists that options take: process ids, users, groups, terminals, command names
 *   ps_format.c    -o, -O, --sort, k, O -> columns and keys; ps_layout.c  the formats that have a letter, and macros
 *   ps_place.c     personality, page size, header: what comes from the environment
 *   ps_select.c    struct ps_request -> what to ask of the source, and which of its rows are meant
 *   ps_order.c     the order of the rows: keys, forest, threads behind their process
 *   ps_columns.c   the table of columns; ps_cells.c, ps_texts.c, ps_times.c  one function for each kind of cell
 *   ps_output.c    header and rows; ps_help.c  the help texts
 */
#ifndef TOOLS_PS_H
#define TOOLS_PS_H

#include "base/arena.h"
#include "model/source.h"
#include "model/view.h"
#include "render/data.h"
#include "tools/run.h"

/* How a cell sits in its width. */
enum ps_fit {
	LITERAL, /* text between AIX codes: as it is, with no blank around it */
	LEFT,
	RIGHT,
	PIDS,    /* right, as wide as the longest process id */
	ACCOUNT, /* a user's or group's name: left, its end cut and marked with '+'; as a number: right */
	SIGNALS, /* right in 9 columns, or in 16 when the page is wide enough for all of them */
	WCHAN,   /* left, cut */
	REST,    /* left; the rest of the line when it is the last one, else cut to its width */
};

enum ps_lines { ALWAYS, PROCESS, THREAD, NEEDED };

enum ps_order { BY_FIRST, BY_ARGUMENTS, BY_PID, UNSORTED };

struct ps_row;

/* Adds a cell's text to `into`, at most `room` columns of it where it can be cut. Gives back the columns it takes. */
typedef size_t ps_cell(const struct ps_row *row, unsigned field, size_t room, struct buffer *into);

enum { PS_READS_MOST = 8, PS_PAGE_MOST = 128 * 1024 };

struct ps_column {
	const char *name, *header;
	size_t width;
	enum ps_fit fit;
	enum ps_lines lines;
	ps_cell *cell;
	enum ps_order order;
	uint8_t reads[PS_READS_MOST];
	size_t read_count;
};

/* A column as the user wants it. */
struct ps_shown {
	struct ps_column column; /* with his header */
	size_t width;            /* asked for; 0: the column's own, or its header's */
};

struct ps_key {
	const struct ps_column *column;
	bool descending;
};

enum ps_by {
	BY_PROCESS,
	BY_QUICK_PROCESS,
	BY_PARENT,
	BY_GROUP_OF_PROCESSES,
	BY_SESSION,
	BY_USER,
	BY_REAL_USER,
	BY_GROUP,
	BY_REAL_GROUP,
	BY_TERMINAL,
	BY_COMMAND,
};

/* Numbers in a BY_TERMINAL list: the terminal we run on; one that only its name tells. */
enum { PS_OWN_TERMINAL = -1, PS_NAMED_TERMINAL = -2 };

struct ps_member {
	int64_t number;
	struct span name; /* of a command, or of a terminal */
};

struct ps_list {
	struct ps_list *next; /* the one given before */
	enum ps_by by;
	struct ps_member *members;
	size_t count;
};

/* Simple selections, as given. */
enum { PS_UNIX_A = 1, PS_UNIX_D = 2, PS_BSD_A = 4, PS_BSD_G = 8, PS_BSD_X = 16 };

/* Formats that have a letter, as given; more than one at once is mostly a conflict. */
enum {
	PS_UNIX_F = 1,
	PS_UNIX_L = 2,
	PS_UNIX_J = 4,
	PS_BSD_J = 8,
	PS_BSD_L = 16,
	PS_BSD_S = 32,
	PS_BSD_U = 64,
	PS_BSD_V = 128,
	PS_OLD_X = 256,
	PS_OLD_M = 512,
	PS_CONTEXT = 1024,
};

/* What changes a format: -c, -F, -j, -M, -P, -y. */
enum { PS_WITH_C = 1, PS_WITH_F = 2, PS_WITH_J = 4, PS_WITH_M = 8, PS_WITH_P = 16, PS_WITH_Y = 32 };

/* Thread options as given. */
enum { PS_THREADS_L = 1, PS_THREADS_T = 2, PS_THREADS_UNIX_M = 4, PS_THREADS_BSD_M = 8, PS_THREADS_H = 16 };

enum ps_threads {
	PS_NO_THREADS,
	PS_EACH_THREAD,   /* -L, -T: a line for each thread */
	PS_LOOSE_THREADS, /* H: the same, and they may be sorted */
	PS_BELOW_PROCESS, /* m, -m: the process, then its threads */
};

enum ps_forest { PS_NO_FOREST, PS_ART, PS_INDENT };

enum ps_heading { PS_ONE_HEADING, PS_NO_HEADING, PS_PAGE_HEADINGS };

/* The ways of old systems, from the environment. */
struct ps_personality {
	const char *name;
	bool only_bsd, prefer_bsd, bsd_h, bsd_m, old_m, no_default_g, irix_l, svr4_x, hpux_x, no_address, sane_user;
	const char *unix_f, *unix_fl, *unix_j, *unix_l; /* macros; NULL: our own layout */
	const char *bsd_j, *bsd_l, *bsd_s, *bsd_u, *bsd_v;
};

/* What the command line and the environment ask for. */
struct ps_request {
	struct arena arena; /* owns all below */
	struct place place;
	struct ps_personality personality;
	bool prefer_bsd;

	bool all, running, deselect;
	unsigned simple;
	struct ps_list *lists; /* the last one given first */

	unsigned formats, changes, thread_options;
	struct ps_shown *shown;
	size_t shown_count, shown_room;
	struct ps_key *keys; /* the first decides */
	size_t key_count, key_room;

	enum ps_threads threads;
	enum ps_forest forest;
	bool own_names;          /* c: the name, not the arguments */
	bool environment;        /* e */
	bool full_names;         /* -f: the arguments, not the name */
	bool numbers;            /* n: for users and wait channels */
	bool with_children;      /* S */
	bool signal_names;       /* --signames */
	char delimiter;          /* between cells, in place of blanks; or NUL */
	const char *date_format; /* -D, or NULL */

	enum ps_heading heading;
	size_t columns, rows; /* of the page */
	unsigned wide;        /* how often w was given */

	const char *conflict; /* what is wrong with the selection: said without the usage text */
	enum data_format data;
	enum { PS_SHOW, PS_VERSION, PS_HELP, PS_LIST_COLUMNS, PS_INFO } task;
	const char *help_about; /* section, or NULL */
};

/* What a cell is made from. */
struct ps_row {
	const struct ps_request *request;
	const struct view *view;
	struct ps_dates *dates;
	size_t at;           /* in the view */
	const char *art;     /* of a forest: ' ', '|', '+' or 'L' for each level above, ended by a NUL */
	unsigned number;     /* counts down from UINT_MAX, for the columns that test the layout */
	struct buffer *text; /* to build texts in */
};

/*
 * ps_grammar.c: NULL, or what is wrong (perhaps in `error_text`). `request` is to be given back with ps_request_done
 * either way. Texts in it point into `argv`.
 */
const char *ps_options_parse(struct ps_request *request, int argc, char **argv, char error_text[80]);
void ps_request_done(struct ps_request *request);

/* ps_lists.c: adds a list to the request. NULL, or what is wrong. */
const char *ps_list_add(struct ps_request *request, enum ps_by by, const char *argument);
const char *ps_list_add_own_terminal(struct ps_request *request);
const char *ps_list_add_trailing(struct ps_request *request, int count, char **words);

/* ps_format.c: keeps -o, -O, O, --sort, k until all is known; then makes columns and keys of them. */
enum ps_wish_from { PS_FORMAT, PS_UNIX_O, PS_BSD_O, PS_SORT };
struct ps_wishes {
	struct {
		const char *text;
		enum ps_wish_from from;
	} * at;
	size_t count, room;
	char error[80];
};
void ps_wishes_done(struct ps_wishes *wishes);
bool ps_wish_add(struct ps_wishes *wishes, enum ps_wish_from from, const char *text);
const char *ps_wishes_grant(struct ps_wishes *wishes, struct ps_request *request);
bool ps_show(struct ps_request *request, const struct ps_column *column, const char *header, size_t width);

/* ps_layout.c: the columns of a macro, comma between; NULL when there is none of that name. */
const char *ps_macro(struct span name);
/* Chooses the columns when no -o did. NULL, or what is wrong. */
const char *ps_layout(struct ps_request *request);

/* ps_columns.c */
extern const struct ps_column ps_columns[];
extern const size_t ps_column_count;
/* The column of that name; else one made in `arena` for the task field of that name; else NULL. */
const struct ps_column *ps_column_find(struct span name, struct arena *arena);

/* ps_place.c */
void ps_personality_read(struct ps_personality *ret);
void ps_page_read(struct ps_request *request);

/* ps_select.c */
struct ps_selection {
	const struct ps_request *request;
	int64_t *pids; /* owned */
};
/* What to ask the source for. The selection must live as long as the request. -ENOMEM. */
int ps_selection_make(struct ps_selection *selection, const struct ps_request *request, struct request *ret);
void ps_selection_done(struct ps_selection *selection);
const char *ps_selection_check(struct ps_request *request);

/* What is known of every process that may be looked at: with hidepid=1 others are listed, and nothing is said of them.
 */
enum { PS_PROOF = TASK_ppid };

/* ps_order.c: the rows to show, in their order, with their forest art. */
struct ps_line {
	uint32_t row;
	uint32_t art; /* in the art */
};
struct ps_lines_shown {
	struct ps_line *lines; /* owned */
	size_t count;
	struct buffer art;
};
int ps_order_rows(const struct ps_request *request, const struct view *view, struct ps_lines_shown *ret);
void ps_lines_done(struct ps_lines_shown *lines);

/* ps_output.c: the exit status. */
int ps_output(const struct tool *tool, const struct ps_request *request, const struct view *view,
              const struct ps_lines_shown *lines);

/* ps_texts.c: what `args` shows, uncut and not yet safe, into `into`. */
void ps_arguments_text(const struct ps_row *row, struct buffer *into);

/* ps_times.c: start times become dates; the last ones are remembered. */
struct ps_dates *ps_dates_new(const struct view *view, const char *long_format);
void ps_dates_free(struct ps_dates *dates);

/* ps_help.c */
void ps_help(struct buffer *buffer, const char *about);

#endif
