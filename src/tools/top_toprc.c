/* Reads settings of top in the form of procps's toprc, as versions since 3.3.0 write it. */
#include "tools/top_toprc.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "tools/top.h"

static const char incompatible[] = "incompatible rcfile, you should";

/* What stands behind "key=" in a line. */
static bool find(struct span line, const char *key, struct span *ret)
{
	size_t len = strlen(key);

	for (; line.len > len; line = span_skip(line, 1))
		if (!memcmp(line.at, key, len) && line.at[len] == '=') {
			*ret = span_skip(line, len + 1);
			return true;
		}
	return false;
}

/* The number behind "key="; `otherwise` where there is none. */
static int64_t number_of(struct span line, const char *key, int64_t otherwise)
{
	struct span rest, word;
	int64_t number;

	if (!find(line, key, &rest))
		return otherwise;
	if (!span_until(&rest, ',', &word))
		word = rest;
	return span_i64(&word, &number) && !word.len ? number : otherwise;
}

static int64_t within(int64_t number, int64_t least, int64_t most)
{
	return number < least ? least : number > most ? most : number;
}

/* Places a field behind those that were placed before. False: no field, or one that was there already. */
static bool place_field(struct top *top, struct top_window *window, int64_t code, bool *seen, size_t *place)
{
	int64_t field = code / 2 - TOPRC_BASE;

	if (field < 0 || field >= TOPRC_PLACES_MOST || seen[field])
		return false;
	seen[field] = true;
	if (field > TOPRC_KNOWN + 2) /* not one of any procps yet: it keeps room for later ones */
		return true;
	top_window_move(window, &top->columns, (uint8_t)field, (*place)++);
	window->shown[field] = code & 1;
	return true;
}

/* Before 4.0.1 a field was one byte: its place, and the highest bit when it is shown. */
static bool read_old_fields(struct top *top, struct top_window *window, struct span codes, bool *seen)
{
	size_t place = 0;

	for (size_t i = 0; i < codes.len; i++) {
		unsigned char byte = (unsigned char)codes.at[i];
		if (!place_field(top, window, (byte & 0x7f) * 2 + (byte >> 7), seen, &place))
			return false;
	}
	return place > 0;
}

/* "NAME\tfieldscur= 75 81 ...", over several lines; gives back the first line behind them. */
static bool read_fields(struct top *top, struct top_window *window, struct span *rest, char id, struct span *ret_line)
{
	bool seen[TOPRC_PLACES_MOST] = { 0 };
	struct span line, codes, name;
	size_t place = 0;
	int64_t code;

	if (!span_line(rest, &line) || !find(line, "fieldscur", &codes))
		return false;
	if (!span_until(&line, '\t', &name) || name.len >= TOP_NAME)
		return false;
	memset(window->name, 0, sizeof window->name);
	memcpy(window->name, name.at, name.len);
	memset(window->shown, 0, sizeof window->shown);
	if (id < 'k')
		return read_old_fields(top, window, codes, seen) && span_line(rest, ret_line);
	do {
		while (codes = span_trim(codes), codes.len)
			if (!span_i64(&codes, &code) || !place_field(top, window, code, seen, &place))
				return false;
		if (!span_line(rest, &codes))
			return false;
		*ret_line = codes;
	} while (!find(codes, "winflags", &line));
	return place > 0;
}

