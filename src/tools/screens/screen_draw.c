/* What the vires screen shows, line by line. */
#include "render/text.h"
#include "tools/screens/screen_show.h"

enum { LABEL = 7, FUNCTIONS = 10, NARROW = 60 };

static const char *const labels[2][FUNCTIONS] = {
	{ "Help", "Setup", "Search", "Filter", "Tree", "SortBy", "Nice -", "Nice +", "Kill", "Quit" },
	{ "Help", "Setup", "Search", "Filter", "List", "Collap", "Nice -", "Nice +", "Kill", "Quit" },
};

static void put_functions(struct screen_show *show, struct buffer *line, size_t columns)
{
	size_t used = 0;

	for (int i = 0; i < FUNCTIONS && used + LABEL <= columns; i++, used += LABEL + 1) {
		mark(line, MARK_KEY);
		buffer_format(line, "F%d", i + 1);
		mark(line, MARK_CHOSEN);
		text_cell(line, span_of(labels[screen_is_tree(&show->call->settings)][i]), i == FUNCTIONS - 1 ? 5 : 6,
		          false);
	}
	mark(line, MARK_PLAIN);
	if (used + 36 < columns) {
		static const char *const more[][2] = { { "Enter", "Explain" }, { "g", "Group" }, { "Tab", "Columns" } };
		for (size_t i = 0; i < 3; i++) {
			mark(line, MARK_KEY);
			buffer_format(line, " %s", more[i][0]);
			mark(line, MARK_CHOSEN);
			buffer_text(line, more[i][1]);
			mark(line, MARK_PLAIN);
		}
	}
}

static void draw_bottom(struct screen_show *show, int row, size_t columns)
{
	struct buffer line = { 0 };
	size_t cursor = 0;

	if (show->asking) {
		cursor = prompt_put(&show->prompt, &line, columns);
		if (show->message.len) {
			mark(&line, MARK_BAD);
			buffer_text(&line, "   ");
			buffer_add(&line, buffer_span(&show->message));
		}
	} else if (show->message.len) {
		mark(&line, MARK_MESSAGE);
		buffer_char(&line, ' ');
		text_put(&line, buffer_span(&show->message), columns > 1 ? columns - 1 : 0);
	} else {
		put_functions(show, &line, columns);
	}
	screen_line(row, buffer_span(&line), MARK_PLAIN);
	if (show->asking)
		screen_cursor(row, (int)cursor);
	buffer_done(&line);
}

static enum mark mark_of_item(const struct screen_show *show, const struct screen_frame *frame, size_t at)
{
	const struct screen_item *item = &frame->items[at];
	uint32_t row = screen_item_row(frame, item);
	struct screen_who who = { -1, -1 };
	int64_t thread = 0;

	if (at == show->list.at)
		return MARK_CHOSEN;
	view_number(&frame->view, row, TASK_pid, &who.pid);
	view_number(&frame->view, row, TASK_started_ns, &who.started_ns);
	if (!item->name.at && show_is_tagged(show, who))
		return MARK_TAG;
	view_number(&frame->view, row, TASK_is_thread, &thread);
	return thread ? MARK_DIM : MARK_PLAIN;
}

static void put_title(struct screen_show *show, struct buffer *line)
{
	screen_title_put(line, show->call, &show->layout);
	if (show->paused)
		buffer_text(line, " PAUSED");
}

/* The table, from the line of its title on; a menu stands at its left. */
static void draw_table(struct screen_show *show, const struct screen_frame *frame, int row, int rows, size_t columns)
{
	size_t height = rows > row ? (size_t)(rows - row) : 0, beside = show->chosen ? show->menu.width + 1 : 0;
	struct buffer line = { 0 };

	show->table_row = (size_t)row;
	show->list.height = height > 1 ? height - 1 : 1;
	list_fit(&show->list);
	screen_layout_make(&show->layout, show->call, frame, columns > beside ? columns - beside : 1);
	for (size_t n = 0; n < height; n++) {
		size_t at = show->list.first + n - 1;
		bool there = n > 0 && at < frame->count;
		enum mark whole = there ? mark_of_item(show, frame, at) : n ? MARK_PLAIN : MARK_HEAD;
		buffer_clear(&line);
		if (show->chosen) {
			menu_put(&show->menu, &line, n, height);
			buffer_char(&line, ' ');
		}
		if (n == 0)
			put_title(show, &line);
		else if (there)
			screen_row_put(&line, show->call, frame, &show->layout, &frame->items[at], whole);
		screen_line(row + (int)n, buffer_span(&line), whole);
	}
	buffer_done(&line);
}

