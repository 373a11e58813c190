/* The interactive top: one thread waits for keys and draws, another one samples. */
#include "tools/screens/top_screen.h"

#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "tools/crash.h"

enum { WATCH_EVERY = 10, ALL_ROWS = INT_MAX };

/* For ^L. */
static void remember(struct top_screen *screen, const char *text)
{
	if (screen->message_count == TOP_MESSAGES) {
		memmove(screen->messages[0], screen->messages[1], (TOP_MESSAGES - 1) * TOP_MESSAGE_LENGTH);
		screen->message_count--;
	}
	snprintf(screen->messages[screen->message_count++], TOP_MESSAGE_LENGTH, "%s", text);
}

void top_screen_say(struct top_screen *screen, const char *format, ...)
{
	char text[512];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	buffer_clear(&screen->message);
	buffer_text(&screen->message, text);
	remember(screen, text);
}

void top_screen_say_switch(struct top_screen *screen, const char *what, bool on)
{
	top_screen_say(screen, "%s %s", what, on ? "On" : "Off");
}

void top_screen_ask(struct top_screen *screen, void (*answered)(struct top_screen *, const char *), const char *format,
                    ...)
{
	char text[512];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	prompt_ask(&screen->prompt, text);
	screen->answered = answered;
	screen->one_key = false;
}

/* Whether that window's frame is needed: the current one's also for the lines above the tables. */
static bool is_framed(const struct top *top, size_t window)
{
	return top_window_seen(top, window) || window == top->settings.current;
}

/* In the sampler's thread: the rows that will be seen get their details. */
static void choose(void *context, const struct snapshot *snapshot, bool *chosen)
{
	struct top_screen *screen = context;
	const struct snapshot *past = screen->feed.extra ? &screen->feed.before : &screen->feed.now;

	for (size_t window = 0; window < TOP_WINDOWS; window++) {
		struct top_pane *pane = &screen->panes[window];
		struct top_frame *frame = &pane->chosen;
		if (!is_framed(&screen->asked, window) ||
		    top_frame_init(frame, &screen->asked, window, snapshot, past, &screen->feed.watch) < 0)
			continue;
		pane->has_chosen = true;
		for (size_t i = pane->asked_first; i < frame->count && i < pane->asked_first + pane->asked_count; i++)
			chosen[frame->rows[i]] = true;
	}
}

static bool is_dear(const struct field_set *set)
{
	for (unsigned id = 0; id < TASK_FIELDS; id++)
		if (field_set_has(set, id) && task_fields[id].from == FROM_SMAPS_ROLLUP)
			return true;
	return false;
}

/* Columns of shares are read again and again: not for long of anybody, and for a tenth of a CPU at most. */
static void spare(const struct top_screen *screen, struct request *ret)
{
	enum { PART = 10, LONGEST_NS = 10000000 };
	static const uint8_t needed[] = { TASK_pss_bytes, TASK_rss_bytes, TASK_minor_faults, TASK_pss_unknown };

	if (screen->top->shared.place.root || (!is_dear(&ret->fields) && !is_dear(&ret->details)))
		return;
	ret->share_part = PART;
	ret->share_longest_ns = LONGEST_NS;
	for (size_t i = 0; i < sizeof needed; i++)
		request_field(ret, &ret->fields, needed[i]);
}

static void want(struct top_screen *screen, struct request *ret)
{
	top_request(screen->top, true, ret);
	top_panel_want(screen->panel, ret);
	request_field(ret, &ret->fields, TASK_started_ns);
	spare(screen, ret);
}

/* What the other thread is to look at, from now until its sample is taken. */
static void make_request(struct top_screen *screen, struct request *ret)
{
	screen->asked = *screen->top;
	for (size_t i = 0; i < TOP_WINDOWS; i++) {
		screen->panes[i].asked_first = screen->panes[i].first_row;
		screen->panes[i].asked_count = screen->panes[i].rows_visible;
	}
	if (screen->searching) {
		top_pane(screen)->asked_first = 0;
		top_pane(screen)->asked_count = ALL_ROWS;
	}
	want(screen, ret);
	if (ret->pids) /* the answer to a question may change the others meanwhile */
		ret->pids = screen->asked.pids;
	/* Growth counts from the first sight of a process: now and then everybody is looked at. */
	if (screen->feed.samples % WATCH_EVERY == 0)
		request_field(ret, &ret->fields, TASK_rss_bytes);
	ret->choose = choose;
	ret->context = screen;
}

