/* How top looks: as Debian 12's does, until options, keys and files say otherwise. */
#include "tools/top_settings.h"

#include "base/clock.h"

enum { SHOWN_MOST = 14 };

static const struct {
	const char *name;
	const char *columns[SHOWN_MOST];
	const char *sort;
	uint16_t colours[TOP_PARTS];
} classic[TOP_WINDOWS] = {
	{ "Def",
	  { "PID", "USER", "PR", "NI", "VIRT", "RES", "SHR", "S", "%CPU", "%MEM", "TIME+", "COMMAND" },
	  "%CPU",
	  { 1, 1, 3, 1, 1 } },
	{ "Job",
	  { "PID", "PPID", "TIME+", "%CPU", "%MEM", "PR", "NI", "S", "VIRT", "RES", "UID", "COMMAND" },
	  "PID",
	  { 6, 6, 7, 6, 6 } },
	{ "Mem",
	  { "PID", "%MEM", "VIRT", "RES", "CODE", "DATA", "SHR", "nMaj", "nDRT", "%CPU", "COMMAND" },
	  "%MEM",
	  { 5, 5, 4, 5, 5 } },
	{ "Usr",
	  { "PID", "PPID", "UID", "USER", "RUSER", "TTY", "TIME+", "%CPU", "%MEM", "S", "COMMAND" },
	  "USER",
	  { 3, 3, 2, 3, 3 } },
};

void top_window_move(struct top_window *window, const struct top_columns *columns, uint8_t column, size_t place)
{
	size_t from = 0;

	while (from < columns->count && window->order[from] != column)
		from++;
	if (from == columns->count || place >= columns->count)
		return;
	if (from < place)
		memmove(window->order + from, window->order + from + 1, place - from);
	else
		memmove(window->order + place + 1, window->order + place, from - place);
	window->order[place] = column;
}

void top_window_append(struct top_window *window, const struct top_columns *columns, uint8_t column)
{
	size_t place = 0, from = 0;

	for (size_t i = 0; i < columns->count; i++) {
		if (window->shown[window->order[i]])
			place = i + (columns->at[window->order[i]].width != 0);
		if (window->order[i] == column)
			from = i;
	}
	top_window_move(window, columns, column, from < place ? place - 1 : place);
}

void top_window_sort(struct top_window *window, uint8_t column, bool ascending)
{
	window->sorts[0] = (struct top_sort){ column, ascending };
	window->sort_count = 1;
}

bool top_window_sort_also(struct top_window *window, uint8_t column, bool ascending)
{
	for (size_t i = 0; i < window->sort_count; i++) {
		if (window->sorts[i].column != column)
			continue;
		if (window->sort_count == 1)
			return true;
		memmove(window->sorts + i, window->sorts + i + 1, (window->sort_count - i - 1) * sizeof *window->sorts);
		window->sort_count--;
		return true;
	}
	if (window->sort_count == TOP_SORTS)
		return false;
	window->sorts[window->sort_count++] = (struct top_sort){ column, ascending };
	return true;
}

void top_window_reset(struct top_window *window)
{
	window->visible = true;
	window->user.wanted = false;
	window->filter_count = 0;
	window->tasks_most = 0;
	window->idle = true;
	window->combined = 1;
	window->focus.pid = 0;
	window->folded_count = 0;
}

size_t top_window_shown(const struct top_window *window, const struct top_columns *columns)
{
	size_t shown = 0;

	for (size_t i = 0; i < columns->count; i++)
		shown += window->shown[i];
	return shown;
}

static void make_window(struct top_window *window, const struct top_columns *columns, size_t which)
{
	*window = (struct top_window){
		.visible = true,
		.load = true,
		.promise = true,
		.abreast = 1,
		.combined = 1,
		.idle = true,
		.bold = true,
		.show_running = true,
	};
	memcpy(window->name, classic[which].name, TOP_NAME);
	memcpy(window->colours, classic[which].colours, sizeof window->colours);
	for (size_t i = 0; i < columns->count; i++)
		window->order[i] = (uint8_t)i;
	for (size_t i = 0; i < SHOWN_MOST && classic[which].columns[i]; i++) {
		uint8_t column = (uint8_t)top_column_find(columns, span_of(classic[which].columns[i]));
		top_window_move(window, columns, column, i);
		window->shown[column] = true;
	}
	top_window_sort(window, (uint8_t)top_column_find(columns, span_of(classic[which].sort)), false);
}

void top_settings_classic(struct top_settings *settings, const struct top_columns *columns)
{
	*settings = (struct top_settings){ .delay_ns = 3 * NS_PER_S, .irix = true, .summary_unit = 1 };
	for (size_t i = 0; i < TOP_WINDOWS; i++)
		make_window(&settings->windows[i], columns, i);
}
