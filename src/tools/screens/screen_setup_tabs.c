/* F2, its page of tabs: which there are, in which order, what they are called. */
#include "tools/screens/screen_show.h"

static struct screen_settings *set(struct screen_show *show)
{
	return &show->call->settings;
}

size_t setup_tabs_count(struct screen_show *show)
{
	return set(show)->tab_count;
}

static void swap_tabs(struct screen_settings *settings, size_t a, size_t b)
{
	struct screen_tab tab = settings->tabs[a];

	settings->tabs[a] = settings->tabs[b];
	settings->tabs[b] = tab;
	settings->tab = settings->tab == a ? b : settings->tab == b ? a : settings->tab;
}

static void move(struct screen_show *show, bool down)
{
	size_t at = show->setup.list.at, other = down ? at + 1 : at - 1;

	if (other >= set(show)->tab_count)
		return;
	swap_tabs(set(show), at, other);
	show->setup.list.at = other;
}

/* The new one begins as a copy of the one under the cursor, behind it. */
static void add(struct screen_show *show)
{
	struct screen_settings *settings = set(show);
	size_t at = show->setup.list.at, place = settings->tab_count;

	if (place == TABS_MOST) {
		show_say(show, "There is no room for more tabs");
		return;
	}
	settings->tabs[place] = settings->tabs[at];
	settings->tab_count++;
	screen_tab_call(settings, &settings->tabs[place], span_of(settings->tabs[at].name));
	for (; place > at + 1; place--)
		swap_tabs(settings, place, place - 1);
	show->setup.list.at = at + 1;
	show_say(show, "A copy: r gives it a name, and its columns are on the first page");
}

static void take_out(struct screen_show *show)
{
	struct screen_settings *settings = set(show);

	if (settings->tab_count == 1) {
		show_say(show, "The last tab stays");
		return;
	}
	for (size_t at = show->setup.list.at; at + 1 < settings->tab_count; at++)
		swap_tabs(settings, at, at + 1);
	settings->tab_count--;
	if (settings->tab == settings->tab_count)
		settings->tab--;
}

static void named(struct screen_show *show, const char *name)
{
	if (name && name[0])
		screen_tab_call(set(show), &set(show)->tabs[show->setup.list.at], span_of(name));
}

bool setup_tabs_key(struct screen_show *show, int key)
{
	struct screen_tab *tab = &set(show)->tabs[show->setup.list.at];

	switch (key) {
	case ' ':
	case KEY_RETURN:
		set(show)->tab = show->setup.list.at;
		break;
	case KEY_FUNCTION + 5:
	case 'n':
		add(show);
		break;
	case KEY_FUNCTION + 6:
	case 'r':
		show_ask(show, NULL, named, "Name of the tab: ");
		break;
	case 't':
		tab->tree = !tab->tree;
		break;
	case KEY_FUNCTION + 7:
	case '[':
	case KEY_FUNCTION + 8:
	case ']':
		move(show, key == ']' || key == KEY_FUNCTION + 8);
		break;
	case KEY_FUNCTION + 9:
	case KEY_DELETE:
		take_out(show);
		break;
	default:
		return false;
	}
	show->setup.list.count = setup_tabs_count(show);
	return true;
}

void setup_tabs_item(struct screen_show *show, struct buffer *item, size_t at)
{
	const struct screen_settings *settings = set(show);
	const struct screen_tab *tab = &settings->tabs[at];
	const struct screen_column *columns = show->call->columns.at;

	buffer_format(item, " (%c) %-*s %2zu columns, %s by %s", settings->tab == at ? 'x' : ' ', SCREEN_TAB_NAME,
	              tab->name, tab->count, tab->tree ? "tree," : "list,",
	              columns[tab->sorts[tab->tree ? SORT_TREE : SORT_LIST].column].column.header);
}
