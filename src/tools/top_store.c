/* The settings of top in a file: one "word value" a line, for people to read and to edit. */
#include <errno.h>
#include <stdio.h>

#include "render/number.h"
#include "tools/top.h"
#include "tools/words.h"

enum value { FLAG, UNIT, GRAPH, COUNT };

static const char *const graph_words[] = { "text", "bars", "blocks", "off" };
static const char *const unit_letters = "kmgtpe";

static const struct {
	const char *word;
	enum value value;
	size_t offset;
} rows[] = {
	{ "ascending", FLAG, offsetof(struct top_settings, ascending) },
	{ "load", FLAG, offsetof(struct top_settings, load) },
	{ "promise", FLAG, offsetof(struct top_settings, promise) },
	{ "cpu", GRAPH, offsetof(struct top_settings, cpu_graph) },
	{ "memory", GRAPH, offsetof(struct top_settings, memory_graph) },
	{ "each-cpu", FLAG, offsetof(struct top_settings, each_cpu) },
	{ "abreast", COUNT, offsetof(struct top_settings, abreast) },
	{ "summary-unit", UNIT, offsetof(struct top_settings, summary_unit) },
	{ "task-unit", UNIT, offsetof(struct top_settings, task_unit) },
	{ "command-line", FLAG, offsetof(struct top_settings, command_line) },
	{ "idle", FLAG, offsetof(struct top_settings, idle) },
	{ "children-time", FLAG, offsetof(struct top_settings, children_time) },
	{ "threads", FLAG, offsetof(struct top_settings, threads) },
	{ "forest", FLAG, offsetof(struct top_settings, forest) },
	{ "irix", FLAG, offsetof(struct top_settings, irix) },
	{ "zeros-blank", FLAG, offsetof(struct top_settings, zeros_blank) },
	{ "colour", FLAG, offsetof(struct top_settings, colour) },
	{ "bold", FLAG, offsetof(struct top_settings, bold) },
	{ "show-sort", FLAG, offsetof(struct top_settings, show_sort) },
	{ "show-running", FLAG, offsetof(struct top_settings, show_running) },
	{ "reverse", FLAG, offsetof(struct top_settings, reverse) },
};

enum { ROWS = sizeof rows / sizeof *rows };

static void *member(const struct top_settings *settings, size_t row)
{
	return (char *)settings + rows[row].offset;
}

static void put_value(struct buffer *buffer, const struct top_settings *settings, size_t row)
{
	const void *at = member(settings, row);

	switch (rows[row].value) {
	case FLAG:
		return buffer_text(buffer, *(const bool *)at ? "on" : "off");
	case UNIT:
		return buffer_char(buffer, unit_letters[*(const unsigned *)at]);
	case GRAPH:
		return buffer_text(buffer, graph_words[*(const enum top_graph *)at]);
	case COUNT:
		return buffer_u64(buffer, *(const unsigned *)at, 0);
	}
}

static bool read_value(struct top_settings *settings, size_t row, struct span value)
{
	void *at = member(settings, row);
	int64_t number;

	switch (rows[row].value) {
	case FLAG:
		*(bool *)at = span_is(value, "on");
		return span_is(value, "on") || span_is(value, "off");
	case UNIT:
		if (value.len != 1 || !strchr(unit_letters, value.at[0]))
			return false;
		*(unsigned *)at = (unsigned)(strchr(unit_letters, value.at[0]) - unit_letters);
		return true;
	case GRAPH:
		for (int i = 0; i < GRAPHS; i++)
			if (span_is(value, graph_words[i])) {
				*(enum top_graph *)at = (enum top_graph)i;
				return true;
			}
		return false;
	case COUNT:
		if (!span_i64(&value, &number) || value.len || number < 1 || number > 8)
			return false;
		*(unsigned *)at = (unsigned)number;
		return true;
	}
	return false;
}

static bool read_columns(struct top *top, struct span words)
{
	struct span word;
	size_t place = 0;

	memset(top->settings.shown, 0, sizeof top->settings.shown);
	while (span_word(&words, &word)) {
		int column = top_column_find(&top->columns, word);
		if (column < 0)
			return false;
		top_settings_move(&top->settings, &top->columns, (uint8_t)column, place++);
		top->settings.shown[column] = true;
	}
	return place > 0;
}

static bool read_line(struct top *top, struct span line)
{
	struct span word, value;
	char seconds[32];

	if (!span_word(&line, &word) || word.at[0] == '#')
		return true;
	value = span_trim(line);
	if (span_is(word, "columns"))
		return read_columns(top, value);
	if (span_is(word, "sort")) {
		int column = top_column_find(&top->columns, value);
		top->settings.sort = column < 0 ? top->settings.sort : (uint8_t)column;
		return column >= 0;
	}
	if (span_is(word, "delay")) {
		snprintf(seconds, sizeof seconds, "%.*s", (int)(value.len < 31 ? value.len : 31), value.at);
		return word_seconds(seconds, &top->settings.delay_ns) && top->settings.delay_ns >= 0;
	}
	for (size_t i = 0; i < ROWS; i++)
		if (span_is(word, rows[i].word))
			return read_value(&top->settings, i, value);
	return false;
}

int top_settings_load(struct top *top)
{
	struct buffer buffer = { 0 };
	struct span bytes, line;
	char path[CONFIG_PATH];
	int number = 0;

	int r = config_read("toprc", path, &buffer, &bytes);
	while (r == 0 && span_line(&bytes, &line)) {
		number++;
		if (!read_line(top, line)) {
			complain(top->tool, 1, "%s, line %d: not understood: %.*s", path, number, (int)line.len,
			         line.at);
			r = -EINVAL;
		}
	}
	buffer_done(&buffer);
	return r;
}

static void put_settings(struct buffer *buffer, const struct top *top)
{
	const struct top_settings *settings = &top->settings;

	buffer_text(buffer, "# What vires top looks like; W in top writes this file.\ndelay ");
	number_fixed(buffer, settings->delay_ns, 9);
	buffer_format(buffer, "\nsort %s\ncolumns", top->columns.at[settings->sort].header);
	for (size_t i = 0; i < top->columns.count; i++)
		if (settings->shown[settings->order[i]])
			buffer_format(buffer, " %s", top->columns.at[settings->order[i]].header);
	buffer_char(buffer, '\n');
	for (size_t i = 0; i < ROWS; i++) {
		buffer_format(buffer, "%s ", rows[i].word);
		put_value(buffer, settings, i);
		buffer_char(buffer, '\n');
	}
}

int top_settings_save(const struct top *top, char path[CONFIG_PATH])
{
	struct buffer buffer = { 0 };

	put_settings(&buffer, top);
	int r = config_write("toprc", path, buffer_span(&buffer));
	buffer_done(&buffer);
	return r;
}
