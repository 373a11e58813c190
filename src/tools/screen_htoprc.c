/*
 * htop's own settings, read where vires is called htop and has not saved any of its own: columns, order, meters,
 * colours and the rest as far as they exist here. What does not is said by name.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/time.h"
#include "tools/screen_meters.h"

struct reader {
	struct screen_call *call;
	size_t screens;                         /* how many were read */
	struct screen_tab *tab;                 /* the last of them; NULL: it has no place */
	struct screen_meters side[METER_SIDES]; /* by column, styles not yet known */
	uint8_t modes[METER_SIDES][METERS_MOST];
	size_t mode_count[METER_SIDES];
	bool meters, by_pid;
};

static void left_out(struct reader *reader, struct span word)
{
	struct buffer *list = &reader->call->left_out;
	struct span rest = buffer_span(list), said;

	while (span_word(&rest, &said))
		if (span_equal(said, word))
			return;
	if (list->len < 300) {
		buffer_char(list, ' ');
		buffer_add(list, word);
	}
}

/* The numbers of columns in files, in the order of htop's table; older files have them in place of names. */
static const struct {
	int16_t number;
	const char *name;
} numbered[] = {
	{ 0, "PID" },
	{ 1, "Command" },
	{ 2, "STATE" },
	{ 3, "PPID" },
	{ 4, "PGRP" },
	{ 5, "SESSION" },
	{ 6, "TTY" },
	{ 7, "TPGID" },
	{ 9, "MINFLT" },
	{ 10, "CMINFLT" },
	{ 11, "MAJFLT" },
	{ 12, "CMAJFLT" },
	{ 13, "UTIME" },
	{ 14, "STIME" },
	{ 15, "CUTIME" },
	{ 16, "CSTIME" },
	{ 17, "PRIORITY" },
	{ 18, "NICE" },
	{ 20, "STARTTIME" },
	{ 37, "PROCESSOR" },
	{ 38, "M_VIRT" },
	{ 39, "M_RESIDENT" },
	{ 40, "M_SHARE" },
	{ 41, "M_TRS" },
	{ 42, "M_DRS" },
	{ 43, "M_LRS" },
	{ 45, "ST_UID" },
	{ 46, "PERCENT_CPU" },
	{ 47, "PERCENT_MEM" },
	{ 48, "USER" },
	{ 49, "TIME" },
	{ 50, "NLWP" },
	{ 51, "TGID" },
	{ 52, "PERCENT_NORM_CPU" },
	{ 53, "ELAPSED" },
	{ 54, "SCHEDULERPOLICY" },
	{ 102, "RCHAR" },
	{ 103, "WCHAR" },
	{ 104, "SYSCR" },
	{ 105, "SYSCW" },
	{ 106, "RBYTES" },
	{ 107, "WBYTES" },
	{ 108, "CNCLWB" },
	{ 109, "IO_READ_RATE" },
	{ 110, "IO_WRITE_RATE" },
	{ 111, "IO_RATE" },
	{ 112, "CGROUP" },
	{ 113, "OOM" },
	{ 114, "IO_PRIORITY" },
	{ 118, "M_PSS" },
	{ 119, "M_SWAP" },
	{ 120, "M_PSSWP" },
	{ 121, "CTXT" },
	{ 122, "SECATTR" },
	{ 123, "COMM" },
	{ 124, "EXE" },
	{ 125, "CWD" },
	{ 126, "AUTOGROUP_ID" },
	{ 127, "AUTOGROUP_NICE" },
	{ 128, "CCGROUP" },
	{ 129, "CONTAINER" },
	{ 130, "M_PRIV" },
};

/* By htop's name or number; -1, and said, for what there is not. */
static int column_of_word(struct reader *reader, struct span word)
{
	const struct screen_columns *columns = &reader->call->columns;
	struct span digits = word;
	int64_t number;

	if (span_i64(&digits, &number) && digits.len == 0) {
		for (size_t i = 0; i < sizeof numbered / sizeof *numbered; i++)
			if (numbered[i].number == number)
				word = span_of(numbered[i].name);
	}
	for (size_t i = 0; i < columns->count; i++)
		if (columns->at[i].htop && span_is(word, columns->at[i].htop))
			return (int)i;
	left_out(reader, word);
	return -1;
}

