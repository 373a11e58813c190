/* The screen on which the colours of a window of top are chosen. */
#include "tools/screens/top_screen.h"

static const struct {
	char key;
	const char *name;
} parts[TOP_PARTS] = {
	[PART_SUMMARY] = { 'S', "Summary data" },
	[PART_MESSAGES] = { 'M', "Messages and prompts" },
	[PART_HEADS] = { 'H', "Column heads" },
	[PART_TASKS] = { 'T', "Task information" },
	[PART_MARKED] = { 'X', "Sort column, running tasks" },
};

static const char *const names[] = { "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white" };

static void put_sample(struct buffer *text)
{
	buffer_text(text, "\nTasks:");
	mark(text, MARK_VALUE);
	buffer_text(text, "  64 ");
	mark(text, MARK_PLAIN);
	buffer_text(text, "total,");
	mark(text, MARK_VALUE);
	buffer_text(text, "   2 ");
	mark(text, MARK_PLAIN);
	buffer_text(text, "running\n");
	mark(text, MARK_MESSAGE);
	buffer_text(text, " Nasty message, or a question \n");
}

static void put_parts(struct buffer *text, struct top_screen *screen)
{
	const struct top_window *window = top_window(screen);

	for (int i = 0; i < TOP_PARTS; i++) {
		unsigned colour = window->colours[i];
		buffer_text(text, " ");
		mark(text, i == (int)screen->part ? MARK_CHOSEN : MARK_PLAIN);
		buffer_format(text, " %c %3u %-8s %s ", parts[i].key, colour,
		              colour < sizeof names / sizeof *names ? names[colour] : "", parts[i].name);
		mark(text, MARK_PLAIN);
		buffer_char(text, '\n');
	}
}

/* Heads and tasks, in the window's own inks. Gives back the next row. */
static int draw_tasks(struct top_screen *screen, int row, int rows)
{
	static const struct {
		const char *text;
		enum mark mark;
	} lines[] = {
		{ "  PID USER      PR  NI  S  %CPU COMMAND", MARK_HEAD },
		{ "   17 root      20   0  S   3.0 a task", MARK_PLAIN },
		{ "    8 root      20   0  R   0.5 it runs", MARK_ACTIVE },
	};

	screen_palette(screen->top->settings.current + 1u);
	for (size_t i = 0; i < sizeof lines / sizeof *lines && row < rows; i++)
		screen_line(row++, span_of(lines[i].text), lines[i].mark);
	screen_palette(0);
	return row;
}

static int draw_lines(const struct buffer *text, int row, int rows)
{
	struct span rest = buffer_span(text), line;

	while (row < rows && span_line(&rest, &line))
		screen_line(row++, line, MARK_PLAIN);
	return row;
}

/* What can be chosen matters more than the sample. */
static void draw_colours(struct top_screen *screen, int rows, int columns)
{
	enum { ROWS_WITH_SAMPLE = 16 };
	const struct top_window *window = top_window(screen);
	struct buffer text = { 0 };
	int row = 0;

	(void)columns;
	buffer_format(&text, "Colours of window %d:%s, colour %s, bold %s, running tasks %s\n",
	              screen->top->settings.current + 1, window->name, window->colour ? "on" : "off",
	              window->bold ? "on" : "off", window->reverse ? "reverse" : "bold");
	if (rows >= ROWS_WITH_SAMPLE)
		put_sample(&text);
	row = draw_lines(&text, row, rows);
	if (rows >= ROWS_WITH_SAMPLE)
		row = draw_tasks(screen, row, rows);
	buffer_clear(&text);
	buffer_text(&text, rows >= ROWS_WITH_SAMPLE ? "\n" : "");
	put_parts(&text, screen);
	buffer_format(&text,
	              "\nS M H T X choose what; 0 to 7, or Up and Down (of %d), its colour.\n"
	              "z B b switch colour, bold, reverse. a w: apply, and another window.\n"
	              "Enter: apply and go back. q or Esc: as it was before.\n",
	              screen_colours());
	row = draw_lines(&text, row, rows);
	for (; row < rows; row++)
		screen_line(row, (struct span){ 0 }, MARK_PLAIN);
	buffer_done(&text);
}

static void change(struct top_screen *screen, int key)
{
	struct top_window *window = top_window(screen);
	uint16_t *colour = &window->colours[screen->part];
	int most = screen_colours() > 256 ? 256 : screen_colours();

	for (int i = 0; i < TOP_PARTS; i++)
		if (key == parts[i].key)
			screen->part = (enum top_part)i;
	if (key >= '0' && key <= '7')
		*colour = (uint16_t)(key - '0');
	else if (key == KEY_ARROW_UP && most)
		*colour = (uint16_t)((*colour + 1) % most);
	else if (key == KEY_ARROW_DOWN && most)
		*colour = (uint16_t)((*colour + most - 1) % most);
	else if (key == 'z')
		window->colour = !window->colour;
	else if (key == 'B')
		window->bold = !window->bold;
	else if (key == 'b')
		window->reverse = !window->reverse;
	top_screen_inks(&screen->top->settings);
}

static void press_colours(struct top_screen *screen, int key)
{
	switch (key) {
	case 'q':
	case KEY_ESCAPE: {
		uint8_t current = screen->top->settings.current;
		screen->top->settings.windows[current] = screen->kept.windows[current];
		break;
	}
	case KEY_RETURN:
		break;
	case 'a':
	case 'w':
		(key == 'a' ? top_next_window : top_previous_window)(screen);
		screen->kept = screen->top->settings;
		return;
	default:
		change(screen, key);
		return;
	}
	screen->page = NULL;
	top_screen_inks(&screen->top->settings);
	top_screen_changed(screen);
}

static const struct top_page page = { draw_colours, press_colours };

void top_open_colours(struct top_screen *screen)
{
	if (!top_screen_has_colour()) {
		top_screen_say(screen, "No colors to map!");
		return;
	}
	screen->kept = screen->top->settings;
	screen->part = PART_TASKS;
	screen->page = &page;
}
