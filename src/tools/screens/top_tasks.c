/* Keys of top that are about one task, or about which tasks are shown. */
#include <errno.h>
#include <stdio.h>

#include "base/signals.h"
#include "collect/renice.h"
#include "collect/send.h"
#include "render/marked.h"
#include "tools/screens/top_screen.h"
#include "tools/words.h"

/* The first row that is seen: the usual victim. */
static int64_t first_pid(struct top_screen *screen)
{
	const struct top_frame *frame = top_screen_frame(screen);
	int64_t pid = 0;

	if (frame && screen->first_row < frame->count)
		view_number(&frame->view, frame->rows[screen->first_row], TASK_pid, &pid);
	return pid;
}

/* Since when that task runs, as we have seen it; -1 for one that we have not. */
static int64_t started(const struct top_screen *screen, int64_t pid)
{
	int64_t number, start;

	for (size_t row = 0; row < screen->now.count; row++)
		if (snapshot_number(&screen->now, row, TASK_pid, &number) && number == pid &&
		    snapshot_number(&screen->now, row, TASK_started_ns, &start))
			return start;
	return -1;
}

/* Only this machine's tasks can be reached. */
static bool is_here(struct top_screen *screen)
{
	if (!screen->top->shared.place.root)
		return true;
	top_screen_say(screen, "Not possible: these are tasks of a captured machine");
	return false;
}

/* The task of the answer: the one offered when it is empty. False when there is nothing to be done. */
static bool choose_pid(struct top_screen *screen, const char *answer)
{
	int64_t pid = screen->pid;

	if (answer[0] && !word_integer(answer, &pid)) {
		top_screen_say(screen, "Unacceptable integer");
		return false;
	}
	screen->pid = pid;
	screen->started_ns = started(screen, pid);
	return pid > 0;
}

static void answered_signal(struct top_screen *screen, const char *answer)
{
	enum { TERM = 15 };
	int signal = answer[0] ? signal_number(answer) : TERM;

	if (signal < 0) {
		top_screen_say(screen, "Invalid signal");
		return;
	}
	if (signal == 0)
		return;
	int r = process_send(screen->pid, screen->started_ns, signal, NULL);
	if (r < 0)
		top_screen_say(screen, "Failed signal pid '%lld' with '%d': %s", (long long)screen->pid, signal,
		               strerror(-r));
	top_screen_refresh(screen);
}

static void answered_signal_pid(struct top_screen *screen, const char *answer)
{
	if (choose_pid(screen, answer))
		top_screen_ask(screen, answered_signal, "Send pid %lld signal [15/sigterm]", (long long)screen->pid);
}

void top_ask_signal(struct top_screen *screen)
{
	if (!is_here(screen))
		return;
	screen->pid = first_pid(screen);
	top_screen_ask(screen, answered_signal_pid, "PID to signal/kill [default pid = %lld]", (long long)screen->pid);
}

static void answered_nice(struct top_screen *screen, const char *answer)
{
	int64_t nice;

	if (!answer[0])
		return;
	if (!word_integer(answer, &nice) || nice < -100 || nice > 100) {
		top_screen_say(screen, "Unacceptable integer");
		return;
	}
	int r = process_renice(screen->pid, screen->started_ns, (int)nice);
	if (r < 0)
		top_screen_say(screen, "Failed renice of PID %lld to %lld: %s", (long long)screen->pid, (long long)nice,
		               strerror(-r));
	top_screen_refresh(screen);
}

static void answered_nice_pid(struct top_screen *screen, const char *answer)
{
	if (choose_pid(screen, answer))
		top_screen_ask(screen, answered_nice, "Renice PID %lld to value", (long long)screen->pid);
}

void top_ask_nice(struct top_screen *screen)
{
	if (!is_here(screen))
		return;
	screen->pid = first_pid(screen);
	top_screen_ask(screen, answered_nice_pid, "PID to renice [default pid = %lld]", (long long)screen->pid);
}

static void answered_user(struct top_screen *screen, const char *answer, bool any)
{
	if (!answer[0])
		screen->top->user.wanted = false;
	else if (top_user_find(screen->top, answer, any, &screen->top->user) < 0)
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
	struct top *top = screen->top;
	struct top_filter filter;

	if (!answer[0])
		return;
	if (top->filter_count == TOP_FILTERS_MOST) {
		top_screen_say(screen, "No more than %d filters", TOP_FILTERS_MOST);
		return;
	}
	const char *wrong = top_filter_parse(top, answer, case_matters, &filter);
	if (wrong) {
		top_screen_say(screen, "%s", wrong);
		return;
	}
	top->filters[top->filter_count++] = filter;
	screen->first_row = 0;
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
	               "add filter #%zu (%s) as: [!]FLD?VAL", screen->top->filter_count + 1,
	               case_matters ? "case sensitive" : "ignoring case");
}

void top_show_filters(struct top_screen *screen)
{
	struct buffer text = { 0 };

	for (size_t i = 0; i < screen->top->filter_count; i++) {
		const struct top_filter *filter = &screen->top->filters[i];
		buffer_format(&text, "%s%s%s%c%s", i ? " + " : "", filter->exclude ? "!" : "",
		              screen->top->columns.at[filter->column].header, filter->order, filter->value);
	}
	top_screen_say(screen, "filters: %s", text.len ? buffer_cstr(&text) : "none");
	buffer_done(&text);
}

static void answered_most(struct top_screen *screen, const char *answer)
{
	int64_t most;

	if (!answer[0])
		return;
	if (!word_integer(answer, &most) || most < 0) {
		top_screen_say(screen, "Invalid maximum");
		return;
	}
	screen->top->settings.tasks_most = (size_t)most;
	top_screen_changed(screen);
}

void top_ask_most(struct top_screen *screen)
{
	top_screen_ask(screen, answered_most, "Maximum tasks = %zu, change to (0 is unlimited)",
	               screen->top->settings.tasks_most);
}

/* The text as a row shows it, whatever is scrolled out at the sides. */
static bool row_has(struct top_screen *screen, const struct top_frame *frame, size_t index)
{
	struct top_layout layout;
	struct buffer row = { 0 };

	top_layout_make(&layout, screen->top, 0, TOP_WIDTH_MOST);
	top_row_put(&row, screen->top, frame, &layout, index);
	bool has = strcasestr(buffer_cstr(&row), screen->search) != NULL;
	buffer_done(&row);
	return has;
}

static void search(struct top_screen *screen, size_t from)
{
	const struct top_frame *frame = top_screen_frame(screen);

	for (size_t i = from; frame && i < frame->count; i++) {
		if (!row_has(screen, frame, i))
			continue;
		screen->first_row = i;
		screen->redraw = true;
		return;
	}
	top_screen_say(screen, "\"%s\" not found", screen->search);
}

static void answered_search(struct top_screen *screen, const char *answer)
{
	if (!answer[0])
		return;
	snprintf(screen->search, sizeof screen->search, "%s", answer);
	search(screen, screen->first_row);
}

void top_ask_search(struct top_screen *screen)
{
	top_screen_ask(screen, answered_search, "Locate string");
}

void top_search_again(struct top_screen *screen)
{
	if (screen->search[0])
		search(screen, screen->first_row + 1);
	else
		top_screen_say(screen, "Locate next inactive, use \"L\"");
}

void top_show_all(struct top_screen *screen)
{
	struct top *top = screen->top;

	top->pid_count = 0;
	top->user.wanted = false;
	top->filter_count = 0;
	top->settings.tasks_most = 0;
	top->settings.idle = true;
	screen->first_row = screen->first_column = 0;
	screen->search[0] = '\0';
	top_screen_changed(screen);
}
