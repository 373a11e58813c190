/* The screen on which columns are chosen and arranged, and the page that says what they mean. */
#include <stdio.h>

#include "render/marked.h"
#include "render/text.h"
#include "tools/screens/top_screen.h"

enum { ITEM_WIDTH = 34, HEAD_LINES = 4, FOOT_LINES = 4, SHORT = 14 };

static const struct column *column_at(const struct top_screen *screen, size_t place)
{
	return &screen->top->columns.at[top_current(&screen->top->settings)->order[place]];
}

/* The kernel files behind a field, each once, also when others stand between. */
static void collect_sources(const struct field *field, uint64_t *sources)
{
	if (!field_derived(field))
		*sources |= UINT64_C(1) << field->from;
	for (size_t i = 0; i < field->need_count; i++)
		collect_sources(&task_fields[field->needs[i]], sources);
}

static void put_sources(struct buffer *buffer, const struct field *field)
{
	uint64_t sources = 0;
	bool first = true;

	collect_sources(field, &sources);
	for (unsigned i = 0; i < SOURCES; i++) {
		if (!(sources >> i & 1) || (i == FROM_LISTING && sources >> (i + 1)))
			continue;
		buffer_format(buffer, "%s%s", first ? "" : ", ", field_sources[i].file);
		first = false;
	}
}

/* "RES (rss_bytes): Promised memory that is really ... From /proc/PID/statm.", broken to lines. */
static void describe(struct buffer *buffer, const struct column *column, size_t columns, size_t indent)
{
	const struct field *field = &task_fields[column->id];
	struct buffer text = { 0 };

	buffer_format(&text, "%s (%s): %s %s ", column->header, field->name, field->meaning,
	              field_derived(field) ? "Computed from" : "From");
	put_sources(&text, field);
	if (!field_derived(field) && strcmp(field_sources[field->from].access, "anyone"))
		buffer_format(&text, " (who may read it: %s)", field_sources[field->from].access);
	buffer_text(&text, ".\n");
	text_wrap(buffer, buffer_span(&text), columns, indent);
	buffer_done(&text);
}

void top_open_fields(struct top_screen *screen)
{
	screen->list = (struct list){ .count = screen->top->columns.count };
	screen->move.moving = false;
	screen->page = &top_fields_page;
}

static void put_head(struct top_screen *screen, int columns)
{
	static const char keys[] = "Up/Dn move, Right picks a field up, Left or Enter puts it down, d shows or hides, "
				   "s sorts by it, S then by it, a w go to other windows. q when done.";
	const struct top_window *window = top_window(screen);
	struct buffer head = { 0 }, text = { 0 };
	struct span rest, line;

	buffer_format(&text, "Fields Management for window %d:%s, whose current sort field is",
	              screen->top->settings.current + 1, window->name);
	for (size_t i = 0; i < window->sort_count; i++)
		buffer_format(&text, "%s %s", i ? ", then" : "",
		              screen->top->columns.at[window->sorts[i].column].header);
	buffer_format(&text, "\n%s\n", keys);
	text_wrap(&head, buffer_span(&text), (size_t)columns, 0);
	rest = buffer_span(&head);
	for (int row = 0; row < HEAD_LINES; row++) {
		bool any = row < HEAD_LINES - 1 && span_line(&rest, &line);
		screen_line(row, any ? line : (struct span){ 0 }, MARK_PLAIN);
	}
	buffer_done(&head);
	buffer_done(&text);
}

static void put_item(struct buffer *line, struct top_screen *screen, size_t place, size_t width)
{
	const struct column *column = column_at(screen, place);
	bool here = place == screen->list.at, shown = top_window(screen)->shown[top_window(screen)->order[place]];
	struct buffer item = { 0 };

	buffer_format(&item, "%c%c%-11s= %s", here && screen->move.moving ? '>' : ' ', shown ? '*' : ' ',
	              column->header, column->about ? column->about : task_fields[column->id].name);
	mark(line, here ? MARK_CHOSEN : shown ? MARK_VALUE : MARK_PLAIN);
	text_cell(line, buffer_span(&item), width, false);
	mark(line, MARK_PLAIN);
	buffer_done(&item);
}