static void read_fields(struct reader *reader, struct screen_tab *tab, struct span words)
{
	struct screen_tab read = *tab;
	struct span word;

	read.count = 0;
	while (span_word(&words, &word)) {
		int column = column_of_word(reader, word);
		if (column >= 0 && read.count < SCREEN_SHOWN_MOST && !screen_tab_has(&read, (uint8_t)column))
			read.shown[read.count++] = (uint8_t)column;
	}
	if (read.count)
		*tab = read;
}

static bool is_on(struct span value)
{
	return value.len && !span_is(value, "0");
}

/* -1 is descending; what that means to a column here depends on where it begins by itself. */
static void set_direction(struct reader *reader, struct screen_sort *sort, struct span value)
{
	enum kind kind = task_fields[reader->call->columns.at[sort->column].column.id].kind;
	bool up = kind == TEXT || kind == IDENTITY, descending = span_is(value, "-1");

	sort->inverted = up == descending;
}

static void set_sort(struct reader *reader, struct screen_sort *sort, struct span value)
{
	int column = column_of_word(reader, value);

	if (column >= 0)
		sort->column = (uint8_t)column;
}

/* What is sorted how: the same words for all screens, and behind a dot for one. */
static bool read_order(struct reader *reader, struct screen_tab *tab, struct span key, struct span value)
{
	struct screen_sort *tree = &tab->sorts[SORT_TREE];

	if (span_is(key, "sort_key"))
		set_sort(reader, &tab->sorts[SORT_LIST], value);
	else if (span_is(key, "sort_direction"))
		set_direction(reader, &tab->sorts[SORT_LIST], value);
	else if (span_is(key, "tree_sort_key") && !reader->by_pid)
		set_sort(reader, tree, value);
	else if (span_is(key, "tree_sort_direction") && !reader->by_pid)
		set_direction(reader, tree, value);
	else if (span_is(key, "tree_view_always_by_pid")) {
		reader->by_pid = is_on(value);
		if (reader->by_pid)
			*tree = (struct screen_sort){ 0, false };
	} else if (span_is(key, "tree_view"))
		tab->tree = is_on(value);
	else
		return false;
	return true;
}

/* "screen:NAME=fields", and below it ".sort_key=" and others. */
static void read_screen(struct reader *reader, struct span name, struct span value)
{
	struct screen_settings *settings = &reader->call->settings;

	reader->by_pid = false;
	reader->tab = reader->screens < TABS_MOST ? &settings->tabs[reader->screens++] : NULL;
	if (!reader->tab) {
		left_out(reader, name);
		return;
	}
	if (reader->screens > settings->tab_count)
		settings->tab_count = reader->screens;
	reader->tab->sorts[SORT_TREE] = (struct screen_sort){ 0, false };
	screen_tab_call(settings, reader->tab, name);
	read_fields(reader, reader->tab, value);
}

static bool read_of_screen(struct reader *reader, struct span key, struct span value)
{
	if (!span_starts(key, SPAN(".")))
		return false;
	if (reader->tab)
		read_order(reader, reader->tab, span_skip(key, 1), value);
	return true;
}

/* "left_meters=", "column_meters_0=" and their modes. */
static bool read_meters(struct reader *reader, struct span key, struct span value)
{
	static const char *const names[][2] = {
		{ "left_meters", "left_meter_modes" },         { "right_meters", "right_meter_modes" },
		{ "column_meters_0", "column_meter_modes_0" }, { "column_meters_1", "column_meter_modes_1" },
		{ "column_meters_2", "column_meter_modes_2" }, { "column_meters_3", "column_meter_modes_3" }
	};
	struct span word;

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		size_t side = i < 2 ? i : i - 2;
		struct screen_meters *meters = &reader->side[side];
		if (span_is(key, names[i][0])) {
			for (meters->count = 0; meters->count < METERS_MOST && span_word(&value, &word);)
				if (!meter_parse(word, &meters->at[meters->count++])) {
					meters->at[meters->count - 1].kind = METER_KINDS; /* keeps its place */
					left_out(reader, word);
				}
			reader->meters = true;
			return true;
		}
		if (span_is(key, names[i][1])) {
			int64_t mode;
			size_t *count = &reader->mode_count[side];
			for (*count = 0; *count < METERS_MOST && span_word(&value, &word);)
				reader->modes[side][(*count)++] = span_i64(&word, &mode) ? (uint8_t)mode : 0;
			return true;
		}
	}
	return false;
}

