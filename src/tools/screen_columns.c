/* The columns of the vires screen, and what it looks like before anybody changes it. */
#include <stdio.h>
#include <strings.h>

#include "tools/screen_meters.h"

enum { PARTS = 14 };

static const struct screen_column known[] = {
	{ { "PID", NULL, FORM_NUMBER, TASK_pid, 5 }, "PID", false },
	{ { "USER", NULL, FORM_TEXT, TASK_user, 8 }, "USER", false },
	{ { "PSS", NULL, FORM_SIZE, TASK_pss_bytes, 6 }, "M_PSS", false },
	{ { "USS", NULL, FORM_SIZE, TASK_uss_bytes, 5 }, NULL, false },
	{ { "RES", NULL, FORM_SIZE, TASK_rss_bytes, 5 }, "M_RESIDENT", false },
	{ { "SWAP", NULL, FORM_SIZE, TASK_swap_bytes, 5 }, "M_SWAP", false },
	{ { "+/min", NULL, FORM_CHANGE, TASK_rss_growth_bytes_per_min, 6 }, NULL, false },
	{ { "flt/s", NULL, FORM_RATE, TASK_faults_per_s, 5 }, NULL, false },
	{ { "anon/shm/file", NULL, FORM_SIZE, TASK_rss_bytes, PARTS }, NULL, true },
	{ { "S", NULL, FORM_LETTER, TASK_state, 1 }, "STATE", false },
	{ { "CPU%", NULL, FORM_PERCENT, TASK_cpu_percent, 5 }, "PERCENT_CPU", false },
	{ { "NCPU%", NULL, FORM_CPU, TASK_cpu_percent, 5 }, "PERCENT_NORM_CPU", false },
	{ { "START", NULL, FORM_START, TASK_started_ns, 5 }, "STARTTIME", false },
	{ { "MEM%", NULL, FORM_PERCENT, TASK_rss_percent, 4 }, "PERCENT_MEM", false },
	{ { "TIME+", NULL, FORM_HUNDREDTHS, TASK_cpu_ns, 8 }, "TIME", false },
	{ { "Command", NULL, FORM_COMMAND, TASK_cmdline, 0 }, "Command", false },
	{ { "PRI", NULL, FORM_PRIORITY, TASK_priority, 3 }, "PRIORITY", false },
	{ { "NI", NULL, FORM_NUMBER, TASK_nice, 3 }, "NICE", false },
	{ { "VIRT", NULL, FORM_SIZE, TASK_virt_bytes, 5 }, "M_VIRT", false },
	{ { "SHR", NULL, FORM_SIZE, TASK_shared_bytes, 5 }, "M_SHARE", false },
	{ { "PRIV", NULL, FORM_SIZE, TASK_unshared_bytes, 5 }, "M_PRIV", false },
	{ { "READ/s", NULL, FORM_SIZE, TASK_read_bytes_per_s, 6 }, "IO_READ_RATE", false },
	{ { "WRITE/s", NULL, FORM_SIZE, TASK_written_bytes_per_s, 7 }, "IO_WRITE_RATE", false },
	{ { "IO/s", NULL, FORM_SIZE, TASK_storage_bytes_per_s, 5 }, "IO_RATE", false },
	{ { "majf/s", NULL, FORM_RATE, TASK_major_faults_per_s, 6 }, NULL, false },
	{ { "PPID", NULL, FORM_NUMBER, TASK_ppid, 7 }, "PPID", false },
	{ { "PGRP", NULL, FORM_NUMBER, TASK_pgid, 7 }, "PGRP", false },
	{ { "SID", NULL, FORM_NUMBER, TASK_sid, 7 }, "SESSION", false },
	{ { "TTY", NULL, FORM_TTY, TASK_tty, 8 }, "TTY", false },
	{ { "TPGID", NULL, FORM_NUMBER, TASK_tpgid, 7 }, "TPGID", false },
	{ { "TGID", NULL, FORM_NUMBER, TASK_tgid, 7 }, "TGID", false },
	{ { "MINFLT", NULL, FORM_COUNT, TASK_minor_faults, 6 }, "MINFLT", false },
	{ { "MAJFLT", NULL, FORM_COUNT, TASK_major_faults, 6 }, "MAJFLT", false },
	{ { "CMINFLT", NULL, FORM_COUNT, TASK_children_minor_faults, 7 }, "CMINFLT", false },
	{ { "CMAJFLT", NULL, FORM_COUNT, TASK_children_major_faults, 7 }, "CMAJFLT", false },
	{ { "UTIME+", NULL, FORM_HUNDREDTHS, TASK_user_ns, 8 }, "UTIME", false },
	{ { "STIME+", NULL, FORM_HUNDREDTHS, TASK_system_ns, 8 }, "STIME", false },
	{ { "ELAPSED", NULL, FORM_MINUTES, TASK_age_ns, 7 }, "ELAPSED", false },
	{ { "CPU", NULL, FORM_NUMBER, TASK_cpu_last, 3 }, "PROCESSOR", false },
	{ { "CODE", NULL, FORM_SIZE, TASK_text_bytes, 5 }, "M_TRS", false },
	{ { "DATA", NULL, FORM_SIZE, TASK_data_bytes, 5 }, "M_DRS", false },
	{ { "UID", NULL, FORM_NUMBER, TASK_euid, 5 }, "ST_UID", false },
	{ { "NLWP", NULL, FORM_COUNT, TASK_threads, 4 }, "NLWP", false },
	{ { "RCHAR", NULL, FORM_SIZE, TASK_read_chars, 5 }, "RCHAR", false },
	{ { "WCHAR", NULL, FORM_SIZE, TASK_written_chars, 5 }, "WCHAR", false },
	{ { "IO_R", NULL, FORM_SIZE, TASK_read_bytes, 5 }, "RBYTES", false },
	{ { "IO_W", NULL, FORM_SIZE, TASK_written_bytes, 5 }, "WBYTES", false },
	{ { "OOM", NULL, FORM_NUMBER, TASK_oom_score, 4 }, "OOM", false },
	{ { "IO_C", NULL, FORM_SIZE, TASK_cancelled_bytes, 5 }, "CNCLWB", false },
	{ { "RSYSC", NULL, FORM_COUNT, TASK_read_calls, 7 }, "SYSCR", false },
	{ { "WSYSC", NULL, FORM_COUNT, TASK_write_calls, 7 }, "SYSCW", false },
	{ { "CUTIME+", NULL, FORM_HUNDREDTHS, TASK_children_user_ns, 8 }, "CUTIME", false },
	{ { "CSTIME+", NULL, FORM_HUNDREDTHS, TASK_children_system_ns, 8 }, "CSTIME", false },
	{ { "AGRP", NULL, FORM_NUMBER, TASK_autogroup_id, 5 }, "AUTOGROUP_ID", false },
	{ { "ANI", NULL, FORM_NUMBER, TASK_autogroup_nice, 3 }, "AUTOGROUP_NICE", false },
	{ { "CONTEXT", NULL, FORM_TEXT, TASK_security_label, 20 }, "SECATTR", false },
	{ { "PSSWP", NULL, FORM_SIZE, TASK_swap_pss_bytes, 5 }, "M_PSSWP", false },
	{ { "CTXT/s", NULL, FORM_RATE, TASK_switches_per_s, 6 }, "CTXT", false },
	{ { "CGROUP", NULL, FORM_CGROUP, TASK_cgroup, 24 }, "CGROUP", false },
	{ { "CONTAINER", NULL, FORM_DOCKER, TASK_cgroup, 12 }, "CONTAINER", false },
	{ { "COMM", NULL, FORM_TEXT, TASK_comm, 15 }, "COMM", false },
	{ { "EXE", NULL, FORM_TEXT, TASK_exe, 15 }, "EXE", false },
	{ { "CWD", NULL, FORM_TEXT, TASK_cwd, 25 }, "CWD", false },
	{ { "SCHED", NULL, FORM_CLASS, TASK_policy, 5 }, "SCHEDULERPOLICY", false },
};