void top_screen_ask_sample(struct top_screen *screen)
{
	struct request request;

	if (screen->feed.waiting)
		return;
	make_request(screen, &request);
	feed_ask_extra(&screen->feed, &request);
}

static void drop_frames(struct top_screen *screen)
{
	for (size_t i = 0; i < TOP_WINDOWS; i++) {
		struct top_pane *pane = &screen->panes[i];
		if (pane->framed)
			top_frame_done(&pane->frame);
		pane->framed = false;
	}
	screen->redraw = true;
}

/* What the sampler's thread has put in order is what shall be shown, unless the settings have changed since: then
 * false, as other rows may be seen than those that have got their details. */
static bool adopt_chosen(struct top_screen *screen)
{
	bool good = screen->feed.samples >= 2 && !memcmp(&screen->asked, screen->top, sizeof screen->asked);

	for (size_t i = 0; i < TOP_WINDOWS; i++) {
		struct top_pane *pane = &screen->panes[i];
		pane->taken_first = pane->asked_first;
		pane->taken_count = pane->asked_count;
		if (!pane->has_chosen)
			continue;
		pane->has_chosen = false;
		if (!good) {
			top_frame_done(&pane->chosen);
			continue;
		}
		pane->frame = pane->chosen;
		pane->chosen = (struct top_frame){ 0 };
		pane->frame.view.now = &screen->feed.now;
		pane->frame.view.before = &screen->feed.before;
		pane->framed = true;
	}
	return good;
}

static int take(struct top_screen *screen)
{
	int r = feed_take(&screen->feed);

	if (r <= 0)
		return r;
	drop_frames(screen);
	bool good = adopt_chosen(screen);
	if (screen->searching && good && top_pane(screen)->asked_count == ALL_ROWS)
		top_search(screen);
	else if ((screen->searching || !good) && screen->feed.samples >= 2)
		top_screen_ask_sample(screen);
	return 0;
}

const struct top_frame *top_pane_frame(struct top_screen *screen, size_t window)
{
	struct top_pane *pane = &screen->panes[window];

	if (pane->framed)
		return &pane->frame;
	if (screen->feed.samples < 2 || top_frame_init(&pane->frame, screen->top, window, &screen->feed.now,
	                                               &screen->feed.before, &screen->feed.watch) < 0)
		return NULL;
	pane->framed = true;
	return &pane->frame;
}

const struct top_frame *top_screen_frame(struct top_screen *screen)
{
	return top_pane_frame(screen, screen->top->settings.current);
}

/* Rows that are seen now may lack their details. Threads in place of processes have no past yet: two samples are needed
 * then. */
void top_screen_changed(struct top_screen *screen)
{
	struct request wanted;

	drop_frames(screen);
	want(screen, &wanted);
	if (wanted.threads != screen->feed.request.threads || wanted.pid_count != screen->feed.request.pid_count)
		feed_soon(&screen->feed);
	top_screen_ask_sample(screen);
}

void top_screen_refresh(struct top_screen *screen)
{
	feed_hurry(&screen->feed);
	screen->feed.afresh = true;
	screen->redraw = true;
}

static void draw(struct top_screen *screen)
{
	int rows, columns;

	screen_size(&rows, &columns);
	screen->redraw = false;
	if (screen->page) {
		screen_cursor(-1, 0);
		screen->page->draw(screen, rows, columns);
	} else {
		top_draw_table(screen, rows, columns);
	}
	screen_show(false);
}

