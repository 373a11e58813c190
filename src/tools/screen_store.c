/* The settings of the vires screen in a file: one "word value" a line, for people to read and to edit. */
#include <errno.h>
#include <stdio.h>

#include "base/time.h"
#include "render/number.h"
#include "tools/screen_meters.h"
#include "tools/words.h"

static const char *file_of(const struct screen_call *call)
{
	return call->htop ? "htop-screenrc" : "screenrc";
}

static struct screen_tab *tab_of(struct screen_settings *settings, struct span name)
{
	for (size_t i = 0; i < settings->tab_count; i++)
		if (span_is(name, settings->tabs[i].name))
			return &settings->tabs[i];
	return NULL;
}

/* "1 Main": what a tab is called from here on. */
static bool read_name(struct screen_settings *settings, struct span words)
{
	struct span name;
	int64_t number;

	if (!span_i64(&words, &number) || number < 1 || number > (int64_t)settings->tab_count ||
	    !span_word(&words, &name) || name.len >= SCREEN_TAB_NAME)
		return false;
	snprintf(settings->tabs[number - 1].name, SCREEN_TAB_NAME, "%.*s", (int)name.len, name.at);
	return true;
}

/* "tabs 4": those that are not there at first begin as the first one. */
static bool read_count(struct screen_settings *settings, struct span value)
{
	int64_t count;

	if (!span_i64(&value, &count) || value.len || count < 1 || count > TABS_MOST)
		return false;
	while (settings->tab_count < (size_t)count) {
		struct screen_tab *tab = &settings->tabs[settings->tab_count++];
		*tab = settings->tabs[0];
		screen_tab_call(settings, tab, SPAN("Tab"));
	}
	settings->tab_count = (size_t)count;
	return true;
}

/* "tree Memory on"; older files say it once for all of them. */
static bool read_tree(struct screen_settings *settings, struct span words)
{
	struct span name, value;

	if (!span_word(&words, &name))
		return false;
	bool all = !span_word(&words, &value);
	if (all)
		value = name;
	for (size_t i = 0; i < settings->tab_count; i++)
		if (all || span_is(name, settings->tabs[i].name))
			settings->tabs[i].tree = span_is(value, "on");
	return (all || tab_of(settings, name)) && (span_is(value, "on") || span_is(value, "off"));
}

static bool read_columns(struct screen_call *call, struct screen_tab *tab, struct span words)
{
	struct screen_tab read = *tab;
	struct span word;

	read.count = 0;
	while (span_word(&words, &word)) {
		int column = screen_column_find(&call->columns, word);
		if (column < 0 || read.count == SCREEN_SHOWN_MOST)
			return false;
		if (!screen_tab_has(&read, (uint8_t)column))
			read.shown[read.count++] = (uint8_t)column;
	}
	if (read.count == 0)
		return false;
	*tab = read;
	return true;
}

static bool read_sort(const struct screen_call *call, struct screen_sort *sort, struct span words)
{
	struct span word, order;
	int column = span_word(&words, &word) ? screen_column_find(&call->columns, word) : -1;

	if (column < 0)
		return false;
	sort->column = (uint8_t)column;
	sort->inverted = span_word(&words, &order) && span_is(order, "inverted");
	return true;
}

static const char *const sides[METER_SIDES] = { "left", "right", "third", "fourth" };

/* "left AllCPUs:bar Memory:graph"; "usual" for those of htop. */
static bool read_meters(struct screen_settings *settings, struct span words)
{
	struct screen_meters read = { .count = 0 };
	struct span side, word;

	if (!span_word(&words, &side))
		return false;
	settings->usual_meters = span_is(side, "usual");
	if (settings->usual_meters)
		return true;
	while (span_word(&words, &word))
		if (read.count == METERS_MOST || !meter_parse(word, &read.at[read.count++]))
			return false;
	for (size_t i = 0; i < METER_SIDES; i++)
		if (span_is(side, sides[i])) {
			settings->meters[i] = read;
			return true;
		}
	return false;
}

/* "meters-columns two_50_50" */
static bool read_layout(struct screen_settings *settings, struct span value)
{
	size_t layout;

	if (!meter_layout_find(value, &layout))
		return false;
	meter_layout_set(settings, layout);
	return true;
}

/* Older files say how wide the left column is. */
static bool read_percent(struct screen_settings *settings, struct span value)
{
	int64_t percent;

	if (!span_i64(&value, &percent) || percent < 10 || percent > 90)
		return false;
	return read_layout(settings, percent < 42 ? SPAN("two_33_67") :
	                             percent > 58 ? SPAN("two_67_33") :
	                                            SPAN("two_50_50"));
}

static void put_meters(struct buffer *buffer, const struct screen_settings *settings)
{
	buffer_format(buffer, "meters-columns %s\n", meter_layout_of(settings)->name);
	if (settings->usual_meters)
		buffer_text(buffer, "meters usual\n");
	for (int side = 0; side < meter_layout_of(settings)->count && !settings->usual_meters; side++) {
		buffer_format(buffer, "meters %s", sides[side]);
		for (size_t i = 0; i < settings->meters[side].count; i++) {
			buffer_char(buffer, ' ');
			meter_put(buffer, &settings->meters[side].at[i]);
		}
		buffer_char(buffer, '\n');
	}
}

