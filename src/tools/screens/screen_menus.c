/* Menus of the vires screen: what to sort by, whose processes to show, how to put them together. */
#include <stdio.h>

#include "tools/screens/screen_show.h"

static void chosen_sort(struct screen_show *show, int64_t column)
{
	struct screen_sort *sort = screen_sort(&show->call->settings);

	sort->inverted = sort->column == column && !sort->inverted;
	sort->column = (uint8_t)column;
	show_changed(show);
}

void menus_sort(struct screen_show *show)
{
	const struct screen_tab *tab = screen_tab_of(&show->call->settings);

	show_menu(show, "Sort by:", chosen_sort);
	for (size_t i = 0; i < tab->count; i++) {
		menu_add(&show->menu, span_of(show->call->columns.at[tab->shown[i]].column.header), tab->shown[i]);
		if (tab->shown[i] == screen_sort_of(&show->call->settings)->column)
			show->menu.list.at = i;
	}
}

static void chosen_user(struct screen_show *show, int64_t uid)
{
	show->call->user = (struct screen_user){ uid >= 0, uid };
	show_changed(show);
}

static bool is_listed(const struct menu *menu, int64_t value)
{
	for (size_t i = 0; i < menu->list.count; i++)
		if (menu->values[i] == value)
			return true;
	return false;
}

void menus_user(struct screen_show *show)
{
	const struct screen_frame *frame = show_frame(show);
	struct span name;
	int64_t uid;

	show_menu(show, "Show processes of:", chosen_user);
	menu_add(&show->menu, SPAN("All users"), -1);
	for (size_t row = 0; frame && row < frame->view.now->count; row++)
		if (view_number(&frame->view, row, TASK_euid, &uid) && !is_listed(&show->menu, uid) &&
		    view_text(&frame->view, row, TASK_user, &name))
			menu_add(&show->menu, name, uid);
}

static void chosen_roll(struct screen_show *show, int64_t roll)
{
	show->call->settings.roll = (enum screen_roll)roll;
	screen_tab(&show->call->settings)->tree = roll == ROLL_TREE;
	show_changed(show);
}

void menus_roll(struct screen_show *show)
{
	static const char *const words[ROLLS] = {
		"single processes", "tree, with sums", "program", "user", "control group", "unit", "container"
	};

	show_menu(show, "Put together by:", chosen_roll);
	for (int roll = 0; roll < ROLLS; roll++)
		menu_add(&show->menu, span_of(words[roll]), roll);
	show->menu.list.at = show->call->settings.roll;
}

bool menus_open_group(struct screen_show *show)
{
	const struct screen_frame *frame = show_frame(show);
	struct screen_call *call = show->call;

	if (!frame || show->list.at >= frame->count || !frame->items[show->list.at].name.at)
		return false;
	struct span name = frame->items[show->list.at].name;
	if (name.len >= sizeof call->only_name || memchr(name.at, '\0', name.len))
		return false;
	call->only = call->settings.roll;
	memcpy(call->only_name, name.at, name.len);
	call->only_name[name.len] = '\0';
	call->settings.roll = ROLL_NONE;
	show->list.at = 0;
	show_changed(show);
	return true;
}

bool menus_close_group(struct screen_show *show)
{
	if (!show->call->only)
		return false;
	show->call->settings.roll = show->call->only;
	show->call->only = ROLL_NONE;
	show_changed(show);
	return true;
}
