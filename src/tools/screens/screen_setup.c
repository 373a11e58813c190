/* F2: which columns there are in which order, and what is shown besides. */
#include <stdlib.h>

#include "base/time.h"
#include "render/text.h"
#include "tools/screens/screen_show.h"

enum { FOOT = 4, NARROW = 60 };

static struct screen_settings *set(struct screen_show *show)
{
	return &show->call->settings;
}

/* The columns behind the flags: those that are shown, in their order, then the others. */
static uint8_t column_at(struct screen_show *show, size_t place)
{
	const struct screen_tab *tab = screen_tab(set(show));

	if (place < tab->count)
		return tab->shown[place];
	place -= tab->count;
	for (size_t i = 0; i < show->call->columns.count; i++)
		if (!screen_tab_has(tab, (uint8_t)i) && place-- == 0)
			return (uint8_t)i;
	return 0;
}

enum { PAGE_COLUMNS, PAGE_TABS, PAGE_METERS, PAGE_LAYOUTS, PAGE_COLOURS, PAGES };

static void turn_page(struct screen_show *show, unsigned page)
{
	const size_t counts[PAGES] = { screen_flag_count + show->call->columns.count, setup_tabs_count(show),
		                       setup_meters_count(show), METER_LAYOUTS, SCHEMES };

	show->setup.page = page % PAGES;
	show->setup.list = (struct list){ .count = counts[page % PAGES] };
	if (show->setup.page == PAGE_COLOURS)
		show->setup.list.at = set(show)->scheme;
	if (show->setup.page == PAGE_LAYOUTS)
		show->setup.list.at = set(show)->layout;
	if (show->setup.page == PAGE_TABS)
		show->setup.list.at = set(show)->tab;
}

void setup_open(struct screen_show *show)
{
	show->setup.open = true;
	turn_page(show, PAGE_COLUMNS);
}

static void leave(struct screen_show *show)
{
	char path[CONFIG_PATH];

	show->setup.open = false;
	show_inks(set(show));
	screen_mouse(set(show)->mouse);
	set(show)->unicode &= screen_unicode();
	show_changed(show);
	int r = show->call->shared.place.root && !getenv("XDG_CONFIG_HOME") ? 0 :
	                                                                      screen_settings_save(show->call, path);
	if (r < 0)
		show_say(show, "Not saved: %s: %s", path, strerror(-r));
}

static void toggle(struct screen_show *show, size_t at)
{
	struct screen_tab *tab = screen_tab(set(show));

	if (at < screen_flag_count) {
		*screen_flag_of(set(show), at) = !*screen_flag_of(set(show), at);
		return;
	}
	uint8_t column = column_at(show, at - screen_flag_count);
	if (!screen_tab_has(tab, column)) {
		if (tab->count == SCREEN_SHOWN_MOST)
			return;
		/* In front of the command, which takes what is left. */
		size_t place = tab->count && show->call->columns.at[tab->shown[tab->count - 1]].column.width == 0 ?
		                       tab->count - 1 :
		                       tab->count;
		memmove(tab->shown + place + 1, tab->shown + place, tab->count - place);
		tab->shown[place] = column;
		tab->count++;
	} else if (tab->count > 1) {
		size_t place = at - screen_flag_count;
		memmove(tab->shown + place, tab->shown + place + 1, tab->count - place - 1);
		tab->count--;
	}
}

static void move(struct screen_show *show, bool down)
{
	struct screen_tab *tab = screen_tab(set(show));
	size_t place = show->setup.list.at - screen_flag_count, other = down ? place + 1 : place - 1;

	if (show->setup.list.at < screen_flag_count || place >= tab->count || other >= tab->count)
		return;
	uint8_t column = tab->shown[place];
	tab->shown[place] = tab->shown[other];
	tab->shown[other] = column;
	show->setup.list.at = screen_flag_count + other;
}

static void change_delay(struct screen_show *show, int64_t by_ns)
{
	int64_t delay = set(show)->delay_ns + by_ns;

	set(show)->delay_ns = delay < NS_PER_S / 10 ? NS_PER_S / 10 : delay;
	show_say(show, "A sample every %g s", (double)set(show)->delay_ns / NS_PER_S);
}

static bool columns_key(struct screen_show *show, int key)
{
	struct list *list = &show->setup.list;

	switch (key) {
	case ' ':
	case KEY_RETURN:
		toggle(show, list->at);
		return true;
	case KEY_FUNCTION + 7:
	case '[':
	case KEY_FUNCTION + 8:
	case ']':
		move(show, key == ']' || key == KEY_FUNCTION + 8);
		return true;
	case '+':
	case '-':
		change_delay(show, key == '+' ? NS_PER_S / 10 : -NS_PER_S / 10);
		return true;
	case KEY_TAB:
		set(show)->tab = (set(show)->tab + 1) % set(show)->tab_count;
		return true;
	case 's':
		if (list->at >= screen_flag_count)
			screen_sort(set(show))->column = column_at(show, list->at - screen_flag_count);
		return true;
	default:
		return false;
	}
}

void setup_key(struct screen_show *show, int key)
{
	static bool (*const press[PAGES])(struct screen_show *, int) = { columns_key, setup_tabs_key, setup_meters_key,
		                                                         setup_layouts_key, setup_colours_key };

	switch (key) {
	case 'q':
	case KEY_ESCAPE:
	case KEY_FUNCTION + 10:
	case KEY_FUNCTION + 2:
		return leave(show);
	case KEY_ARROW_RIGHT:
		return turn_page(show, show->setup.page + 1);
	case KEY_ARROW_LEFT:
		return turn_page(show, show->setup.page + PAGES - 1);
	default:
		if (!list_key(&show->setup.list, key))
			press[show->setup.page](show, key);
	}
}

