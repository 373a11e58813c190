/* Keys of top about which tasks are shown, and which of them first. */
#include <stdio.h>
#include <string.h>

#include "tools/screens/top_screen.h"
#include "tools/words.h"

static void answered_user(struct top_screen *screen, const char *answer, bool any)
{
	if (!answer[0])
		top_window(screen)->user.wanted = false;
	else if (top_user_find(screen->top, answer, any, &top_window(screen)->user) < 0)
		top_screen_say(screen, "Invalid user");
	top_screen_changed(screen);
}

static void answered_effective_user(struct top_screen *screen, const char *answer)
{
	answered_user(screen, answer, false);
}

static void answered_any_user(struct top_screen *screen, const char *answer)
{
	answered_user(screen, answer, true);
}

void top_ask_user(struct top_screen *screen, bool any)
{
	top_screen_ask(screen, any ? answered_any_user : answered_effective_user, "Which user (blank for all)");
}

static void add_filter(struct top_screen *screen, const char *answer, bool case_matters)
{
	struct top_window *window = top_window(screen);
	struct top_filter filter;

	if (!answer[0])
		return;
	if (window->filter_count == TOP_FILTERS_MOST) {
		top_screen_say(screen, "No more than %d filters", TOP_FILTERS_MOST);
		return;
	}
	const char *wrong = top_filter_parse(screen->top, window, answer, case_matters, &filter);
	if (wrong) {
		top_screen_say(screen, "%s", wrong);
		return;
	}
	window->filters[window->filter_count++] = filter;
	top_pane(screen)->first_row = 0;
	top_screen_changed(screen);
}

static void answered_filter(struct top_screen *screen, const char *answer)
{
	add_filter(screen, answer, false);
}

static void answered_exact_filter(struct top_screen *screen, const char *answer)
{
	add_filter(screen, answer, true);
}

void top_ask_filter(struct top_screen *screen, bool case_matters)
{
	top_screen_ask(screen, case_matters ? answered_exact_filter : answered_filter,
	               "add filter #%zu (%s) as: [!]FLD?VAL", top_window(screen)->filter_count + 1,
	               case_matters ? "case sensitive" : "ignoring case");
}

void top_show_filters(struct top_screen *screen)
{
	const struct top_window *window = top_window(screen);
	struct buffer text = { 0 };

	for (size_t i = 0; i < window->filter_count; i++) {
		buffer_text(&text, i ? " + '" : "'");
		top_filter_put(&text, screen->top, &window->filters[i]);
		buffer_char(&text, '\'');
	}
	top_screen_say(screen, "filters: %s", text.len ? buffer_cstr(&text) : "none");
	buffer_done(&text);
}

static void answered_most(struct top_screen *screen, const char *answer)
{
	int64_t most;

	if (!answer[0])
		return;
	bool number = word_integer(answer, &most);
	if (!number || most < 0) {
		top_screen_say(screen, number ? "Invalid maximum" : "Unacceptable integer");
		return;
	}
	top_window(screen)->tasks_most = (size_t)most;
	top_screen_changed(screen);
}

void top_ask_most(struct top_screen *screen)
{
	top_screen_ask(screen, answered_most, "Maximum tasks = %zu, change to (0 is unlimited)",
	               top_window(screen)->tasks_most);
}

/* The text as a row shows it, whatever is scrolled out at the sides. */
static bool row_has(struct top_screen *screen, const struct top_frame *frame, size_t index)
{
	struct top_layout layout;
	struct buffer row = { 0 };

	top_layout_make(&layout, screen->top, frame->window, 0, 0, TOP_WIDTH_MOST);
	top_row_put(&row, screen->top, frame, &layout, index);
	bool has = strcasestr(buffer_cstr(&row), top_pane(screen)->search) != NULL;
	buffer_done(&row);
	return has;
}

/* Rows that are not seen have no details yet: the sample that has them is searched. */
static void search(struct top_screen *screen, size_t from)
{
	screen->search_from = from;
	screen->searching = true;
	top_screen_ask_sample(screen);
}

void top_search(struct top_screen *screen)
{
	const struct top_frame *frame = top_screen_frame(screen);

	screen->searching = false;
	for (size_t i = screen->search_from; frame && i < frame->count; i++) {
		if (!row_has(screen, frame, i))
			continue;
		top_pane(screen)->first_row = i;
		screen->redraw = true;
		return;
	}
	top_screen_say(screen, "\"%s\" not found", top_pane(screen)->search);
}

static void answered_search(struct top_screen *screen, const char *answer)
{
	if (!answer[0])
		return;
	snprintf(top_pane(screen)->search, PROMPT_LENGTH, "%s", answer);
	search(screen, top_pane(screen)->first_row);
}

void top_ask_search(struct top_screen *screen)
{
	top_screen_ask(screen, answered_search, "Locate string");
}

void top_search_again(struct top_screen *screen)
{
	if (top_pane(screen)->search[0])
		search(screen, top_pane(screen)->first_row + 1);
	else
		top_screen_say(screen, "Locate next inactive, use \"L\"");
}

void top_toggle_forest(struct top_screen *screen)
{
	struct top_window *window = top_window(screen);

	window->forest = !window->forest;
	top_screen_changed(screen);
	top_screen_say(screen, "Forest mode %s", window->forest ? "On" : "Off");
}

/* Whether the first task has children in the forest; without a forest, or without any, the keys do nothing. */
static bool has_children(struct top_screen *screen)
{
	const struct top_frame *frame = top_screen_frame(screen);
	size_t at = top_pane(screen)->first_row;

	if (!frame || !frame->branches) {
		top_screen_say(screen, "Only in forest mode (V)");
		return false;
	}
	if (at < frame->count && (frame->branches[at].folded ||
	                          (at + 1 < frame->count && frame->branches[at + 1].depth > frame->branches[at].depth)))
		return true;
	top_screen_say(screen, "The first task that is seen has no children");
	return false;
}

void top_toggle_fold(struct top_screen *screen)
{
	struct top_window *window = top_window(screen);
	struct top_task task = top_first_task(screen);

	if (!has_children(screen))
		return;
	for (size_t i = 0; i < window->folded_count; i++)
		if (!memcmp(&window->folded[i], &task, sizeof task)) {
			window->folded[i] = window->folded[--window->folded_count];
			window->folded[window->folded_count] = (struct top_task){ 0 };
			top_screen_changed(screen);
			return;
		}
	if (window->folded_count == TOP_FOLDED_MOST) {
		top_screen_say(screen, "No more than %d families can be folded", TOP_FOLDED_MOST);
		return;
	}
	window->folded[window->folded_count++] = task;
	top_screen_changed(screen);
}

void top_toggle_focus(struct top_screen *screen)
{
	struct top_window *window = top_window(screen);

	if (window->focus.pid) {
		window->focus.pid = 0;
		top_pane(screen)->first_row = top_pane(screen)->row_before_focus;
	} else {
		if (!has_children(screen))
			return;
		window->focus = top_first_task(screen);
		top_pane(screen)->row_before_focus = top_pane(screen)->first_row;
		top_pane(screen)->first_row = 0;
	}
	top_screen_changed(screen);
}