/* Fields stand in as many columns as fit, filled downwards; the window moves by columns. */
static void draw_fields(struct top_screen *screen, int rows, int columns)
{
	size_t foot = rows > 12 ? FOOT_LINES : 0, head = rows > 8 ? HEAD_LINES : 0;
	size_t height = rows > (int)(head + foot) ? (size_t)rows - head - foot : 1;
	size_t abreast = (size_t)columns / ITEM_WIDTH ? (size_t)columns / ITEM_WIDTH : 1;
	size_t width = (size_t)columns / abreast;
	size_t page = screen->list.at / height >= abreast ? screen->list.at / height - abreast + 1 : 0;
	struct buffer line = { 0 }, text = { 0 };
	struct span rest, one;

	screen->list.height = height;
	if (head)
		put_head(screen, columns);
	for (size_t row = 0; row < height; row++) {
		buffer_clear(&line);
		for (size_t i = 0; i < abreast; i++)
			if ((page + i) * height + row < screen->list.count)
				put_item(&line, screen, (page + i) * height + row, width);
		screen_line((int)(head + row), buffer_span(&line), MARK_PLAIN);
	}
	describe(&text, column_at(screen, screen->list.at), (size_t)columns, 0);
	rest = buffer_span(&text);
	for (size_t row = 0; row < foot; row++) {
		bool any = row && span_line(&rest, &one);
		screen_line((int)(head + height + row), any ? one : (struct span){ 0 }, MARK_PLAIN);
	}
	buffer_done(&line);
	buffer_done(&text);
}

static void move_along(struct top_screen *screen, uint8_t column)
{
	top_window_move(top_window(screen), &screen->top->columns, column, screen->list.at);
}

static void press_fields(struct top_screen *screen, int key)
{
	struct top_window *window = top_window(screen);
	uint8_t column = window->order[screen->list.at];

	switch (key) {
	case 'q':
	case KEY_ESCAPE:
		screen->page = NULL;
		top_screen_changed(screen);
		return;
	case 'd':
	case ' ':
		window->shown[column] = !window->shown[column];
		top_pane(screen)->first_column = top_pane(screen)->shift = 0;
		break;
	case 's':
		top_window_sort(window, column, false);
		window->forest = false;
		break;
	case 'S':
		top_window_sort_also(window, column, false);
		break;
	case 'a':
		top_next_window(screen);
		break;
	case 'w':
		top_previous_window(screen);
		break;
	case KEY_ARROW_RIGHT:
		screen->move.moving = true;
		break;
	case KEY_ARROW_LEFT:
	case KEY_RETURN:
		screen->move.moving = false;
		break;
	default:
		if (list_key(&screen->list, key) && screen->move.moving)
			move_along(screen, column);
	}
}

const struct top_page top_fields_page = { draw_fields, press_fields };

/* The sort column first: that is what is looked at. */
static void fill_about(struct top_screen *screen, size_t columns)
{
	const struct top *top = screen->top;
	const struct top_window *window = top_window(screen);

	buffer_clear(&screen->text);
	buffer_text(&screen->text, "About the columns. q or Esc goes back.\n\n");
	describe(&screen->text, &top->columns.at[window->sorts[0].column], columns, 4);
	for (size_t i = 0; i < top->columns.count; i++) {
		uint8_t column = window->order[i];
		if (!window->shown[column] || column == window->sorts[0].column)
			continue;
		buffer_char(&screen->text, '\n');
		describe(&screen->text, &top->columns.at[column], columns, 4);
	}
}

static void draw_about(struct top_screen *screen, int rows, int columns)
{
	size_t first = screen->list.first;

	fill_about(screen, (size_t)columns);
	top_open_text(screen, &top_about_page);
	screen->list.first = first;
	top_draw_text(screen, rows, columns);
}

void top_open_about(struct top_screen *screen)
{
	screen->list = (struct list){ 0 };
	screen->page = &top_about_page;
}

const struct top_page top_about_page = { draw_about, top_press_text };
