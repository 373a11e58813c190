/* The interactive vires screen: one thread waits for keys and draws, another one samples. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/array.h"
#include "tools/crash.h"
#include "tools/screens/screen_show.h"

void show_say(struct screen_show *show, const char *format, ...)
{
	char text[512];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	buffer_clear(&show->message);
	buffer_text(&show->message, text);
}

void show_ask(struct screen_show *show, void (*typed)(struct screen_show *, const char *),
              void (*answered)(struct screen_show *, const char *), const char *question)
{
	prompt_ask(&show->prompt, question);
	show->typed = typed;
	show->answered = answered;
	show->asking = true;
}

void show_menu(struct screen_show *show, const char *title, void (*chosen)(struct screen_show *, int64_t))
{
	menu_open(&show->menu, title);
	show->chosen = chosen;
}

static void drop_frame(struct screen_show *show)
{
	if (show->framed)
		screen_frame_done(&show->frame);
	show->framed = false;
	show->redraw = true;
}

static bool is_who(const struct view *view, uint32_t row, struct screen_who who)
{
	int64_t pid, started;

	return view_number(view, row, TASK_pid, &pid) && pid == who.pid &&
	       (!view_number(view, row, TASK_started_ns, &started) || started == who.started_ns);
}

static struct screen_who who_of(const struct view *view, uint32_t row)
{
	struct screen_who who = { -1, -1 };

	view_number(view, row, TASK_pid, &who.pid);
	view_number(view, row, TASK_started_ns, &who.started_ns);
	return who;
}

/* The cursor stays on its process when it is followed, else on its line. */
static void place_cursor(struct screen_show *show)
{
	const struct screen_frame *frame = &show->frame;

	show->list.count = frame->count;
	for (size_t i = 0; show->follow && i < frame->count; i++)
		if (!frame->items[i].name.at &&
		    is_who(&frame->view, screen_item_row(frame, &frame->items[i]), show->cursor)) {
			show->list.at = i;
			break;
		}
	list_fit(&show->list);
}

const struct screen_frame *show_frame(struct screen_show *show)
{
	if (show->framed)
		return &show->frame;
	if (show->feed.samples == 0 ||
	    screen_frame_init(&show->frame, show->call, &show->feed.now,
	                      show->feed.samples > 1 ? &show->feed.before : NULL, &show->feed.watch, &show->folds) < 0)
		return NULL;
	show->framed = true;
	place_cursor(show);
	return &show->frame;
}

bool show_under_cursor(struct screen_show *show, struct screen_who *ret)
{
	const struct screen_frame *frame = show_frame(show);

	if (!frame || show->list.at >= frame->count || frame->items[show->list.at].name.at)
		return false;
	*ret = who_of(&frame->view, screen_item_row(frame, &frame->items[show->list.at]));
	return true;
}

bool show_row_of(const struct screen_show *show, struct screen_who who, uint32_t *ret)
{
	for (uint32_t row = 0; show->framed && row < show->feed.now.count; row++)
		if (is_who(&show->frame.view, row, who)) {
			*ret = row;
			return true;
		}
	return false;
}

bool show_is_tagged(const struct screen_show *show, struct screen_who who)
{
	for (size_t i = 0; i < show->tag_count; i++)
		if (show->tags[i].pid == who.pid && show->tags[i].started_ns == who.started_ns)
			return true;
	return false;
}

bool show_may_act(struct screen_show *show)
{
	if (show->call->shared.place.root)
		show_say(show, "Not possible: these are processes of a captured machine");
	else if (show->call->read_only)
		show_say(show, "Not done: this is a screen for looking only (--readonly)");
	else
		return true;
	return false;
}

static bool within(const struct field_set *set, const struct field_set *whole)
{
	struct field_set rest = field_set_without(*set, whole);

	return field_set_empty(&rest);
}

void show_changed(struct screen_show *show)
{
	struct request wanted;

	drop_frame(show);
	screen_request(show->call, &wanted);
	if (wanted.threads != show->feed.request.threads) {
		feed_soon(&show->feed);
		feed_ask_extra(&show->feed, &wanted);
	} else if (!within(&wanted.fields, &show->feed.request.fields))
		feed_ask_extra(&show->feed, &wanted);
}

static void press_prompt(struct screen_show *show, int key)
{
	struct buffer text = { 0 };

	if (find_goes_on(show, key))
		return;
	enum prompt_state state = prompt_key(&show->prompt, key);
	prompt_text(&show->prompt, &text);
	if (state == PROMPT_GOES_ON) {
		if (show->typed)
			show->typed(show, buffer_cstr(&text));
	} else {
		show->asking = false;
		show->answered(show, state == PROMPT_ANSWERED ? buffer_cstr(&text) : NULL);
	}
	buffer_done(&text);
}

/* A click on an item is as good as going there and pressing Return. */
static int menu_click(struct screen_show *show, int key)
{
	int row, column;

	if (key != KEY_CLICK)
		return key;
	screen_clicked(&row, &column);
	size_t at = show->menu.list.first + (size_t)row - show->table_row - 1;
	if (row <= (int)show->table_row || (size_t)column >= show->menu.width || at >= show->menu.list.count)
		return KEY_ESCAPE;
	show->menu.list.at = at;
	return KEY_RETURN;
}

static void press_menu(struct screen_show *show, int key)
{
	void (*chosen)(struct screen_show *, int64_t) = show->chosen;
	enum menu_state state = menu_key(&show->menu, menu_click(show, key));

	if (state == MENU_GOES_ON)
		return;
	int64_t value = menu_value(&show->menu);
	show->chosen = NULL;
	if (state == MENU_CHOSEN)
		chosen(show, value);
	if (!show->chosen)
		menu_done(&show->menu);
}

