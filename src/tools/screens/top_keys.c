/* The keys of top at its table. One row says what a key does, and what the help says of it. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "render/text.h"
#include "tools/screens/top_screen.h"
#include "tools/words.h"

static struct top_settings *set(struct top_screen *screen)
{
	return &screen->top->settings;
}

static void quit(struct top_screen *screen)
{
	screen->leaving = true;
}

static void say_switch(struct top_screen *screen, const char *what, bool on)
{
	top_screen_say(screen, "%s %s", what, on ? "On" : "Off");
}

static void toggle_load(struct top_screen *screen)
{
	set(screen)->load = !set(screen)->load;
}

static void turn_cpu_graph(struct top_screen *screen)
{
	set(screen)->cpu_graph = (set(screen)->cpu_graph + 1) % GRAPHS;
	top_screen_inks(set(screen));
}

static void turn_memory_graph(struct top_screen *screen)
{
	set(screen)->memory_graph = (set(screen)->memory_graph + 1) % GRAPHS;
	top_screen_inks(set(screen));
}

static void toggle_promise(struct top_screen *screen)
{
	set(screen)->promise = !set(screen)->promise;
	top_screen_changed(screen);
}

static void toggle_each_cpu(struct top_screen *screen)
{
	set(screen)->each_cpu = !set(screen)->each_cpu;
}

static void turn_abreast(struct top_screen *screen)
{
	enum { ABREAST_MOST = 4 };

	set(screen)->each_cpu = true;
	set(screen)->abreast = set(screen)->abreast % ABREAST_MOST + 1;
	top_screen_say(screen, "%u CPUs on a line", set(screen)->abreast);
}

static void turn_summary_unit(struct top_screen *screen)
{
	set(screen)->summary_unit = (set(screen)->summary_unit + 1) % 6;
}

static void turn_task_unit(struct top_screen *screen)
{
	set(screen)->task_unit = (set(screen)->task_unit + 1) % 5;
	top_screen_changed(screen);
}

static void sort_by(struct top_screen *screen, const char *header)
{
	set(screen)->sort = (uint8_t)top_column_find(&screen->top->columns, span_of(header));
	set(screen)->ascending = false;
	set(screen)->forest = false;
	top_screen_changed(screen);
	top_screen_say(screen, "Sorted by %s", header);
}

static void sort_memory(struct top_screen *screen)
{
	sort_by(screen, "%MEM");
}

static void sort_pid(struct top_screen *screen)
{
	sort_by(screen, "PID");
}

static void sort_cpu(struct top_screen *screen)
{
	sort_by(screen, "%CPU");
}

static void sort_time(struct top_screen *screen)
{
	sort_by(screen, "TIME+");
}

/* The next shown column in that direction; the first or last stays. */
static void sort_beside(struct top_screen *screen, int step)
{
	struct top_settings *settings = set(screen);
	size_t count = screen->top->columns.count, at = 0;

	while (at < count && settings->order[at] != settings->sort)
		at++;
	do
		at += (size_t)step;
	while (at < count && !settings->shown[settings->order[at]]);
	if (at >= count)
		return;
	settings->sort = settings->order[at];
	top_screen_changed(screen);
	top_screen_say(screen, "Sorted by %s", screen->top->columns.at[settings->sort].header);
}

static void sort_left(struct top_screen *screen)
{
	sort_beside(screen, -1);
}

static void sort_right(struct top_screen *screen)
{
	sort_beside(screen, 1);
}

static void reverse_sort(struct top_screen *screen)
{
	set(screen)->ascending = !set(screen)->ascending;
	top_screen_changed(screen);
}

static void toggle_command(struct top_screen *screen)
{
	set(screen)->command_line = !set(screen)->command_line;
	top_screen_changed(screen);
}

static void toggle_idle(struct top_screen *screen)
{
	set(screen)->idle = !set(screen)->idle;
	top_screen_changed(screen);
}

static void toggle_forest(struct top_screen *screen)
{
	set(screen)->forest = !set(screen)->forest;
	top_screen_changed(screen);
	say_switch(screen, "Forest mode", set(screen)->forest);
}

static void toggle_children(struct top_screen *screen)
{
	set(screen)->children_time = !set(screen)->children_time;
	top_screen_changed(screen);
	say_switch(screen, "Cumulative time", set(screen)->children_time);
}

static void toggle_threads(struct top_screen *screen)
{
	set(screen)->threads = !set(screen)->threads;
	top_screen_changed(screen);
	say_switch(screen, "Show threads", set(screen)->threads);
}

static void toggle_irix(struct top_screen *screen)
{
	if (screen->now.cpu_count < 2) {
		top_screen_say(screen, "Only 1 cpu detected");
		return;
	}
	set(screen)->irix = !set(screen)->irix;
	top_screen_changed(screen);
	say_switch(screen, "Irix mode", set(screen)->irix);
}

static void toggle_zeros(struct top_screen *screen)
{
	set(screen)->zeros_blank = !set(screen)->zeros_blank;
	top_screen_changed(screen);
}