enum { KNOWN = sizeof known / sizeof *known };

static bool is_known(unsigned id)
{
	for (size_t i = 0; i < KNOWN; i++)
		if (known[i].column.id == id)
			return true;
	return false;
}

/* What says nothing in a column of its own. */
static bool is_silent(unsigned id)
{
	return id == TASK_read_ns || id == TASK_is_thread || id == TASK_pss_read_ns || id == TASK_environ;
}

void screen_columns_make(struct screen_columns *ret)
{
	memcpy(ret->at, known, sizeof known);
	ret->count = KNOWN;
	for (unsigned id = 0; id < TASK_FIELDS && ret->count < SCREEN_COLUMNS_MOST; id++) {
		if (is_known(id) || is_silent(id))
			continue;
		struct column column = column_of(&task_fields[id]);
		if (column.form == FORM_MEMORY)
			column.form = FORM_SIZE;
		if (column.width == 0)
			column.width = 20;
		ret->at[ret->count++] = (struct screen_column){ column, NULL, false };
	}
}

static bool is_name(struct span text, const char *name)
{
	return name && span_is_any_case(text, name);
}

int screen_column_find(const struct screen_columns *columns, struct span name)
{
	for (size_t i = 0; i < columns->count; i++)
		if (is_name(name, columns->at[i].column.header))
			return (int)i;
	for (size_t i = 0; i < columns->count; i++)
		if (is_name(name, columns->at[i].htop))
			return (int)i;
	for (size_t i = 0; i < columns->count; i++)
		if (is_name(name, task_fields[columns->at[i].column.id].name) && !columns->at[i].parts)
			return (int)i;
	return -1;
}

