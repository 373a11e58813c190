/* What the parts of the interactive top share. */
#ifndef TOOLS_SCREENS_TOP_SCREEN_H
#define TOOLS_SCREENS_TOP_SCREEN_H

#include "collect/sampler.h"
#include "tools/top.h"
#include "tui/list.h"
#include "tui/prompt.h"
#include "tui/screen.h"

struct top_screen;

/* What the screen shows, and who gets the keys. */
struct top_page {
	void (*draw)(struct top_screen *screen, int rows, int columns); /* draws lines from 0 on, all of them */
	void (*press)(struct top_screen *screen, int key);
};

struct top_screen {
	struct top *top;
	struct sampler *sampler;
	const struct top_page *page; /* NULL: the table */

	/* Samples: the newest, and the one that rates look back to. */
	struct snapshot now, before;
	struct watch watch;
	struct top_frame frame;
	bool framed;             /* frame is of now, before and top */
	struct top_frame chosen; /* made in the sampler's thread, of the sample that is under way */
	bool has_chosen;
	size_t samples;

	/* The sample that is under way, and what the other thread looks at meanwhile. */
	struct top asked;
	struct request request;
	bool everybody;                    /* RES is read of all rows */
	bool waiting, extra;               /* extra: asked for between two regular ones */
	int64_t due_ns;                    /* the next regular one, CLOCK_MONOTONIC */
	size_t window_first, window_count; /* rows that get details */

	struct buffer message; /* until the next key */
	struct prompt prompt;
	void (*answered)(struct top_screen *screen, const char *answer); /* NULL: nothing is being asked */
	int64_t pid, started_ns;                                         /* whom the question is about */
	int signal;

	size_t first_row, first_column; /* scrolled to */
	size_t rows_visible;
	char search[PROMPT_LENGTH];

	struct list list;   /* of a page */
	struct buffer text; /* of a page that is a text, lines marked */
	struct list_move {
		bool moving; /* the field under the cursor goes along */
	} move;
	bool leaving, redraw;
};

/* The frame as it is now set; NULL while there is no sample. */
const struct top_frame *top_screen_frame(struct top_screen *screen);

/* Colours and highlights as the settings say. */
void top_screen_inks(const struct top_settings *settings);

/* Settings have changed: another frame, and another sample if this one lacks something. */
void top_screen_changed(struct top_screen *screen);

/* A sample now, not at its time. */
void top_screen_refresh(struct top_screen *screen);

void top_screen_say(struct top_screen *screen, const char *format, ...) __attribute__((format(printf, 2, 3)));
void top_screen_ask(struct top_screen *screen, void (*answered)(struct top_screen *, const char *), const char *format,
                    ...) __attribute__((format(printf, 3, 4)));

/* top_keys.c: a key at the table. */
void top_key(struct top_screen *screen, int key);
extern const struct top_page top_help_page;

/* top_tasks.c: keys that are about one task, or about which tasks are shown. */
void top_ask_signal(struct top_screen *screen);
void top_ask_nice(struct top_screen *screen);
void top_ask_user(struct top_screen *screen, bool any);
void top_ask_filter(struct top_screen *screen, bool case_matters);
void top_show_filters(struct top_screen *screen);
void top_ask_most(struct top_screen *screen);
void top_ask_search(struct top_screen *screen);
void top_search_again(struct top_screen *screen);
void top_show_all(struct top_screen *screen);

/* top_fields.c: the screen of columns, and what they mean. */
extern const struct top_page top_fields_page, top_about_page;
void top_open_fields(struct top_screen *screen);
void top_open_about(struct top_screen *screen);

/* top_text.c: a page of text; `text` is filled with lines. */
void top_open_text(struct top_screen *screen, const struct top_page *page);
void top_draw_text(struct top_screen *screen, int rows, int columns);
void top_press_text(struct top_screen *screen, int key);

#endif
