/* F2: which columns there are in which order, and what is shown besides. */
#include <stdlib.h>

#include "render/text.h"
#include "tools/screens/screen_show.h"

enum { ITEM_WIDTH = 30, FOOT = 4 };

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

void setup_open(struct screen_show *show)
{
	show->setup.open = true;
	show->setup.list = (struct list){ .count = screen_flag_count + show->call->columns.count };
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

void setup_key(struct screen_show *show, int key)
{
	struct list *list = &show->setup.list;

	switch (key) {
	case 'q':
	case KEY_ESCAPE:
	case KEY_FUNCTION + 10:
	case KEY_FUNCTION + 2:
		return leave(show);
	case ' ':
	case KEY_RETURN:
		return toggle(show, list->at);
	case KEY_FUNCTION + 7:
	case '[':
	case KEY_FUNCTION + 8:
	case ']':
		return move(show, key == ']' || key == KEY_FUNCTION + 8);
	case KEY_TAB:
		set(show)->tab = (set(show)->tab + 1) % SCREEN_TABS;
		return;
	case 's':
		if (list->at >= screen_flag_count)
			screen_tab(set(show))->sort = column_at(show, list->at - screen_flag_count);
		return;
	default:
		list_key(list, key);
	}
}

static void put_item(struct screen_show *show, struct buffer *line, size_t at, size_t columns)
{
	const struct screen_tab *tab = screen_tab(set(show));
	struct buffer item = { 0 };
	bool on;

	if (at < screen_flag_count) {
		on = *screen_flag_of(set(show), at);
		buffer_format(&item, " [%c] %s", on ? 'x' : ' ', screen_flags[at].meaning);
	} else {
		uint8_t column = column_at(show, at - screen_flag_count);
		on = screen_tab_has(tab, column);
		buffer_format(&item, " [%c] %-14s %s%s", on ? 'x' : ' ', show->call->columns.at[column].column.header,
		              task_fields[show->call->columns.at[column].column.id].name,
		              column == tab->sort ? "   (sorted by)" : "");
	}
	mark(line, at == show->setup.list.at ? MARK_CHOSEN : on ? MARK_VALUE : MARK_PLAIN);
	text_cell(line, buffer_span(&item), columns, false);
	mark(line, MARK_PLAIN);
	buffer_done(&item);
}

static void put_meaning(struct screen_show *show, int row, int rows, int columns)
{
	struct buffer text = { 0 }, wrapped = { 0 };
	struct span rest, line;

	if (show->setup.list.at >= screen_flag_count) {
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

void setup_draw(struct screen_show *show, int rows, int columns)
{
	int foot = rows > 12 ? FOOT : rows > 3 ? 1 : 0, row = 0;
	struct buffer line = { 0 };

	if (rows > 2) {
		buffer_format(&line, " Set-up. Columns of the tab [%s]; Tab goes to the next",
		              screen_tab(set(show))->name);
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
		screen_line(rows - 1, SPAN(" Space on, off   F7 F8 move up, down   s sort by it   F10 done, and saved"),
		            MARK_PLAIN);
	buffer_done(&line);
}