static void read_flags(struct top_window *window, struct span line)
{
	int64_t flags = number_of(line, "winflags", 0);
	const struct {
		int64_t flag;
		bool *member;
	} members[] = {
		{ TOPRC_VISIBLE_ROWS, &window->visible },
		{ TOPRC_FOREST, &window->forest },
		{ TOPRC_IDLE, &window->idle },
		{ TOPRC_CHILDREN, &window->children_time },
		{ TOPRC_COMMAND_LINE, &window->command_line },
		{ TOPRC_SHOW_RUNNING, &window->show_running },
		{ TOPRC_SHOW_SORT, &window->show_sort },
		{ TOPRC_COLOUR, &window->colour },
		{ TOPRC_LOAD, &window->load },
		{ TOPRC_TEXTS_RIGHT, &window->texts_right },
		{ TOPRC_COORDINATES, &window->coordinates },
	};

	for (size_t i = 0; i < sizeof members / sizeof *members; i++)
		*members[i].member = flags & members[i].flag;
	window->bold = !(flags & TOPRC_NO_BOLD);
	window->reverse = !(flags & TOPRC_NOT_REVERSE);
	window->numbers_left = !(flags & TOPRC_NUMBERS_RIGHT);
	window->cpus = flags & TOPRC_NODES ? CPUS_NODES : flags & TOPRC_CPU_SUM ? CPUS_ALL : CPUS_EACH;
	window->cpu_graph = (enum top_graph)within(number_of(line, "graph_cpus", 0), GRAPH_TEXT, GRAPH_BLOCKS);
	window->memory_graph = (enum top_graph)within(number_of(line, "graph_mems", 0), GRAPH_TEXT, GRAPH_BLOCKS);
	if (!(flags & TOPRC_STATES))
		window->cpu_graph = GRAPH_HIDDEN;
	if (!(flags & TOPRC_MEMORY))
		window->memory_graph = GRAPH_HIDDEN;
	window->tasks_most = (size_t)within(number_of(line, "maxtasks", 0), 0, INT32_MAX);
	window->abreast = (unsigned)within(number_of(line, "double_up", 0) + 1, 1, TOP_ABREAST_MOST);
	window->combined = (unsigned)within(number_of(line, "combine_cpus", 0) + 1, 1, INT32_MAX);
}

static bool read_window(struct top *top, struct top_window *window, struct span *rest, char id)
{
	static const char *const keys[TOP_PARTS] = { "summclr", "msgsclr", "headclr", "taskclr", "task_xy" };
	struct span line;

	if (!read_fields(top, window, rest, id, &line) || !find(line, "winflags", &(struct span){ 0 }))
		return false;
	int64_t sort = number_of(line, "sortindx", -1);
	if (sort < 0 || sort > TOPRC_KNOWN + 2)
		return false;
	read_flags(window, line);
	top_window_sort(window, (uint8_t)sort, !(number_of(line, "winflags", 0) & TOPRC_DESCENDING));
	if (!span_line(rest, &line) || number_of(line, "summclr", -1) < 0)
		return false;
	for (size_t i = 0; i < TOP_PARTS; i++)
		window->colours[i] = (uint16_t)within(
			number_of(line, keys[i], window->colours[i == PART_MARKED ? PART_TASKS : i]), 0, 255);
	return true;
}

static bool read_filter(struct top *top, struct top_window *window, struct span line)
{
	char text[TOP_FILTER_LENGTH + 32];
	struct span filter;

	if (window->filter_count == TOP_FILTERS_MOST || !find(line, "filter", &filter) || filter.len >= sizeof text)
		return false;
	memcpy(text, filter.at, filter.len);
	text[filter.len] = '\0';
	bool case_matters = number_of(line, "type", 'o') == 'O';
	if (top_filter_parse(top, window, text, case_matters, &window->filters[window->filter_count]))
		return false;
	window->filter_count++;
	return true;
}

static bool read_filters(struct top *top, struct span *rest)
{
	struct top_window *window = &top->settings.windows[0];
	struct span line;

	while (span_line(rest, &line)) {
		if (span_starts(line, SPAN("end  :")))
			return true;
		if (span_starts(line, SPAN("window #"))) {
			char which = line.len > 8 ? line.at[8] : 0;
			if (which < '0' || which >= '0' + TOP_WINDOWS)
				return false;
			window = &top->settings.windows[which - '0'];
		} else if (!read_filter(top, window, line)) {
			return false;
		}
	}
	return false;
}

static bool read_columns(struct top *top, struct top_window *window, struct span words)
{
	struct span word;
	size_t place = 0;

	memset(window->shown, 0, sizeof window->shown);
	while (span_word(&words, &word)) {
		int column = top_column_find(&top->columns, word);
		if (column < 0)
			return false;
		top_window_move(window, &top->columns, (uint8_t)column, place++);
		window->shown[column] = true;
	}
	return place > 0;
}

static bool read_sorts(struct top *top, struct top_window *window, struct span words)
{
	struct span word;
	bool first = true;

	while (span_word(&words, &word)) {
		int column = top_column_find(&top->columns, span_skip(word, 1));
		if (column < 0 || (word.at[0] != '+' && word.at[0] != '-'))
			return false;
		if (first)
			top_window_sort(window, (uint8_t)column, word.at[0] == '-');
		else if (!top_window_sort_also(window, (uint8_t)column, word.at[0] == '-'))
			return false;
		first = false;
	}
	return !first;
}