static void take_meters(struct reader *reader)
{
	struct screen_settings *settings = &reader->call->settings;

	if (!reader->meters)
		return;
	settings->usual_meters = false;
	for (size_t side = 0; side < METER_SIDES; side++)
		settings->meters[side].count = 0;
	for (size_t side = 0; side < METER_SIDES; side++)
		for (size_t i = 0; i < reader->side[side].count; i++) {
			struct screen_meters *to = &settings->meters[side];
			struct screen_meter meter = reader->side[side].at[i];
			unsigned mode = i < reader->mode_count[side] ? reader->modes[side][i] : 0;
			if (meter.kind == METER_KINDS || to->count == METERS_MOST)
				continue;
			for (uint8_t style = meter.style; mode >= 1 && meter.style != mode - 1;) {
				meter_turn(&meter);
				if (meter.style == style) {
					left_out(reader,
					         span_of(meter_style_name(mode - 1 < METER_STYLES ? mode - 1 : 0)));
					break;
				}
			}
			to->at[to->count++] = meter;
		}
	meter_layout_set(settings, settings->layout);
}

static bool read_flag(struct screen_settings *settings, struct span key, struct span value)
{
	const struct {
		const char *key;
		bool *flag, not ;
	} flags[] = {
		{ "hide_kernel_threads", &settings->kernel_threads, true },
		{ "hide_userland_threads", &settings->threads, true },
		{ "hide_running_in_container", &settings->no_containers, false },
		{ "show_program_path", &settings->program_path, false },
		{ "show_merged_command", &settings->merged_command, false },
		{ "highlight_base_name", &settings->base_name, false },
		{ "highlight_megabytes", &settings->large, false },
		{ "detailed_cpu_time", &settings->cpu_details, false },
		{ "show_cached_memory", &settings->cached, false },
		{ "show_cpu_usage", &settings->cpu_usage, false },
		{ "show_cpu_frequency", &settings->cpu_frequency, false },
		{ "show_cpu_temperature", &settings->cpu_temperature, false },
		{ "degree_fahrenheit", &settings->fahrenheit, false },
		{ "enable_mouse", &settings->mouse, false },
	};

	for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
		if (span_is(key, flags[i].key)) {
			*flags[i].flag = is_on(value) != flags[i].not ;
			return true;
		}
	return false;
}

static void read_line(struct reader *reader, struct span line)
{
	struct screen_call *call = reader->call;
	struct screen_settings *settings = &call->settings;
	struct span key, value = line;
	int64_t number;

	if (!span_until(&value, '=', &key) || key.len == 0 || key.at[0] == '#')
		return;
	if (span_starts(key, SPAN("screen:")))
		return read_screen(reader, span_skip(key, 7), value);
	if (read_of_screen(reader, key, value) || read_meters(reader, key, value) || read_flag(settings, key, value))
		return;
	if (span_is(key, "fields"))
		read_fields(reader, &settings->tabs[0], value);
	else if (read_order(reader, &settings->tabs[0], key, value))
		return;
	else if (span_is(key, "header_layout"))
		meter_layout_find(value, &settings->layout);
	else if (span_is(key, "color_scheme") && span_i64(&value, &number) && number >= 0 && number < SCHEMES)
		settings->scheme = (size_t)number;
	else if (span_is(key, "delay") && span_i64(&value, &number) && number > 0 && number <= 100)
		settings->delay_ns = number * (NS_PER_S / 10);
}

/* The first file that is there, in htop's order. */
static int read_file(struct buffer *buffer, struct span *ret)
{
	enum { MOST = 64 * 1024 };
	const char *own = getenv("HTOPRC"), *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
	char paths[4][CONFIG_PATH] = { "", "", "", "/etc/htoprc" };
	int r = -ENOENT;

	if (own && own[0])
		return file_slurp(AT_FDCWD, own, MOST, buffer, ret);
	if (config && config[0] == '/')
		snprintf(paths[0], CONFIG_PATH, "%s/htop/htoprc", config);
	else if (home && home[0])
		snprintf(paths[0], CONFIG_PATH, "%s/.config/htop/htoprc", home);
	if (home && home[0])
		snprintf(paths[1], CONFIG_PATH, "%s/.htoprc", home);
	for (size_t i = 0; r == -ENOENT && i < 4; i++)
		if (paths[i][0])
			r = file_slurp(AT_FDCWD, paths[i], MOST, buffer, ret);
	return r;
}

void screen_htoprc_load(struct screen_call *call)
{
	struct reader reader = { .call = call };
	struct buffer buffer = { 0 };
	struct span bytes, line;

	if (read_file(&buffer, &bytes) == 0) {
		while (span_line(&bytes, &line))
			read_line(&reader, line);
		take_meters(&reader);
	}
	buffer_done(&buffer);
}
