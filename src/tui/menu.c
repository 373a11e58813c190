#include "tui/menu.h"

#include <stdlib.h>
#include <strings.h>

#include "render/marked.h"
#include "render/text.h"

enum { WIDTH_LEAST = 14, WIDTH_MOST = 28 };

void menu_open(struct menu *menu, const char *title)
{
	menu_done(menu);
	menu->title = title;
	menu->width = WIDTH_LEAST;
}

void menu_add(struct menu *menu, struct span text, int64_t value)
{
	int64_t *values = reallocarray(menu->values, menu->list.count + 1, sizeof *values);
	size_t width = text_width(text, WIDTH_MOST - 2) + 2;

	if (!values)
		return;
	menu->values = values;
	menu->values[menu->list.count++] = value;
	/* A line is a line, whatever a name holds. */
	text_put(&menu->text, text, WIDTH_MOST);
	buffer_char(&menu->text, '\n');
	menu->width = width > menu->width ? width : menu->width;
}

static struct span item(const struct menu *menu, size_t at)
{
	struct span rest = buffer_span(&menu->text), line = { 0 };

	for (size_t i = 0; i <= at && span_line(&rest, &line); i++)
		;
	return line;
}

static void jump(struct menu *menu)
{
	for (size_t i = 0; i < menu->list.count; i++) {
		struct span text = span_trim(item(menu, i));
		if (text.len < menu->typed_len || strncasecmp(text.at, menu->typed, menu->typed_len) != 0)
			continue;
		menu->list.at = i;
		list_fit(&menu->list);
		return;
	}
	menu->typed_len = 0;
}

enum menu_state menu_key(struct menu *menu, int key)
{
	if (key == KEY_ESCAPE || key == KEY_FUNCTION + 10)
		return MENU_LEFT;
	if (key == KEY_RETURN)
		return menu->list.count ? MENU_CHOSEN : MENU_LEFT;
	if (list_key(&menu->list, key)) {
		menu->typed_len = 0;
	} else if (key > ' ' && key < 0x7f && menu->typed_len < sizeof menu->typed) {
		menu->typed[menu->typed_len++] = (char)key;
		jump(menu);
	}
	return MENU_GOES_ON;
}

int64_t menu_value(const struct menu *menu)
{
	return menu->list.count ? menu->values[menu->list.at] : 0;
}

void menu_put(struct menu *menu, struct buffer *line, size_t n, size_t height)
{
	menu->list.height = height > 1 ? height - 1 : 1;
	list_fit(&menu->list);
	if (n == 0) {
		mark(line, MARK_HEAD);
		text_cell(line, span_of(menu->title), menu->width, false);
	} else {
		size_t at = menu->list.first + n - 1;
		bool there = at < menu->list.count;
		mark(line, there && at == menu->list.at ? MARK_CHOSEN : MARK_PLAIN);
		text_cell(line, there ? item(menu, at) : (struct span){ 0 }, menu->width, false);
	}
	mark(line, MARK_PLAIN);
}

void menu_done(struct menu *menu)
{
	buffer_done(&menu->text);
	free(menu->values);
	*menu = (struct menu){ 0 };
}