static void press(struct screen_show *show, int key)
{
	show->redraw = true;
	if (key == CTRL('L') || key == KEY_SIZE) {
		screen_show(key == CTRL('L'));
		return;
	}
	buffer_clear(&show->message);
	if (show->asking)
		press_prompt(show, key);
	else if (show->chosen)
		press_menu(show, key);
	else if (show->setup.open)
		setup_key(show, key);
	else if (show->page)
		page_key(show, key);
	else
		show_key(show, key);
	/* From here on that is who is followed. */
	if (!show->page)
		show_under_cursor(show, &show->cursor);
}

/* Those that have ended are tagged no more. */
static void prune_tags(struct screen_show *show)
{
	size_t kept = 0;
	uint32_t row;

	if (!show_frame(show))
		return;
	for (size_t i = 0; i < show->tag_count; i++)
		if (show_row_of(show, show->tags[i], &row))
			show->tags[kept++] = show->tags[i];
	show->tag_count = kept;
}

static int take(struct screen_show *show)
{
	/* The frame looks at the snapshots, which are about to change. */
	int r = feed_take(&show->feed);
	if (r <= 0)
		return r;
	drop_frame(show);
	screen_limit_read(show->call);
	if (!show->feed.extra && show->feed.samples > 1)
		screen_past_add(&show->past, show->call, &show->feed.now, &show->feed.before);
	r = show->feed.extra ? 0 : curve_set_update(&show->curves, &show->feed.now);
	if (show->tag_count)
		prune_tags(show);
	if (show->page && show->page->live)
		page_fill(show, SIZE_MAX);
	return r;
}

/* Shares of rows in sight are read before those of others. Not while a sample is under way: it looks at the list. */
static void ask_for_seen(struct screen_show *show, struct request *request)
{
	const struct screen_sort *sort = screen_sort_of(&show->call->settings);
	int rows, columns;

	screen_size(&rows, &columns);
	if (screen_is_share(show->call->columns.at[sort->column].column.id) && screen_descends(show->call))
		request->share_top = (size_t)rows;
	size_t end = show->framed ? show->list.first + show->list.height : 0, count = 0;
	for (size_t i = show->list.first; i < end && i < show->frame.count && count < SEEN_MOST; i++) {
		const struct screen_item *item = &show->frame.items[i];
		if (!item->rolled)
			show->seen[count++] = who_of(&show->frame.view, screen_item_row(&show->frame, item)).pid;
	}
	qsort(show->seen, count, sizeof *show->seen, compare_i64);
	request->seen_pids = show->seen;
	request->seen_count = count;
}

static int loop(struct screen_show *show)
{
	struct request request;
	int r = 0;

	while (r == 0 && !show->leaving && !screen_ended()) {
		if (!show->paused && feed_is_due(&show->feed)) {
			screen_request(show->call, &request);
			ask_for_seen(show, &request);
			feed_ask(&show->feed, &request, show->call->settings.delay_ns);
		}
		if (show->redraw)
			show_draw(show);
		int key = screen_wait(feed_fd(&show->feed), show->paused ? -1 : feed_time_left(&show->feed));
		for (; key != KEY_NONE && !show->leaving; key = screen_wait(-1, 0))
			press(show, key);
		r = take(show);
		if (r == 0 && show->call->iterations && show->feed.samples > (size_t)show->call->iterations) {
			show_draw(show);
			break;
		}
	}
	return r;
}

static int open_all(struct screen_show *show)
{
	const struct screen_call *call = show->call;
	struct source *source;

	int r = place_open(&call->shared.place, true, &source);
	if (r < 0)
		return place_complain(call->tool, STATUS_NOT_POSSIBLE, &call->shared.place, r);
	r = feed_open(&show->feed, source);
	if (r < 0)
		return complain(call->tool, STATUS_NOT_POSSIBLE, "%s", strerror(-r));
	r = screen_open();
	if (r == -ENOTTY)
		return complain(call->tool, STATUS_NOT_POSSIBLE, "no terminal here; --once prints one frame");
	if (r < 0)
		return complain(call->tool, 1, "Error opening terminal: %s.",
		                getenv("TERM") ? getenv("TERM") : "unknown");
	return GO_ON;
}

static void close_all(struct screen_show *show)
{
	screen_close();
	drop_frame(show);
	process_close(show);
	curve_set_done(&show->curves);
	feed_done(&show->feed);
	free(show->folds.pids);
	free(show->tags);
	buffer_done(&show->message);
	buffer_done(&show->text);
	buffer_done(&show->all_text);
	prompt_done(&show->prompt);
	menu_done(&show->menu);
	free(show);
}

int screen_show_run(struct screen_call *call)
{
	struct screen_show *show = calloc(1, sizeof *show);

	if (!show)
		return complain(call->tool, STATUS_NOT_POSSIBLE, "not enough memory");
	show->call = call;
	crash_report(call->tool);
	crash_first(screen_abandon);
	int status = open_all(show);
	if (status == GO_ON) {
		call->settings.unicode &= screen_unicode();
		show_inks(&call->settings);
		screen_mouse(call->settings.mouse);
		show->redraw = true;
		if (call->left_out.len)
			show_say(show, "Of htoprc, not here:%s", buffer_cstr(&call->left_out));
		int r = loop(show);
		screen_close();
		status = r < 0 ? complain(call->tool, STATUS_NOT_POSSIBLE, "cannot take a sample: %s", strerror(-r)) :
		                 STATUS_OK;
	}
	close_all(show);
	return status;
}