static void toggle_colour(struct top_screen *screen)
{
	const char *without = getenv("NO_COLOR");

	if (!screen_colours() || (without && without[0])) {
		top_screen_say(screen, "No colors to map!");
		return;
	}
	set(screen)->colour = !set(screen)->colour;
	top_screen_inks(set(screen));
}

static void toggle_bold(struct top_screen *screen)
{
	set(screen)->bold = !set(screen)->bold;
	top_screen_inks(set(screen));
}

static void toggle_reverse(struct top_screen *screen)
{
	set(screen)->reverse = !set(screen)->reverse;
	top_screen_inks(set(screen));
}

static void toggle_show_sort(struct top_screen *screen)
{
	set(screen)->show_sort = !set(screen)->show_sort;
}

static void toggle_show_running(struct top_screen *screen)
{
	set(screen)->show_running = !set(screen)->show_running;
}

static void answered_delay(struct top_screen *screen, const char *answer)
{
	int64_t delay;

	if (!answer[0])
		return;
	if (!word_seconds(answer, &delay) || delay < 0) {
		top_screen_say(screen, "Unacceptable floating point");
		return;
	}
	set(screen)->delay_ns = delay;
	top_screen_refresh(screen);
}

static void ask_delay(struct top_screen *screen)
{
	top_screen_ask(screen, answered_delay, "Change delay from %.1f to", (double)set(screen)->delay_ns / NS_PER_S);
}

static void ask_effective_user(struct top_screen *screen)
{
	top_ask_user(screen, false);
}

static void ask_any_user(struct top_screen *screen)
{
	top_ask_user(screen, true);
}

static void ask_filter(struct top_screen *screen)
{
	top_ask_filter(screen, false);
}

static void ask_exact_filter(struct top_screen *screen)
{
	top_ask_filter(screen, true);
}

static void save(struct top_screen *screen)
{
	char path[CONFIG_PATH];

	int r = top_settings_save(screen->top, path);
	if (r < 0)
		top_screen_say(screen, "Failed '%s' open: %s", path, strerror(-r));
	else
		top_screen_say(screen, "Wrote configuration to '%s'", path);
}

static void scroll(struct top_screen *screen, int key)
{
	const struct top_frame *frame = top_screen_frame(screen);
	struct list list = { .height = screen->rows_visible, .first = screen->first_row };

	if (!frame)
		return;
	/* The last page may be left over to its last row, as in top. */
	list.count = frame->count + (list.height ? list.height - 1 : 0);
	if (list_scroll(&list, key))
		screen->first_row = list.first;
}

static void show_help(struct top_screen *screen);

enum { ANY, SECURE }; /* SECURE: not in secure mode */

static const struct {
	int keys[2];
	void (*press)(struct top_screen *screen);
	int when;
	const char *name, *help; /* help NULL: another row says it */
} rows[] = {
	{ { 'h', KEY_FUNCTION + 1 }, show_help, ANY, "h", "this help" },
	{ { '?' }, top_open_about, ANY, "?", "what each column means" },
	{ { 'q' }, quit, ANY, "q", "quit" },
	{ { ' ', KEY_RETURN }, top_screen_refresh, ANY, "Space", "a sample now" },
	{ { 'd', 's' }, ask_delay, SECURE, "d s", "seconds between samples" },
	{ { 'k' }, top_ask_signal, SECURE, "k", "send a signal to a task" },
	{ { 'r' }, top_ask_nice, SECURE, "r", "nice value of a task" },
	{ { 'W' }, save, ANY, "W", "save the settings" },

	{ { 'l' }, toggle_load, ANY, "l", "load line" },
	{ { 't' }, turn_cpu_graph, ANY, "t", "tasks and CPU: text, bars, none" },
	{ { 'm' }, turn_memory_graph, ANY, "m", "memory: text, bars, none" },
	{ { 'p' }, toggle_promise, ANY, "p", "really used, and promised" },
	{ { '1' }, toggle_each_cpu, ANY, "1", "a line for each CPU" },
	{ { '4' }, turn_abreast, ANY, "4", "CPUs abreast" },
	{ { 'E' }, turn_summary_unit, ANY, "E e", "memory unit: summary, tasks" },
	{ { 'e' }, turn_task_unit, ANY, NULL, NULL },
	{ { 'I' }, toggle_irix, ANY, "I", "100 % is one CPU, or all" },

	{ { 'M' }, sort_memory, ANY, "M N P T", "sort by %MEM, PID, %CPU, TIME+" },
	{ { 'N' }, sort_pid, ANY, NULL, NULL },
	{ { 'P' }, sort_cpu, ANY, NULL, NULL },
	{ { 'T' }, sort_time, ANY, NULL, NULL },
	{ { '<' }, sort_left, ANY, "< >", "sort by the column beside" },
	{ { '>' }, sort_right, ANY, NULL, NULL },
	{ { 'R' }, reverse_sort, ANY, "R", "reverse the order" },
	{ { 'f' }, top_open_fields, ANY, "f", "choose, arrange, sort columns" },

	{ { 'c' }, toggle_command, ANY, "c", "names or command lines" },
	{ { 'i' }, toggle_idle, ANY, "i", "with or without idle tasks" },
	{ { 'V' }, toggle_forest, ANY, "V", "forest of parents and children" },
	{ { 'S' }, toggle_children, ANY, "S", "times with dead children's" },
	{ { 'H' }, toggle_threads, ANY, "H", "threads or processes" },
	{ { '0' }, toggle_zeros, ANY, "0", "zeros or blanks" },
	{ { 'u' }, ask_effective_user, ANY, "u U", "a user: effective, in any role" },
	{ { 'U' }, ask_any_user, ANY, NULL, NULL },
	{ { 'n', '#' }, top_ask_most, ANY, "n #", "how many tasks at most" },
	{ { 'o' }, ask_filter, ANY, "o O", "filter; O: case matters" },
	{ { 'O' }, ask_exact_filter, ANY, NULL, NULL },
	{ { CTRL('O') }, top_show_filters, ANY, "^O", "show the filters" },
	{ { '=' }, top_show_all, ANY, "=", "all tasks again" },
	{ { 'L', '/' }, top_ask_search, ANY, "L /", "find text; & finds it again" },
	{ { '&' }, top_search_again, ANY, NULL, NULL },

	{ { 'x' }, toggle_show_sort, ANY, "x y", "highlight sort column, running" },
	{ { 'y' }, toggle_show_running, ANY, NULL, NULL },
	{ { 'b' }, toggle_reverse, ANY, "b B", "bold or reverse; no bold" },
	{ { 'B' }, toggle_bold, ANY, NULL, NULL },
	{ { 'z' }, toggle_colour, ANY, "z", "colour" },
};