/* Whether it is on. */
static bool put_words(struct screen_show *show, struct buffer *item, size_t at)
{
	const struct screen_tab *tab = screen_tab(set(show));
	bool on;

	if (at < screen_flag_count) {
		on = *screen_flag_of(set(show), at);
		buffer_format(item, " [%c] %s", on ? 'x' : ' ', screen_flags[at].meaning);
	} else {
		uint8_t column = column_at(show, at - screen_flag_count);
		on = screen_tab_has(tab, column);
		buffer_format(item, " [%c] %-14s %s%s", on ? 'x' : ' ', show->call->columns.at[column].column.header,
		              task_fields[show->call->columns.at[column].column.id].name,
		              column == screen_sort(set(show))->column ? "   (sorted by)" : "");
	}
	return on;
}

static void put_item(struct screen_show *show, struct buffer *line, size_t at, size_t columns)
{
	struct buffer item = { 0 };
	bool on = false;

	if (show->setup.page == PAGE_METERS)
		setup_meters_item(show, &item, at);
	else if (show->setup.page == PAGE_TABS)
		setup_tabs_item(show, &item, at);
	else if (show->setup.page == PAGE_LAYOUTS)
		setup_layouts_item(show, &item, at);
	else if (show->setup.page == PAGE_COLOURS)
		setup_colours_item(show, &item, at);
	else
		on = put_words(show, &item, at);
	mark(line, at == show->setup.list.at ? MARK_CHOSEN : on ? MARK_VALUE : MARK_PLAIN);
	text_cell(line, buffer_span(&item), columns, false);
	mark(line, MARK_PLAIN);
	buffer_done(&item);
}

static void put_meaning(struct screen_show *show, int row, int rows, int columns)
{
	struct buffer text = { 0 }, wrapped = { 0 };
	struct span rest, line;

	if (show->setup.page == PAGE_COLUMNS && show->setup.list.at >= screen_flag_count) {
		const struct screen_column *column =
			&show->call->columns.at[column_at(show, show->setup.list.at - screen_flag_count)];
		buffer_format(&text, "%s\n", task_fields[column->column.id].meaning);
		text_wrap(&wrapped, buffer_span(&text), (size_t)columns, 0);
	}
	rest = buffer_span(&wrapped);
	for (; row < rows; row++)
		screen_line(row, span_line(&rest, &line) ? line : (struct span){ 0 }, MARK_DIM);
	buffer_done(&text);
	buffer_done(&wrapped);
}

/* "[Columns] Meters Colours" */
static void put_head(struct screen_show *show, struct buffer *line, size_t columns)
{
	static const char *const names[PAGES] = { "Columns and more", "Tabs", "Meters", "Header", "Colours" };

	buffer_text(line, " Set-up:");
	for (unsigned page = 0; page < PAGES; page++)
		if (columns >= NARROW || page == show->setup.page)
			buffer_format(line, page == show->setup.page ? " [%s]" : "  %s ", names[page]);
	if (show->setup.page == PAGE_COLUMNS)
		buffer_format(line, " tab [%s], Tab: next", screen_tab(set(show))->name);
}

static void put_foot(struct screen_show *show, int row, const char *keys, size_t columns)
{
	struct buffer line = { 0 };
	size_t cursor = 0;

	if (show->asking) {
		cursor = prompt_put(&show->prompt, &line, columns);
	} else {
		mark(&line, show->message.len ? MARK_MESSAGE : MARK_PLAIN);
		buffer_char(&line, ' ');
		text_put(&line, show->message.len ? buffer_span(&show->message) : span_of(keys),
		         columns ? columns - 1 : 0);
	}
	screen_line(row, buffer_span(&line), MARK_PLAIN);
	if (show->asking)
		screen_cursor(row, (int)cursor);
	buffer_done(&line);
}

void setup_draw(struct screen_show *show, int rows, int columns)
{
	static const char *const keys[PAGES] = {
		"Space on, off  F7 F8 move  s sort by it  + - delay  Left Right: pages  F10 done",
		"Space choose  F5 n new  F6 r name  t tree  F7 F8 up, down  F9 away  F10 done",
		"Space style  F5 F6 to the left, right  F7 F8 up, down  F9 away  F10 done, saved",
		"Space choose: columns of meters above the table  Left Right: pages  F10 done",
		"Space choose  Left Right: other pages  F10 done, saved",
	};
	int foot = rows > 12 ? FOOT : rows > 3 ? 1 : 0, row = 0;
	struct buffer line = { 0 };

	if (rows > 2) {
		put_head(show, &line, (size_t)columns);
		screen_line(row++, buffer_span(&line), MARK_HEAD);
	}
	show->setup.list.height = (size_t)(rows - row - foot);
	list_fit(&show->setup.list);
	for (size_t at = show->setup.list.first; row < rows - foot; row++, at++) {
		buffer_clear(&line);
		if (at < show->setup.list.count)
			put_item(show, &line, at, (size_t)columns);
		screen_line(row, buffer_span(&line), MARK_PLAIN);
	}
	if (foot > 1)
		put_meaning(show, row, rows - 1, columns);
	if (foot)
		put_foot(show, rows - 1, keys[show->setup.page], (size_t)columns);
	buffer_done(&line);
}
