/* What the parts of the interactive vires screen share. */
#ifndef TOOLS_SCREENS_SCREEN_SHOW_H
#define TOOLS_SCREENS_SCREEN_SHOW_H

#include "model/curve.h"
#include "tools/screen.h"
#include "tui/feed.h"
#include "tui/menu.h"
#include "tui/prompt.h"
#include "tui/screen.h"

struct screen_show;

enum { SEEN_MOST = 256 };

/* One life of a process. */
struct screen_who {
	int64_t pid, started_ns;
};

/* A page in place of the table. */
struct screen_page {
	const char *title;
	/* Fills show->text with marked lines; called again when there is a new sample if `live`. */
	void (*fill)(struct screen_show *show, size_t columns);
	bool live;
	/* Keys of its own; false when it has nothing to do with it. May be NULL. */
	bool (*press)(struct screen_show *show, int key);
	const char *keys; /* what the last line says about them */
};

struct screen_show {
	struct screen_call *call;
	struct feed feed;
	struct screen_frame frame;
	bool framed;
	struct screen_past past;
	struct curve_set curves;
	struct screen_folds folds;
	struct screen_layout layout;

	struct list list;         /* of the table; what is under the cursor */
	size_t table_row;         /* line of the title */
	struct screen_who cursor; /* whom the cursor was on */
	bool follow, paused;
	int64_t seen[SEEN_MOST]; /* who was in sight when the sample that is under way was asked for */
	struct screen_who *tags; /* owned: who is tagged */
	size_t tag_count;

	struct buffer message; /* until the next key */
	struct prompt prompt;
	/* NULL: nothing is being asked. `typed` is called after each key, `answered` at the end; NULL answer: given up.
	 */
	void (*typed)(struct screen_show *show, const char *text);
	void (*answered)(struct screen_show *show, const char *text);
	bool asking;
	struct filter filter_before;
	char search[PROMPT_LENGTH];

	struct menu menu;
	void (*chosen)(struct screen_show *show, int64_t value); /* NULL: no menu */

	const struct screen_page *page; /* NULL: the table */
	struct buffer text, all_text;   /* of the page; all_text: before lines were left out */
	struct list scroll;
	char page_filter[64];
	struct screen_who subject;    /* whom the page is about */
	struct process_page *process; /* screen_process.c */

	struct {
		struct list list;
		bool open;
		unsigned page;
	} setup;

	bool leaving, redraw;
};

/* The frame as it is now set; NULL while there is no sample. */
const struct screen_frame *show_frame(struct screen_show *show);

/* Settings have changed: another frame, and another sample if this one lacks something. */
void show_changed(struct screen_show *show);

void show_say(struct screen_show *show, const char *format, ...) __attribute__((format(printf, 2, 3)));
void show_ask(struct screen_show *show, void (*typed)(struct screen_show *, const char *),
              void (*answered)(struct screen_show *, const char *), const char *question);
void show_menu(struct screen_show *show, const char *title, void (*chosen)(struct screen_show *, int64_t));

/* Colours and highlights as the settings say. */
void show_inks(const struct screen_settings *settings);

/* Whom the cursor is on; false in an empty table, and on a line of more than one process. */
bool show_under_cursor(struct screen_show *show, struct screen_who *ret);

/* Their rows in the newest sample; false when it has ended. */
bool show_row_of(const struct screen_show *show, struct screen_who who, uint32_t *ret);

bool show_is_tagged(const struct screen_show *show, struct screen_who who);

/* Whether processes may be changed: not of captured machines, and not with --readonly. Says why not. */
bool show_may_act(struct screen_show *show);

/* screen_draw.c */
void show_draw(struct screen_show *show);

/* How wide all tabs are beside each other at the right end of the line of sums; 0: only the one that is open is there.
 */
size_t show_tabs_width(const struct screen_settings *settings, size_t columns);

/* screen_keys.c */
void show_key(struct screen_show *show, int key);
void show_clicked(struct screen_show *show);
extern const struct screen_page help_page;

/* screen_tasks.c: keys that deal with processes. */
void tasks_tag(struct screen_show *show);
void tasks_tag_children(struct screen_show *show);
void tasks_untag(struct screen_show *show);
void tasks_kill(struct screen_show *show);
void tasks_nicer(struct screen_show *show);
void tasks_less_nice(struct screen_show *show);
void tasks_affinity(struct screen_show *show);
void tasks_io_priority(struct screen_show *show);
void tasks_policy(struct screen_show *show);
void tasks_group_nicer(struct screen_show *show);
void tasks_group_less_nice(struct screen_show *show);
void tasks_trace(struct screen_show *show);
void tasks_fold(struct screen_show *show);
void tasks_fold_all(struct screen_show *show);
void tasks_fold_parent(struct screen_show *show);

/* screen_find.c: searching and filtering. */
void find_search(struct screen_show *show);

/* F3 and Shift-F3 while a text is being typed: the next one, the one before. False for all else. */
bool find_goes_on(struct screen_show *show, int key);
void find_again(struct screen_show *show);
void find_before(struct screen_show *show);
void find_filter(struct screen_show *show);
void find_pid(struct screen_show *show, int key);

/* screen_menus.c */
void menus_sort(struct screen_show *show);
void menus_user(struct screen_show *show);
void menus_roll(struct screen_show *show);

/* Shows the processes of the group under the cursor, and goes back to the groups. False when there is nothing to do. */
bool menus_open_group(struct screen_show *show);
bool menus_close_group(struct screen_show *show);

/* screen_setup.c: F2. */
void setup_open(struct screen_show *show);
void setup_draw(struct screen_show *show, int rows, int columns);
void setup_key(struct screen_show *show, int key);

/* screen_setup_meters.c: its pages of meters and colours: how many lines, what they say, and their keys; false for
 * those that they do not know. */
size_t setup_meters_count(struct screen_show *show);
void setup_meters_item(struct screen_show *show, struct buffer *item, size_t at);
bool setup_meters_key(struct screen_show *show, int key);
void setup_colours_item(struct screen_show *show, struct buffer *item, size_t at);
void setup_layouts_item(struct screen_show *show, struct buffer *item, size_t at);

/* screen_setup_tabs.c: the same for its page of tabs. */
size_t setup_tabs_count(struct screen_show *show);
void setup_tabs_item(struct screen_show *show, struct buffer *item, size_t at);
bool setup_colours_key(struct screen_show *show, int key);
bool setup_layouts_key(struct screen_show *show, int key);
bool setup_tabs_key(struct screen_show *show, int key);

/* screen_pages.c: pages of text. */
void page_open(struct screen_show *show, const struct screen_page *page);
void page_fill(struct screen_show *show, size_t columns);
void page_draw(struct screen_show *show, int rows, int columns);
void page_key(struct screen_show *show, int key);
void pages_environment(struct screen_show *show);
void pages_files(struct screen_show *show);
void pages_locks(struct screen_show *show);
void pages_command(struct screen_show *show);
void pages_columns(struct screen_show *show);

/* screen_process.c: everything about one process. */
void process_open(struct screen_show *show);
void process_close(struct screen_show *show);

#endif
