/* What the parts of the interactive top share. */
#ifndef TOOLS_SCREENS_TOP_SCREEN_H
#define TOOLS_SCREENS_TOP_SCREEN_H

#include "tools/top.h"
#include "tui/feed.h"
#include "tui/list.h"
#include "tui/prompt.h"
#include "tui/screen.h"

struct top_screen;
struct top_inspection;

/* What the screen shows, and who gets the keys. */
struct top_page {
	void (*draw)(struct top_screen *screen, int rows, int columns); /* draws lines from 0 on, all of them */
	void (*press)(struct top_screen *screen, int key);
};

/* One of the four windows on the screen. */
struct top_pane {
	struct top_frame frame;
	bool framed;             /* frame is of now, before and top */
	struct top_frame chosen; /* made in the sampler's thread, of the sample that is under way */
	bool has_chosen;

	size_t first_row, first_column; /* scrolled to */
	size_t shift;                   /* columns of the first text that are scrolled out */
	size_t row_before_focus;        /* first_row when F has left one family alone */
	size_t rows_visible;
	size_t asked_first, asked_count; /* rows that get details in the sample that was asked for */
	size_t taken_first, taken_count; /* and that have them in the newest */
	char search[PROMPT_LENGTH];
};

/* The texts at the bottom, about the first task that is seen. */
enum top_panel {
	PANEL_NONE,
	PANEL_COMMAND_LINE,
	PANEL_ENVIRONMENT,
	PANEL_CGROUPS,
	PANEL_GROUPS,
	PANEL_NAMESPACES,
	PANEL_MESSAGES
};

enum { TOP_MESSAGES = 10, TOP_MESSAGE_LENGTH = 256 };

struct top_screen {
	struct top *top;
	const struct top_page *page; /* NULL: the table */

	struct feed feed; /* the newest sample, and the one that rates look back to */
	struct top_pane panes[TOP_WINDOWS];
	struct top asked; /* what the other thread looks at, of the sample that is under way */

	struct buffer message;                           /* until the next key */
	char messages[TOP_MESSAGES][TOP_MESSAGE_LENGTH]; /* the newest last */
	size_t message_count;
	struct prompt prompt;
	void (*answered)(struct top_screen *screen, const char *answer); /* NULL: nothing is being asked */
	int64_t pid, started_ns;                                         /* whom the question is about */
	bool one_key;   /* the first character of an answer is all of it */
	bool searching; /* top_search is due, once all rows of the current window have their details */
	size_t search_from;

	enum top_panel panel;
	size_t panel_at; /* the word that stands out, from 1; 0: none */

	struct list list;   /* of a page */
	struct buffer text; /* of a page that is a text, lines marked */
	struct list_move {
		bool moving; /* the field under the cursor goes along */
	} move;
	struct top_settings kept;          /* what a page gives back when it is left without a change */
	enum top_part part;                /* whose colour is being chosen */
	struct top_inspection *inspection; /* owned: what Y shows; NULL: nothing */
	bool leaving, redraw;
};

/* The window that keys are for: what is set, and where it is scrolled to. */
static inline struct top_window *top_window(struct top_screen *screen)
{
	return top_current(&screen->top->settings);
}

static inline struct top_pane *top_pane(struct top_screen *screen)
{
	return &screen->panes[screen->top->settings.current];
}

/* The frame of a window, or of the current one, as it is now set; NULL while there is no sample. */
const struct top_frame *top_pane_frame(struct top_screen *screen, size_t window);
const struct top_frame *top_screen_frame(struct top_screen *screen);

/* Settings have changed: other frames, and another sample if this one lacks something. */
void top_screen_changed(struct top_screen *screen);

/* A sample now, not at its time, and of everything. */
void top_screen_refresh(struct top_screen *screen);

/* A sample between two regular ones, as soon as none is under way. */
void top_screen_ask_sample(struct top_screen *screen);

/* A message, until the next key: any words, or "what On"; and a question, whose answer `answered` gets. */
void top_screen_say(struct top_screen *screen, const char *format, ...) __attribute__((format(printf, 2, 3)));
void top_screen_say_switch(struct top_screen *screen, const char *what, bool on);
void top_screen_ask(struct top_screen *screen, void (*answered)(struct top_screen *, const char *), const char *format,
                    ...) __attribute__((format(printf, 3, 4)));

/* After top_screen_ask: the first character of the answer is all of it. */
static inline void top_screen_ask_one_key(struct top_screen *screen)
{
	screen->one_key = true;
}

/* top_draw.c: summary, messages, tables and the text at the bottom. */
void top_draw_table(struct top_screen *screen, int rows, int columns);
void top_draw_prompt(struct top_screen *screen, int row, int columns);

/* top_inks.c: colours and highlights as the windows' settings say. */
void top_screen_inks(const struct top_settings *settings);
bool top_screen_has_colour(void);

/* top_keys.c: a key at the table. */
void top_key(struct top_screen *screen, int key);
extern const struct top_page top_help_page;