/* "# vires: threads on", "# vires: window 0 columns PID PEAK": false for what we do not know. */
static bool read_ours(struct top *top, struct span line)
{
	struct span word;
	int64_t which;

	if (!span_word(&line, &word))
		return false;
	if (span_is(word, "threads"))
		return top->settings.threads = span_is(span_trim(line), "on"), true;
	if (!span_is(word, "window") || !span_word(&line, &word) || !span_i64(&word, &which) || which < 0 ||
	    which >= TOP_WINDOWS || !span_word(&line, &word))
		return false;
	struct top_window *window = &top->settings.windows[which];
	line = span_trim(line);
	if (span_is(word, "promise"))
		return window->promise = span_is(line, "on"), true;
	if (span_is(word, "columns"))
		return read_columns(top, window, line);
	if (span_is(word, "sort"))
		return read_sorts(top, window, line);
	if (span_is(word, "marked") && span_i64(&line, &which))
		return window->colours[PART_MARKED] = (uint16_t)within(which, 0, 255), true;
	return span_is(word, "other") && read_filter(top, window, line);
}

/* What is neither filters nor ours is about what Y shows, and kept as it is. */
static const char *read_rest(struct top *top, struct span rest)
{
	static char wrong[128];
	struct buffer kept = { 0 };
	struct span line;
	bool good = true;

	while (good && span_line(&rest, &line)) {
		if (span_starts(line, SPAN("begin: saved other filter")))
			good = read_filters(top, &rest);
		else if (span_starts(line, SPAN(TOPRC_OURS)))
			good = read_ours(top, span_skip(line, sizeof TOPRC_OURS - 1));
		else if (line.len)
			buffer_format(&kept, "%.*s\n", (int)line.len, line.at);
	}
	free(top->inspect);
	top->inspect = kept.len ? strdup(buffer_cstr(&kept)) : NULL;
	buffer_done(&kept);
	if (good)
		return NULL;
	snprintf(wrong, sizeof wrong, "'%.*s' not understood, please", line.len < 64 ? (int)line.len : 64, line.at);
	return wrong;
}

static void read_misc(struct top_settings *settings, struct span line)
{
	settings->widening = (int)within(number_of(line, "Fixed_widest", 0), -1, TOP_COLUMN_WIDEST - 10);
	settings->summary_unit = (unsigned)within(number_of(line, "Summ_mscale", 1), 0, 5);
	settings->task_unit = (unsigned)within(number_of(line, "Task_mscale", 0), 0, 4);
	settings->zeros_blank = number_of(line, "Zero_suppress", 0);
	settings->time_unit = (unsigned)within(number_of(line, "Tics_scaled", 0), 0, 4);
}

const char *top_toprc_read(struct top *top, struct span bytes)
{
	static char wrong[64];
	struct top_settings *settings = &top->settings;
	struct span line, id, delay, seconds;
	int64_t delay_ns;

	if (!span_line(&bytes, &line) || !span_line(&bytes, &line) || !span_starts(line, SPAN("Id:")))
		return incompatible;
	id = span_skip(line, 3);
	if (!id.len || id.at[0] < 'f' || id.at[0] > 'n' || !find(line, "Delay_time", &delay) ||
	    !span_until(&delay, ',', &seconds) || !span_fixed(&seconds, 9, &delay_ns))
		return incompatible;
	settings->delay_ns = delay_ns;
	settings->alternate = number_of(line, "Mode_altscr", 0);
	settings->irix = number_of(line, "Mode_irixps", 1);
	settings->current = (uint8_t)within(number_of(line, "Curwin", 0), 0, TOP_WINDOWS - 1);
	for (int i = 0; i < TOP_WINDOWS; i++) {
		if (read_window(top, &settings->windows[i], &bytes, id.at[0]))
			continue;
		snprintf(wrong, sizeof wrong, "window entry #%d corrupt, please", i + 1);
		return wrong;
	}
	if (!span_line(&bytes, &line))
		return incompatible;
	read_misc(settings, line);
	return read_rest(top, bytes);
}