static void add_columns(struct screen_tab *tab, const struct screen_columns *columns, const char *const *headers)
{
	for (; *headers; headers++) {
		int at = screen_column_find(columns, span_of(*headers));
		if (at >= 0)
			tab->shown[tab->count++] = (uint8_t)at;
	}
}

struct tab_start {
	const char *name, *sort, *branches;
	const char *headers[16];
};

enum { TABS_AT_FIRST = 3 };

static void make_tabs(struct screen_settings *ret, const struct screen_columns *columns, const struct tab_start *tabs)
{
	for (ret->tab_count = 0; ret->tab_count < TABS_AT_FIRST; ret->tab_count++, tabs++) {
		struct screen_tab *tab = &ret->tabs[ret->tab_count];
		snprintf(tab->name, sizeof tab->name, "%s", tabs->name);
		add_columns(tab, columns, tabs->headers);
		tab->sorts[SORT_LIST].column = (uint8_t)screen_column_find(columns, span_of(tabs->sort));
		tab->sorts[SORT_TREE].column = (uint8_t)screen_column_find(columns, span_of(tabs->branches));
	}
}

void screen_settings_make(struct screen_settings *ret, const struct screen_columns *columns, bool htop)
{
	static const struct tab_start tabs[TABS_AT_FIRST] = {
		{ "Memory",
		  "PSS",
		  "PSS",
		  { "PID", "USER", "PSS", "USS", "RES", "SWAP", "+/min", "flt/s", "anon/shm/file", "S", "CPU%",
		    "Command" } },
		{ "CPU",
		  "CPU%",
		  "CPU%",
		  { "PID", "USER", "PRI", "NI", "VIRT", "RES", "PRIV", "SHR", "S", "CPU%", "MEM%", "TIME+",
		    "Command" } },
		{ "I/O",
		  "IO/s",
		  "IO/s",
		  { "PID", "USER", "IO/s", "READ/s", "WRITE/s", "flt/s", "majf/s", "SWAP", "PSS", "Command" } },
	};
	static const struct tab_start htop_tabs[TABS_AT_FIRST] = {
		{ "Main",
		  "CPU%",
		  "PID",
		  { "PID", "USER", "PRI", "NI", "VIRT", "RES", "PRIV", "S", "CPU%", "MEM%", "TIME+", "Command" } },
		{ "I/O", "IO/s", "PID", { "PID", "USER", "IO/s", "READ/s", "WRITE/s", "Command" } },
		{ "Memory",
		  "PSS",
		  "PID",
		  { "PID", "USER", "PSS", "USS", "RES", "SWAP", "+/min", "flt/s", "anon/shm/file", "S", "CPU%",
		    "Command" } },
	};

	*ret = (struct screen_settings){ .delay_ns = 1500000000,
		                         .program_path = true,
		                         .header = true,
		                         .colour = true,
		                         .unicode = true,
		                         .mouse = true,
		                         .large = true,
		                         .cached = true,
		                         .cpu_usage = true,
		                         .layout = METER_LAYOUT_HALVES,
		                         .summary = !htop,
		                         .usual_meters = htop,
		                         .threads = htop };
	make_tabs(ret, columns, htop ? htop_tabs : tabs);
}