static bool read_line(struct screen_call *call, struct span line)
{
	struct screen_settings *settings = &call->settings;
	struct span word, name;
	char seconds[32];

	if (!span_word(&line, &word) || word.at[0] == '#')
		return true;
	bool columns = span_is(word, "columns"), tree = span_is(word, "tree-sort");
	if (columns || tree || span_is(word, "sort")) {
		struct screen_tab *tab = span_word(&line, &name) ? tab_of(settings, name) : NULL;
		return tab && (columns ? read_columns(call, tab, line) :
		                         read_sort(call, &tab->sorts[tree ? SORT_TREE : SORT_LIST], line));
	}
	if (span_is(word, "tabs"))
		return read_count(settings, span_trim(line));
	if (span_is(word, "tab"))
		return read_name(settings, line);
	if (span_is(word, "tree"))
		return read_tree(settings, line);
	if (span_is(word, "meters"))
		return read_meters(settings, line);
	struct span value = span_trim(line);
	if (span_is(word, "meters-left-percent"))
		return read_percent(settings, value);
	if (span_is(word, "meters-columns"))
		return read_layout(settings, value);
	if (span_is(word, "delay")) {
		snprintf(seconds, sizeof seconds, "%.*s", (int)(value.len < 31 ? value.len : 31), value.at);
		return word_seconds(seconds, &settings->delay_ns) && settings->delay_ns >= NS_PER_S / 10;
	}
	for (int roll = 0; span_is(word, "by") && roll < ROLLS; roll++)
		if (span_is(value, screen_roll_name((enum screen_roll)roll))) {
			settings->roll = (enum screen_roll)roll;
			return true;
		}
	for (size_t i = 0; span_is(word, "scheme") && i < SCHEMES; i++)
		if (span_is(value, screen_scheme_name(i))) {
			settings->scheme = i;
			return true;
		}
	for (size_t i = 0; i < screen_flag_count; i++)
		if (span_is(word, screen_flags[i].word)) {
			*screen_flag_of(settings, i) = span_is(value, "on");
			return span_is(value, "on") || span_is(value, "off");
		}
	return false;
}

int screen_settings_load(struct screen_call *call)
{
	struct buffer buffer = { 0 };
	struct span bytes, line;
	char path[CONFIG_PATH];
	int number = 0;

	int r = config_read(file_of(call), path, &buffer, &bytes);
	while (r == 0 && span_line(&bytes, &line)) {
		number++;
		if (!read_line(call, line)) {
			complain(call->tool, STATUS_USAGE, "%s, line %d: not understood: %.*s", path, number,
			         (int)line.len, line.at);
			r = -EINVAL;
		}
	}
	buffer_done(&buffer);
	return r;
}

static void put_tab(struct buffer *buffer, const struct screen_call *call, const struct screen_tab *tab)
{
	buffer_format(buffer, "columns %s", tab->name);
	for (size_t i = 0; i < tab->count; i++)
		buffer_format(buffer, " %s", call->columns.at[tab->shown[i]].column.header);
	for (int i = 0; i < SORTS; i++)
		buffer_format(buffer, "\n%s %s %s%s", i == SORT_TREE ? "tree-sort" : "sort", tab->name,
		              call->columns.at[tab->sorts[i].column].column.header,
		              tab->sorts[i].inverted ? " inverted" : "");
	buffer_format(buffer, "\ntree %s %s\n", tab->name, tab->tree ? "on" : "off");
}

int screen_settings_save(const struct screen_call *call, char path[CONFIG_PATH])
{
	struct screen_settings settings = call->settings;
	struct buffer buffer = { 0 };

	buffer_text(&buffer, "# What the vires screen looks like; F2 in it writes this file.\ndelay ");
	number_fixed(&buffer, settings.delay_ns, 9);
	buffer_format(&buffer, "\nby %s\n", screen_roll_name(settings.roll));
	buffer_format(&buffer, "tabs %zu\n", settings.tab_count);
	for (size_t i = 0; i < settings.tab_count; i++)
		buffer_format(&buffer, "tab %zu %s\n", i + 1, settings.tabs[i].name);
	for (size_t i = 0; i < settings.tab_count; i++)
		put_tab(&buffer, call, &settings.tabs[i]);
	put_meters(&buffer, &settings);
	buffer_format(&buffer, "scheme %s\n", screen_scheme_name(settings.scheme));
	for (size_t i = 0; i < screen_flag_count; i++)
		buffer_format(&buffer, "%s %s\n", screen_flags[i].word, *screen_flag_of(&settings, i) ? "on" : "off");
	int r = config_write(file_of(call), path, buffer_span(&buffer));
	buffer_done(&buffer);
	return r;
}