/* top_summary_keys.c: what the lines above the table show, and switches for all windows. */
void top_toggle_load(struct top_screen *screen);
void top_turn_cpu_graph(struct top_screen *screen);
void top_turn_memory_graph(struct top_screen *screen);
void top_toggle_promise(struct top_screen *screen);
void top_toggle_each_cpu(struct top_screen *screen);
void top_toggle_nodes(struct top_screen *screen);
void top_ask_node(struct top_screen *screen);
/* Where the machine does not tell its nodes, says so and shows all CPUs in one line. */
void top_check_nodes(struct top_screen *screen);
void top_turn_abreast(struct top_screen *screen);
void top_combine_cpus(struct top_screen *screen);
void top_turn_summary_unit(struct top_screen *screen);
void top_turn_task_unit(struct top_screen *screen);
void top_turn_time_unit(struct top_screen *screen);
void top_toggle_irix(struct top_screen *screen);
void top_toggle_threads(struct top_screen *screen);
void top_toggle_zeros(struct top_screen *screen);
void top_ask_widening(struct top_screen *screen);
void top_ask_delay(struct top_screen *screen);
void top_save(struct top_screen *screen);

/* top_window_keys.c: how the table of a window looks, in which order it is, and which windows are seen. */
void top_sort_memory(struct top_screen *screen);
void top_sort_pid(struct top_screen *screen);
void top_sort_cpu(struct top_screen *screen);
void top_sort_time(struct top_screen *screen);
void top_sort_left(struct top_screen *screen);
void top_sort_right(struct top_screen *screen);
void top_reverse_sort(struct top_screen *screen);
void top_toggle_command(struct top_screen *screen);
void top_toggle_idle(struct top_screen *screen);
void top_toggle_children(struct top_screen *screen);
void top_toggle_numbers(struct top_screen *screen);
void top_toggle_texts(struct top_screen *screen);
void top_toggle_colour(struct top_screen *screen);
void top_toggle_bold(struct top_screen *screen);
void top_toggle_reverse(struct top_screen *screen);
void top_toggle_show_sort(struct top_screen *screen);
void top_toggle_show_running(struct top_screen *screen);
void top_toggle_coordinates(struct top_screen *screen);
void top_toggle_alternate(struct top_screen *screen);
void top_next_window(struct top_screen *screen);
void top_previous_window(struct top_screen *screen);
void top_ask_window(struct top_screen *screen);
void top_ask_name(struct top_screen *screen);
void top_toggle_window(struct top_screen *screen);
void top_toggle_windows(struct top_screen *screen);
void top_show_all(struct top_screen *screen);
void top_show_all_windows(struct top_screen *screen);

/* top_tasks.c: keys that do something to one task. */
void top_ask_signal(struct top_screen *screen);
void top_ask_nice(struct top_screen *screen);
void top_ask_group_nice(struct top_screen *screen);
void top_ask_tag(struct top_screen *screen);

/* The first row that is seen: the usual victim. pid 0: there is none. */
struct top_task top_first_task(struct top_screen *screen);

/* The task of the answer: the one offered when it is empty. False when there is nothing to be done. */
bool top_choose_pid(struct top_screen *screen, const char *answer);

/* Only this machine's tasks can be reached. */
bool top_is_here(struct top_screen *screen);

/* top_choice.c: keys about which tasks are shown. */
void top_ask_user(struct top_screen *screen, bool any);
void top_ask_filter(struct top_screen *screen, bool case_matters);
void top_show_filters(struct top_screen *screen);
void top_ask_most(struct top_screen *screen);
void top_ask_search(struct top_screen *screen);
void top_search_again(struct top_screen *screen);
/* Searches from `search_from` on, in rows that have their details. */
void top_search(struct top_screen *screen);
void top_toggle_forest(struct top_screen *screen);
void top_toggle_fold(struct top_screen *screen);
void top_toggle_focus(struct top_screen *screen);

/* top_scroll.c: a key that moves the current window over its rows and columns; others do nothing. */
void top_scroll(struct top_screen *screen, int key);

/* top_fields.c: the screen of columns, and what they mean. */
extern const struct top_page top_fields_page, top_about_page;
void top_open_fields(struct top_screen *screen);
void top_open_about(struct top_screen *screen);

/* top_colours.c: the screen of colours. */
void top_open_colours(struct top_screen *screen);

/* top_inspect.c: what the settings file names of a task: files, and the output of commands. */
void top_ask_inspect(struct top_screen *screen);
void top_inspection_free(struct top_inspection *inspection); /* accepts NULL */

/* The output of the command that runs, to be waited for; -1: none runs. */
int top_inspect_fd(const struct top_screen *screen);
void top_inspect_read(struct top_screen *screen);

/* Whether ^C was for that command, and has stopped it. */
bool top_inspect_interrupt(struct top_screen *screen);

/* top_panel.c: the text at the bottom. */
void top_open_panel(struct top_screen *screen, enum top_panel panel);
void top_panel_next(struct top_screen *screen, int step);
void top_panel_want(enum top_panel panel, struct request *request);
/* Adds its lines, marked: a title and what fits into `lines` more. Nothing when there is none. */
void top_panel_put(struct top_screen *screen, struct buffer *buffer, size_t columns, size_t lines);

/* top_text.c: a page of text; `text` is filled with lines. */
void top_open_text(struct top_screen *screen, const struct top_page *page);
void top_draw_text(struct top_screen *screen, int rows, int columns);
void top_press_text(struct top_screen *screen, int key);

#endif
