/* How top looks: as Debian 12's does, until options, keys and files say otherwise. */
#include "base/clock.h"
#include "tools/top.h"

static const char *const classic_columns[] = { "PID", "USER", "PR",   "NI",   "VIRT",  "RES",
	                                       "SHR", "S",    "%CPU", "%MEM", "TIME+", "COMMAND" };

void top_settings_move(struct top_settings *settings, const struct top_columns *columns, uint8_t column, size_t place)
{
	size_t from = 0;

	while (from < columns->count && settings->order[from] != column)
		from++;
	if (from == columns->count || place >= columns->count)
		return;
	if (from < place)
		memmove(settings->order + from, settings->order + from + 1, place - from);
	else
		memmove(settings->order + place + 1, settings->order + place, from - place);
	settings->order[place] = column;
}

void top_settings_append(struct top_settings *settings, const struct top_columns *columns, uint8_t column)
{
	size_t place = 0, from = 0;

	for (size_t i = 0; i < columns->count; i++) {
		if (settings->shown[settings->order[i]])
			place = i + (columns->at[settings->order[i]].width != 0);
		if (settings->order[i] == column)
			from = i;
	}
	top_settings_move(settings, columns, column, from < place ? place - 1 : place);
}

void top_settings_classic(struct top_settings *settings, const struct top_columns *columns)
{
	*settings = (struct top_settings){
		.delay_ns = 3 * NS_PER_S,
		.load = true,
		.promise = true,
		.abreast = 1,
		.summary_unit = 1,
		.idle = true,
		.irix = true,
		.bold = true,
		.show_running = true,
	};
	for (size_t i = 0; i < columns->count; i++)
		settings->order[i] = (uint8_t)i;
	for (size_t i = 0; i < sizeof classic_columns / sizeof *classic_columns; i++) {
		uint8_t column = (uint8_t)top_column_find(columns, span_of(classic_columns[i]));
		top_settings_move(settings, columns, column, i);
		settings->shown[column] = true;
	}
	settings->sort = (uint8_t)top_column_find(columns, SPAN("%CPU"));
}