struct screen_tab *screen_tab(struct screen_settings *settings)
{
	return &settings->tabs[settings->tab];
}

const struct screen_tab *screen_tab_of(const struct screen_settings *settings)
{
	return &settings->tabs[settings->tab];
}

bool screen_tab_has(const struct screen_tab *tab, uint8_t column)
{
	return memchr(tab->shown, column, tab->count) != NULL;
}

void screen_tab_call(struct screen_settings *settings, struct screen_tab *tab, struct span name)
{
	size_t len = name.len < SCREEN_TAB_NAME - 2 ? name.len : SCREEN_TAB_NAME - 2;

	memset(tab->name, 0, sizeof tab->name);
	for (size_t i = 0; i < len; i++)
		tab->name[i] = name.at[i] > ' ' && name.at[i] < 0x7f ? name.at[i] : '_';
	if (len == 0)
		tab->name[0] = '_';
	for (size_t i = 0; i < settings->tab_count; i++)
		if (&settings->tabs[i] != tab && !strcmp(settings->tabs[i].name, tab->name))
			tab->name[strlen(tab->name)] = (char)('1' + (tab - settings->tabs));
}

bool screen_is_tree(const struct screen_settings *settings)
{
	return screen_tab_of(settings)->tree || settings->roll == ROLL_TREE;
}

struct screen_sort *screen_sort(struct screen_settings *settings)
{
	return &screen_tab(settings)->sorts[screen_is_tree(settings) ? SORT_TREE : SORT_LIST];
}

const struct screen_sort *screen_sort_of(const struct screen_settings *settings)
{
	return &screen_tab_of(settings)->sorts[screen_is_tree(settings) ? SORT_TREE : SORT_LIST];
}

const char *screen_roll_name(enum screen_roll roll)
{
	static const char *const names[ROLLS] = { "none", "tree", "program", "user", "cgroup", "unit", "container" };

	return names[roll];
}

const char *screen_scheme_name(size_t scheme)
{
	static const char *const names[SCHEMES] = {
#define SCHEME(name, ...) name,
#include "tools/screen_schemes.def"
#undef SCHEME
	};

	return names[scheme];
}

const struct screen_flag screen_flags[] = {
	{ "threads", "Threads of programs", offsetof(struct screen_settings, threads) },
	{ "kernel-threads", "Threads of the kernel", offsetof(struct screen_settings, kernel_threads) },
	{ "hide-containers", "Hide processes in containers", offsetof(struct screen_settings, no_containers) },
	{ "program-path", "Path of the program", offsetof(struct screen_settings, program_path) },
	{ "merged-command", "Name, file and command line", offsetof(struct screen_settings, merged_command) },
	{ "base-name", "Name of the program stands out in the command", offsetof(struct screen_settings, base_name) },
	{ "large", "Amounts from 1 GiB on stand out", offsetof(struct screen_settings, large) },
	{ "summary", "Header: what vires says of the machine", offsetof(struct screen_settings, summary) },
	{ "cpu-details", "Meters of CPUs in all their parts", offsetof(struct screen_settings, cpu_details) },
	{ "cpu-usage", "Meters of CPUs: percent of use", offsetof(struct screen_settings, cpu_usage) },
	{ "cpu-frequency", "Meters of CPUs: how fast they run", offsetof(struct screen_settings, cpu_frequency) },
	{ "cpu-temperature", "Meters of CPUs: how warm they are", offsetof(struct screen_settings, cpu_temperature) },
	{ "fahrenheit", "Degrees are Fahrenheit's", offsetof(struct screen_settings, fahrenheit) },
	{ "cached", "Meter of memory with its cache", offsetof(struct screen_settings, cached) },
	{ "header", "Header", offsetof(struct screen_settings, header) },
	{ "colour", "Colours", offsetof(struct screen_settings, colour) },
	{ "unicode", "Unicode", offsetof(struct screen_settings, unicode) },
	{ "mouse", "Mouse", offsetof(struct screen_settings, mouse) },
};

const size_t screen_flag_count = sizeof screen_flags / sizeof *screen_flags;
