/* The keys of top at its table. One row says what a key does, and what the help says of it. */
#include "base/clock.h"
#include "render/text.h"
#include "tools/screens/top_screen.h"

static void quit(struct top_screen *screen)
{
	screen->leaving = true;
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

static void panel_command_line(struct top_screen *screen)
{
	top_open_panel(screen, PANEL_COMMAND_LINE);
}

static void panel_environment(struct top_screen *screen)
{
	top_open_panel(screen, PANEL_ENVIRONMENT);
}

static void panel_cgroups(struct top_screen *screen)
{
	top_open_panel(screen, PANEL_CGROUPS);
}

static void panel_groups(struct top_screen *screen)
{
	top_open_panel(screen, PANEL_GROUPS);
}

static void panel_namespaces(struct top_screen *screen)
{
	top_open_panel(screen, PANEL_NAMESPACES);
}

/* Whoever wants the screen drawn anew gets that too. */
static void panel_messages(struct top_screen *screen)
{
	screen_show(true);
	top_open_panel(screen, PANEL_MESSAGES);
}

static void next_word(struct top_screen *screen)
{
	top_panel_next(screen, 1);
}

static void previous_word(struct top_screen *screen)
{
	top_panel_next(screen, -1);
}

static void show_help(struct top_screen *screen);

/* SECURE: not in secure mode. TABLE: the current window's tasks must be seen. WINDOWS: all windows must be. */
enum { ANY, SECURE, TABLE, WINDOWS };

static const struct {
	int keys[3];
	void (*press)(struct top_screen *screen);
	int when;
	const char *name, *help; /* help NULL: another row says it */
} rows[] = {
	{ { 'h', '?', KEY_FUNCTION + 1 }, show_help, ANY, "h ?", "this; again: what columns mean" },
	{ { 'q' }, quit, ANY, "q", "quit" },
	{ { ' ', KEY_RETURN }, top_screen_refresh, ANY, "Space", "a sample now" },
	{ { 'd', 's' }, top_ask_delay, SECURE, "d s", "seconds between samples" },
	{ { 'k' }, top_ask_signal, SECURE, "k", "send a signal to a task" },
	{ { 'r' }, top_ask_nice, SECURE, "r ^R", "nice: of a task, an autogroup" },
	{ { CTRL('R') }, top_ask_group_nice, SECURE, NULL, NULL },
	{ { CTRL('T') }, top_ask_tag, ANY, "^T", "tag tasks, for k and r" },
	{ { 'W' }, top_save, ANY, "W", "save the settings" },
	{ { 'Y' }, top_ask_inspect, ANY, "Y", "inspect: files and commands" },
	{ { 'Z' }, top_open_colours, ANY, "Z", "choose colours" },

	{ { 'l' }, top_toggle_load, ANY, "l", "load line" },
	{ { 't' }, top_turn_cpu_graph, ANY, "t", "tasks and CPU: text, bars, none" },
	{ { 'm' }, top_turn_memory_graph, ANY, "m", "memory: text, bars, none" },
	{ { 'p' }, top_toggle_promise, ANY, "p", "really used, and promised" },
	{ { '1' }, top_toggle_each_cpu, ANY, "1 4 !", "each CPU; abreast; some as one" },
	{ { '4' }, top_turn_abreast, ANY, NULL, NULL },
	{ { '!' }, top_combine_cpus, ANY, NULL, NULL },
	{ { '2' }, top_toggle_nodes, ANY, "2 3", "memory nodes; the CPUs of one" },
	{ { '3' }, top_ask_node, ANY, NULL, NULL },
	{ { 'E' }, top_turn_summary_unit, ANY, "E e ^E", "unit: summary, tasks, times" },
	{ { 'e' }, top_turn_task_unit, ANY, NULL, NULL },
	{ { CTRL('E') }, top_turn_time_unit, ANY, NULL, NULL },
	{ { 'I' }, top_toggle_irix, ANY, "I", "100 % is one CPU, or all" },
	{ { 'C' }, top_toggle_coordinates, ANY, "C", "where it is scrolled to" },

	{ { 'M' }, top_sort_memory, TABLE, "M N P T", "sort by %MEM, PID, %CPU, TIME+" },
	{ { 'N' }, top_sort_pid, TABLE, NULL, NULL },
	{ { 'P' }, top_sort_cpu, TABLE, NULL, NULL },
	{ { 'T' }, top_sort_time, TABLE, NULL, NULL },
	{ { '<' }, top_sort_left, TABLE, "< >", "sort by the column beside" },
	{ { '>' }, top_sort_right, TABLE, NULL, NULL },
	{ { 'R' }, top_reverse_sort, TABLE, "R", "reverse the order" },
	{ { 'f' }, top_open_fields, ANY, "f", "choose, arrange, sort columns" },

	{ { 'c' }, top_toggle_command, TABLE, "c", "names or command lines" },
	{ { 'i' }, top_toggle_idle, TABLE, "i", "with or without idle tasks" },
	{ { 'V' }, top_toggle_forest, TABLE, "V", "forest of parents and children" },
	{ { 'v' }, top_toggle_fold, TABLE, "v F", "fold, focus on, the first one" },
	{ { 'F' }, top_toggle_focus, TABLE, NULL, NULL },
	{ { 'S' }, top_toggle_children, TABLE, "S", "times with dead children's" },
	{ { 'H' }, top_toggle_threads, ANY, "H", "threads or processes" },
	{ { '0' }, top_toggle_zeros, ANY, "0", "zeros or blanks" },
	{ { 'u' }, ask_effective_user, TABLE, "u U", "a user: effective, in any role" },
	{ { 'U' }, ask_any_user, TABLE, NULL, NULL },
	{ { 'n', '#' }, top_ask_most, TABLE, "n #", "how many tasks at most" },
	{ { 'o' }, ask_filter, TABLE, "o O", "filter; O: case matters" },
	{ { 'O' }, ask_exact_filter, TABLE, NULL, NULL },
	{ { CTRL('O') }, top_show_filters, TABLE, "^O", "show the filters" },
	{ { '=' }, top_show_all, ANY, "= +", "all tasks again; in all windows" },
	{ { '+' }, top_show_all_windows, WINDOWS, NULL, NULL },
	{ { 'L', '/' }, top_ask_search, TABLE, "L /", "find text; & finds it again" },
	{ { '&' }, top_search_again, TABLE, NULL, NULL },

	{ { 'x' }, top_toggle_show_sort, TABLE, "x y", "highlight sort column, running" },
	{ { 'y' }, top_toggle_show_running, TABLE, NULL, NULL },
	{ { 'b' }, top_toggle_reverse, TABLE, "b B", "bold or reverse; no bold" },
	{ { 'B' }, top_toggle_bold, ANY, NULL, NULL },
	{ { 'z' }, top_toggle_colour, TABLE, "z", "colour" },
	{ { 'J' }, top_toggle_numbers, TABLE, "J j", "numbers left; texts right" },
	{ { 'j' }, top_toggle_texts, TABLE, NULL, NULL },
	{ { 'X' }, top_ask_widening, ANY, "X", "wider names, IDs, namespaces" },

	{ { 'A' }, top_toggle_alternate, ANY, "A", "all windows, or one" },
	{ { 'a' }, top_next_window, WINDOWS, "a w g", "next, previous, which window" },
	{ { 'w' }, top_previous_window, WINDOWS, NULL, NULL },
	{ { 'g' }, top_ask_window, ANY, NULL, NULL },
	{ { 'G' }, top_ask_name, WINDOWS, "G", "rename the window" },
	{ { '-' }, top_toggle_window, WINDOWS, "- _", "hide or show the window, all" },
	{ { '_' }, top_toggle_windows, WINDOWS, NULL, NULL },

	{ { CTRL('K') }, panel_command_line, ANY, "^K ^N", "command line, environment" },
	{ { CTRL('N') }, panel_environment, ANY, NULL, NULL },
	{ { CTRL('G') }, panel_cgroups, ANY, "^G^P^U", "cgroups, namespaces, groups" },
	{ { CTRL('P') }, panel_namespaces, ANY, NULL, NULL },
	{ { CTRL('U') }, panel_groups, ANY, NULL, NULL },
	{ { CTRL('L') }, panel_messages, ANY, "^L", "last messages; draw anew" },
	{ { '\t' }, next_word, ANY, "Tab", "word after word of such a text" },
	{ { KEY_TAB_BACK }, previous_word, ANY, NULL, NULL },
};

enum { ROWS = sizeof rows / sizeof *rows, HELP_NAME = 9, HELP_WIDTH = 40 };

/* Says why a key can do nothing now. */
static bool is_possible(struct top_screen *screen, int when)
{
	const struct top_settings *settings = &screen->top->settings;

	if (when == SECURE && screen->top->secure)
		top_screen_say(screen, "Unavailable in secure mode");
	else if (when == WINDOWS && !settings->alternate)
		top_screen_say(screen, "Command disabled, 'A' mode required");
	else if (when == TABLE && !top_window_seen(screen->top, settings->current))
		top_screen_say(screen, "Command disabled, activate %u:%s with '-' or '_'", settings->current + 1u,
		               top_window(screen)->name);
	else
		return true;
	return false;
}

static bool is_of_row(size_t row, int key)
{
	for (size_t i = 0; i < sizeof rows->keys / sizeof *rows->keys && rows[row].keys[i]; i++)
		if (rows[row].keys[i] == key)
			return true;
	return false;
}

void top_key(struct top_screen *screen, int key)
{
	for (size_t i = 0; i < ROWS; i++) {
		if (!is_of_row(i, key))
			continue;
		if (is_possible(screen, rows[i].when))
			rows[i].press(screen);
		return;
	}
	if (key >= KEY_FIRST && is_possible(screen, TABLE))
		top_scroll(screen, key);
	else if (key < KEY_FIRST)
		top_screen_say(screen, "Unknown command - try 'h' for help");
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
	buffer_format(text, "delay %.1f, secure mode %s. Arrows and PgUp PgDn scroll; q goes back.\n",
	              (double)screen->top->settings.delay_ns / NS_PER_S, screen->top->secure ? "on" : "off");
	for (size_t line = 0; line < lines; line++) {
		for (size_t at = line; at < count; at += lines)
			put_help(text, listed[at], (size_t)columns / abreast);
		buffer_char(text, '\n');
	}
	top_open_text(screen, &top_help_page);
	screen->list.first = first;
	top_draw_text(screen, screen_rows, columns);
}

static void press_help(struct top_screen *screen, int key)
{
	if (key == 'h' || key == '?')
		top_open_about(screen);
	else
		top_press_text(screen, key);
}

const struct top_page top_help_page = { draw_help, press_help };

static void show_help(struct top_screen *screen)
{
	screen->list = (struct list){ 0 };
	screen->page = &top_help_page;
}