enum { ROWS = sizeof rows / sizeof *rows, HELP_NAME = 9, HELP_WIDTH = 40 };

static bool scroll_columns(struct top_screen *screen, int key)
{
	if (key == KEY_ARROW_LEFT)
		screen->first_column -= screen->first_column > 0;
	else if (key == KEY_ARROW_RIGHT)
		screen->first_column++;
	else
		return false;
	size_t shown = 0;
	for (size_t i = 0; i < screen->top->columns.count; i++)
		shown += set(screen)->shown[i];
	if (screen->first_column >= shown)
		screen->first_column = shown ? shown - 1 : 0;
	return true;
}

void top_key(struct top_screen *screen, int key)
{
	for (size_t i = 0; i < ROWS; i++) {
		if (rows[i].keys[0] != key && (!rows[i].keys[1] || rows[i].keys[1] != key))
			continue;
		if (rows[i].when == SECURE && screen->top->secure)
			top_screen_say(screen, "Unavailable in secure mode");
		else
			rows[i].press(screen);
		return;
	}
	if (key >= ' ' && key < KEY_FIRST)
		top_screen_say(screen, "Unknown command - try 'h' for help");
	else if (!scroll_columns(screen, key))
		scroll(screen, key);
}

static void put_help(struct buffer *buffer, size_t row, size_t width)
{
	struct buffer cell = { 0 };

	mark(buffer, MARK_KEY);
	buffer_format(&cell, " %-8s", rows[row].name);
	text_cell(buffer, buffer_span(&cell), HELP_NAME, false);
	mark(buffer, MARK_PLAIN);
	text_cell(buffer, span_of(rows[row].help), width > HELP_NAME ? width - HELP_NAME : 0, false);
	buffer_done(&cell);
}

/* The help is made from the rows, set in as many columns as fit, downwards. */
static void draw_help(struct top_screen *screen, int screen_rows, int columns)
{
	struct buffer *text = &screen->text;
	size_t listed[ROWS], count = 0, first = screen->list.first;
	size_t abreast = (size_t)columns / HELP_WIDTH ? (size_t)columns / HELP_WIDTH : 1;

	for (size_t i = 0; i < ROWS; i++)
		if (rows[i].help)
			listed[count++] = i;
	size_t lines = (count + abreast - 1) / abreast;
	buffer_clear(text);
	buffer_format(text, "vires top %s, delay %.1f, secure mode %s. Arrows and PgUp PgDn scroll; q goes back.\n",
	              VIRES_VERSION, (double)set(screen)->delay_ns / NS_PER_S, screen->top->secure ? "on" : "off");
	for (size_t line = 0; line < lines; line++) {
		for (size_t at = line; at < count; at += lines)
			put_help(text, listed[at], (size_t)columns / abreast);
		buffer_char(text, '\n');
	}
	top_open_text(screen, &top_help_page);
	screen->list.first = first;
	top_draw_text(screen, screen_rows, columns);
}

const struct top_page top_help_page = { draw_help, top_press_text };

static void show_help(struct top_screen *screen)
{
	screen->list = (struct list){ 0 };
	screen->page = &top_help_page;
}