size_t show_tabs_width(const struct screen_settings *settings, size_t columns)
{
	size_t all = 0;

	for (size_t i = 0; i < settings->tab_count; i++)
		all += strlen(settings->tabs[i].name) + 2;
	return all <= columns / 2 ? all : 0;
}

/* [Memory][CPU][I/O], or where these are too many "[CPU] 2 of 8". */
static void put_tabs(const struct screen_show *show, struct buffer *line, size_t columns)
{
	const struct screen_settings *settings = &show->call->settings;

	if (show_tabs_width(settings, columns) == 0) {
		mark(line, MARK_CHOSEN);
		buffer_format(line, "[%s]", screen_tab_of(settings)->name);
		mark(line, MARK_PLAIN);
		buffer_format(line, " %zu of %zu", settings->tab + 1, settings->tab_count);
		return;
	}
	for (size_t i = 0; i < settings->tab_count; i++) {
		mark(line, i == settings->tab ? MARK_CHOSEN : MARK_DIM);
		buffer_format(line, "[%s]", settings->tabs[i].name);
		mark(line, MARK_PLAIN);
	}
}

static void draw_total(struct screen_show *show, const struct screen_frame *frame, int row, size_t columns)
{
	struct buffer line = { 0 }, tabs = { 0 };

	put_tabs(show, &tabs, columns);
	size_t between = columns < NARROW ? 0 : 1, width = marked_width(buffer_span(&tabs)) + between;
	size_t room = columns > width ? columns - width : columns;
	screen_total_put(&line, show->call, frame, room);
	size_t used = marked_width(buffer_span(&line));
	if (room < columns) {
		buffer_fill(&line, ' ', (used < room ? room - used : 0) + between);
		buffer_add(&line, buffer_span(&tabs));
	}
	screen_line(row, buffer_span(&line), MARK_PLAIN);
	buffer_done(&tabs);
	buffer_done(&line);
}

static int draw_header(struct screen_show *show, const struct screen_frame *frame, int rows, size_t columns)
{
	struct buffer text = { 0 };
	struct span rest, line;
	int row = 0;

	if (show->call->settings.header && rows > 6)
		screen_header_put(&text, show->call, frame, &show->past, columns, (size_t)rows);
	rest = buffer_span(&text);
	while (row < rows && span_line(&rest, &line))
		screen_line(row++, line, MARK_PLAIN);
	buffer_done(&text);
	return row;
}

static void draw_all(struct screen_show *show, int rows, size_t columns)
{
	const struct screen_frame *frame = show_frame(show);
	int bottom = rows > 2 ? 1 : 0, total = rows > 8 ? 1 : 0;

	if (!frame) {
		for (int row = 0; row < rows; row++)
			screen_line(row, row == 0 ? SPAN("Taking the first sample ...") : (struct span){ 0 },
			            MARK_PLAIN);
		return;
	}
	int row = draw_header(show, frame, rows, columns);
	draw_table(show, frame, row, rows - bottom - total, columns);
	if (total)
		draw_total(show, frame, rows - 1 - bottom, columns);
	if (bottom || show->asking || show->message.len)
		draw_bottom(show, rows - 1, columns);
}

void show_draw(struct screen_show *show)
{
	int rows, columns;

	screen_size(&rows, &columns);
	show->redraw = false;
	screen_cursor(-1, 0);
	if (show->setup.open)
		setup_draw(show, rows, columns);
	else if (show->page)
		page_draw(show, rows, columns);
	else
		draw_all(show, rows, (size_t)columns);
	screen_show(false);
}
