/* Keys of top about one window: how its table looks and in which order; and about which windows are seen. */
#include <stdio.h>

#include "tools/screens/top_screen.h"
#include "tools/words.h"

static void toggle(struct top_screen *screen, bool *flag)
{
	*flag = !*flag;
	top_screen_changed(screen);
}

static void toggle_ink(struct top_screen *screen, bool *flag)
{
	*flag = !*flag;
	top_screen_inks(&screen->top->settings);
}

static void sort_by(struct top_screen *screen, const char *header)
{
	struct top_window *window = top_window(screen);

	top_window_sort(window, (uint8_t)top_column_find(&screen->top->columns, span_of(header)), false);
	window->forest = false;
	top_screen_changed(screen);
	top_screen_say(screen, "Sorted by %s", header);
}

void top_sort_memory(struct top_screen *screen)
{
	sort_by(screen, "%MEM");
}

void top_sort_pid(struct top_screen *screen)
{
	sort_by(screen, "PID");
}

void top_sort_cpu(struct top_screen *screen)
{
	sort_by(screen, "%CPU");
}

void top_sort_time(struct top_screen *screen)
{
	sort_by(screen, "TIME+");
}

/* The next shown column in that direction; the first or last stays. */
static void sort_beside(struct top_screen *screen, int step)
{
	struct top_window *window = top_window(screen);
	size_t count = screen->top->columns.count, at = 0;

	while (at < count && window->order[at] != window->sorts[0].column)
		at++;
	do
		at += (size_t)step;
	while (at < count && !window->shown[window->order[at]]);
	if (at >= count)
		return;
	top_window_sort(window, window->order[at], window->sorts[0].ascending);
	window->forest = false;
	top_screen_changed(screen);
	top_screen_say(screen, "Sorted by %s", screen->top->columns.at[window->order[at]].header);
}

void top_sort_left(struct top_screen *screen)
{
	sort_beside(screen, -1);
}

void top_sort_right(struct top_screen *screen)
{
	sort_beside(screen, 1);
}

void top_reverse_sort(struct top_screen *screen)
{
	struct top_window *window = top_window(screen);

	for (size_t i = 0; i < window->sort_count; i++)
		window->sorts[i].ascending = !window->sorts[i].ascending;
	window->forest = false;
	top_screen_changed(screen);
}

void top_toggle_command(struct top_screen *screen)
{
	toggle(screen, &top_window(screen)->command_line);
}

void top_toggle_idle(struct top_screen *screen)
{
	toggle(screen, &top_window(screen)->idle);
}

void top_toggle_children(struct top_screen *screen)
{
	toggle(screen, &top_window(screen)->children_time);
	top_screen_say_switch(screen, "Cumulative time", top_window(screen)->children_time);
}

void top_toggle_numbers(struct top_screen *screen)
{
	toggle(screen, &top_window(screen)->numbers_left);
}

void top_toggle_texts(struct top_screen *screen)
{
	toggle(screen, &top_window(screen)->texts_right);
}

void top_toggle_colour(struct top_screen *screen)
{
	if (top_screen_has_colour())
		toggle_ink(screen, &top_window(screen)->colour);
	else
		top_screen_say(screen, "No colors to map!");
}

void top_toggle_bold(struct top_screen *screen)
{
	toggle_ink(screen, &top_window(screen)->bold);
}

void top_toggle_reverse(struct top_screen *screen)
{
	toggle_ink(screen, &top_window(screen)->reverse);
}

void top_toggle_show_sort(struct top_screen *screen)
{
	top_window(screen)->show_sort = !top_window(screen)->show_sort;
}

void top_toggle_show_running(struct top_screen *screen)
{
	top_window(screen)->show_running = !top_window(screen)->show_running;
}

void top_toggle_coordinates(struct top_screen *screen)
{
	top_window(screen)->coordinates = !top_window(screen)->coordinates;
}

/* Another current window: its summary, its colours, and perhaps other tasks. */
static void go_to(struct top_screen *screen, size_t window)
{
	screen->top->settings.current = (uint8_t)(window % TOP_WINDOWS);
	top_screen_inks(&screen->top->settings);
	top_screen_changed(screen);
}

void top_toggle_alternate(struct top_screen *screen)
{
	toggle(screen, &screen->top->settings.alternate);
}

void top_next_window(struct top_screen *screen)
{
	go_to(screen, screen->top->settings.current + 1u);
}

void top_previous_window(struct top_screen *screen)
{
	go_to(screen, screen->top->settings.current + TOP_WINDOWS - 1u);
}

static void answered_window(struct top_screen *screen, const char *answer)
{
	int64_t number;

	if (!answer[0])
		return;
	if (word_integer(answer, &number) && number >= 1 && number <= TOP_WINDOWS)
		go_to(screen, (size_t)number - 1);
	else
		top_screen_say(screen, "Invalid number: windows are 1 to %d", TOP_WINDOWS);
}

void top_ask_window(struct top_screen *screen)
{
	top_screen_ask(screen, answered_window, "Choose field group (1 - %d)", TOP_WINDOWS);
	top_screen_ask_one_key(screen);
}

/* The name stands in files, with a tab behind it: plain letters only. */
static void answered_name(struct top_screen *screen, const char *answer)
{
	size_t len = strlen(answer);

	if (!len)
		return;
	for (size_t i = 0; i < len; i++)
		if (answer[i] < '!' || answer[i] > '~')
			len = TOP_NAME;
	if (len >= TOP_NAME) {
		top_screen_say(screen, "A name has 1 to %d plain characters", TOP_NAME - 1);
		return;
	}
	snprintf(top_window(screen)->name, TOP_NAME, "%s", answer);
}

void top_ask_name(struct top_screen *screen)
{
	top_screen_ask(screen, answered_name, "Rename window '%s' to (1-3 chars)", top_window(screen)->name);
}

void top_toggle_window(struct top_screen *screen)
{
	toggle(screen, &top_window(screen)->visible);
}

void top_toggle_windows(struct top_screen *screen)
{
	for (size_t i = 0; i < TOP_WINDOWS; i++)
		toggle(screen, &screen->top->settings.windows[i].visible);
}

static void reset(struct top_screen *screen, size_t window)
{
	struct top_pane *pane = &screen->panes[window];

	top_window_reset(&screen->top->settings.windows[window]);
	pane->first_row = pane->first_column = pane->shift = 0;
	pane->search[0] = '\0';
}

void top_show_all(struct top_screen *screen)
{
	screen->top->pid_count = 0;
	screen->top->tagged_count = 0;
	screen->panel = PANEL_NONE;
	reset(screen, screen->top->settings.current);
	top_screen_changed(screen);
}

void top_show_all_windows(struct top_screen *screen)
{
	screen->top->pid_count = 0;
	for (size_t i = 0; i < TOP_WINDOWS; i++)
		reset(screen, i);
	top_screen_changed(screen);
}