static void press_prompt(struct top_screen *screen, int key)
{
	void (*answered)(struct top_screen *, const char *) = screen->answered;
	enum prompt_state state = prompt_key(&screen->prompt, key);
	struct buffer answer = { 0 };

	if (state == PROMPT_GOES_ON && !(screen->one_key && screen->prompt.len))
		return;
	screen->answered = NULL;
	if (state != PROMPT_CANCELLED) {
		prompt_text(&screen->prompt, &answer);
		answered(screen, buffer_cstr(&answer));
	}
	buffer_done(&answer);
}

static void press(struct top_screen *screen, int key)
{
	screen->redraw = true;
	if (key == KEY_SIZE)
		return;
	buffer_clear(&screen->message);
	if (screen->answered)
		press_prompt(screen, key);
	else if (screen->page)
		screen->page->press(screen, key);
	else
		top_key(screen, key);
}

static void ask(struct top_screen *screen)
{
	struct request request;

	if (screen->feed.waiting)
		return;
	make_request(screen, &request);
	feed_ask(&screen->feed, &request, screen->top->settings.delay_ns);
}

/* A sample is done, or a command has written something. */
static int attend(struct top_screen *screen)
{
	int fd = top_inspect_fd(screen);
	int key = screen_wait(fd < 0 ? feed_fd(&screen->feed) : fd, fd < 0 ? feed_time_left(&screen->feed) : -1);

	if (key != KEY_NONE)
		feed_recall(&screen->feed);
	for (; key != KEY_NONE && !screen->leaving; key = screen_wait(-1, 0))
		press(screen, key);
	if (fd >= 0 && top_inspect_fd(screen) == fd)
		top_inspect_read(screen);
	return take(screen);
}

static int loop(struct top_screen *screen)
{
	int r = 0;

	while (r == 0 && !screen->leaving && (!screen_ended() || top_inspect_interrupt(screen))) {
		if (feed_is_due(&screen->feed))
			ask(screen);
		if (screen->redraw)
			draw(screen);
		ask(screen); /* for the rows in sight, in advance: so nobody wakes up only to ask */
		r = attend(screen);
		if (r == 0 && screen->top->iterations && screen->feed.regular > (size_t)screen->top->iterations) {
			draw(screen);
			break;
		}
	}
	return r;
}

static int open_all(struct top_screen *screen)
{
	struct source *source;
	int rows, columns;

	int r = place_open(&screen->top->shared.place, true, &source);
	if (r < 0)
		return place_complain(screen->top->tool, 1, &screen->top->shared.place, r);
	r = feed_open(&screen->feed, source);
	if (r < 0)
		return complain(screen->top->tool, 1, "%s", strerror(-r));
	r = screen_open();
	if (r == -ENOTTY)
		return complain(screen->top->tool, 1, "failed tty get");
	if (r < 0)
		return complain(screen->top->tool, 1, "the terminal type in TERM is not known; -b needs none");
	screen_size(&rows, &columns);
	for (size_t i = 0; i < TOP_WINDOWS; i++)
		screen->panes[i].rows_visible = (size_t)rows;
	return GO_ON;
}

static void close_all(struct top_screen *screen)
{
	screen_close();
	for (size_t i = 0; i < TOP_WINDOWS; i++) {
		top_frame_done(&screen->panes[i].chosen);
		top_frame_done(&screen->panes[i].frame);
	}
	feed_done(&screen->feed);
	buffer_done(&screen->message);
	buffer_done(&screen->text);
	prompt_done(&screen->prompt);
	top_inspection_free(screen->inspection);
	free(screen);
}

int top_screen_run(struct top *top)
{
	struct top_screen *screen = calloc(1, sizeof *screen);

	if (!screen)
		return complain(top->tool, 1, "failed memory allocate");
	screen->top = top;
	crash_report(top->tool);
	crash_first(screen_abandon);
	int status = open_all(screen);
	if (status == GO_ON) {
		top_screen_inks(&top->settings);
		screen->redraw = true;
		int r = loop(screen);
		screen_close_and_leave();
		status = r < 0 ? complain(top->tool, 1, "cannot take a sample: %s", strerror(-r)) : 0;
	}
	close_all(screen);
	return status;
}
