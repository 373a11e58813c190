/*
 * -o, -O, O, --sort and k: columns and keys in words. They are kept until the whole line is read, because what O means
 * depends on the others.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/array.h"
#include "tools/ps.h"

bool ps_wish_add(struct ps_wishes *wishes, enum ps_wish_from from, const char *text)
{
	void *at = array_room(wishes->at, wishes->count, &wishes->room, sizeof *wishes->at);
	if (!at)
		return false;
	wishes->at = at;
	wishes->at[wishes->count].text = text;
	wishes->at[wishes->count++].from = from;
	return true;
}

void ps_wishes_done(struct ps_wishes *wishes)
{
	free(wishes->at);
}

bool ps_show(struct ps_request *request, const struct ps_column *column, const char *header, size_t width)
{
	void *more = array_room(request->shown, request->shown_count, &request->shown_room, sizeof *request->shown);
	if (!more)
		return false;
	request->shown = more;
	struct ps_shown *shown = &request->shown[request->shown_count++];
	*shown = (struct ps_shown){ *column, width };
	if (header) {
		shown->column.header = header;
		if (strlen(header) > shown->column.width)
			shown->column.width = strlen(header);
	}
	return true;
}

static bool add_key(struct ps_request *request, const struct ps_column *column, bool descending)
{
	void *keys = array_room(request->keys, request->key_count, &request->key_room, sizeof *request->keys);
	if (!keys)
		return false;
	request->keys = keys;
	request->keys[request->key_count++] = (struct ps_key){ column, descending };
	return true;
}

/* A copy of `text` without one mark at its end, in words ended by NULs; their number, or 0 when they are no list. */
static size_t split(struct ps_request *request, const char *text, char **ret, bool *ret_empty)
{
	size_t len = strlen(text), count = 0;
	char *copy = arena_new(&request->arena, len + 2);

	if (!copy)
		return 0;
	memcpy(copy, text, len + 1);
	copy[len + 1] = '\0';
	*ret = copy;
	*ret_empty = len == 0;
	for (bool wanted = true;; copy++) {
		if (*copy && !strchr(" ,\t\n", *copy)) {
			count += wanted;
			wanted = false;
			continue;
		}
		bool end = !*copy;
		if (wanted)
			return end && count ? count : 0;
		wanted = true;
		*copy = '\0';
		if (end)
			return count;
	}
}

static bool is_width(const char *text)
{
	return text[0] != '0' && text[0] && strspn(text, "0123456789") == strlen(text) && strlen(text) < 8;
}

static const char *show_macro(struct ps_request *request, const char *columns, const char *header)
{
	struct span rest = span_of(columns), name;

	while (rest.len) {
		if (!span_until(&rest, ',', &name)) {
			name = rest;
			rest.len = 0;
		}
		const struct ps_column *column = ps_column_find(name, &request->arena);
		if (!column || !ps_show(request, column, header, 0))
			return "out of memory";
	}
	return NULL;
}

/* One member of a -o list: name, name=header, name:width, or name:width=header. */
static const char *show_one(struct ps_request *request, char *text, char error[80])
{
	char *header = strchr(text, '='), *width;

	if (header)
		*header++ = '\0';
	width = strchr(text, ':');
	if (width)
		*width++ = '\0';
	if (width && !is_width(width))
		return "column widths must be unsigned decimal numbers";
	const struct ps_column *column = ps_column_find(span_of(text), &request->arena);
	const char *macro = column ? NULL : ps_macro(span_of(text));
	if (macro && width && strchr(macro, ','))
		return "can not set width for a macro (multi-column) format specifier";
	if (macro)
		return show_macro(request, macro, header);
	if (!column) {
		snprintf(error, 80, "unknown user-defined format specifier \"%s\"", text);
		return error;
	}
	return ps_show(request, column, header, width ? (size_t)strtoul(width, NULL, 10) : 0) ? NULL : "out of memory";
}

static const char *show_list(struct ps_request *request, const char *text, char error[80])
{
	char *word = NULL;
	bool empty = false;
	size_t count = split(request, text, &word, &empty);
	const char *wrong = NULL;

	if (count == 0)
		return empty ? "empty format list" : "improper format list";
	for (; count && !wrong; count--) {
		char *next = word + strlen(word) + 1;
		wrong = show_one(request, word, error);
		word = next;
	}
	return wrong;
}

static const struct ps_column *aix_column(char letter, const char **ret_header, struct arena *arena)
{
	static const struct {
		char letter;
		const char *name, *header;
	} codes[] = {
		{ 'C', "pcpu", "%CPU" },     { 'G', "group", "GROUP" },   { 'P', "ppid", "PPID" },
		{ 'U', "user", "USER" },     { 'a', "args", "COMMAND" },  { 'c', "comm", "COMMAND" },
		{ 'g', "rgroup", "RGROUP" }, { 'n', "nice", "NI" },       { 'p', "pid", "PID" },
		{ 'r', "pgid", "PGID" },     { 't', "etime", "ELAPSED" }, { 'u', "ruser", "RUSER" },
		{ 'x', "time", "TIME" },     { 'y', "tty", "TTY" },       { 'z', "vsz", "VSZ" },
	};

	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
		if (codes[i].letter != letter)
			continue;
		*ret_header = codes[i].header;
		return ps_column_find(span_of(codes[i].name), arena);
	}
	return NULL;
}

static bool show_literal(struct ps_request *request, const char *text, size_t len)
{
	char *copy = arena_new(&request->arena, len + 1);

	if (!copy)
		return false;
	memcpy(copy, text, len);
	copy[len] = '\0';
	struct ps_column literal = { .name = "", .header = copy, .width = len, .fit = LITERAL, .order = UNSORTED };
	return ps_show(request, &literal, NULL, 0);
}

/* "%p %U": letters for columns, with text between that stands in every line as it is. */
static const char *show_aix(struct ps_request *request, const char *text)
{
	if (text[0] != '%' && text[0] != ' ' && text[1] != '%')
		return "improper AIX field descriptor";
	while (*text) {
		size_t len = strcspn(text, "%");
		if (len) {
			if (!show_literal(request, text, len))
				return "out of memory";
			text += len;
			continue;
		}
		const char *header = NULL;
		if (!text[1] || text[1] == ' ' || text[1] == '%')
			return "missing AIX field descriptor";
		const struct ps_column *column = aix_column(text[1], &header, &request->arena);
		if (!column)
			return "unknown AIX field descriptor";
		if (!ps_show(request, column, header, 0))
			return "out of memory";
		text += 2;
	}
	/* Nothing, but it stands last: no column gets the rest of the line. As ever. */
	return show_literal(request, "", 0) ? NULL : "out of memory";
}

static bool may_be_aix(const char *text)
{
	return strchr(text, '%') && strcmp(text, "%cpu") && strncmp(text, "%cpu ", 5) && strncmp(text, "%cpu,", 5) &&
	       strncmp(text, "%m", 2);
}

static const char *read_format(struct ps_request *request, const char *text, char error[80])
{
	size_t before = request->shown_count;
	const char *wrong = show_list(request, text, error);

	if (wrong && may_be_aix(text)) {
		request->shown_count = before;
		wrong = show_aix(request, text);
	}
	if (wrong)
		request->shown_count = before;
	return wrong;
}

/* The columns of -O and O: the process id before, and what belongs behind. */
static const char *read_wrapped(struct ps_request *request, const char *text, const char *behind, char error[80])
{
	size_t before = request->shown_count;

	if (!ps_show(request, ps_column_find(SPAN("pid"), &request->arena), NULL, 0))
		return "out of memory";
	const char *wrong = read_format(request, text, error);
	if (wrong)
		request->shown_count = before;
	return wrong ? wrong : show_macro(request, behind, NULL);
}

static const char *read_sort(struct ps_request *request, const char *text)
{
	char *word = NULL;
	bool empty = false;
	size_t count = split(request, text, &word, &empty);

	if (count == 0)
		return empty ? "empty sort list" : "improper sort list";
	for (; count; count--) {
		bool descending = *word == '-';
		const struct ps_column *column = NULL;
		const char *name = word + (*word == '-' || *word == '+');
		column = ps_column_find(span_of(name), &request->arena);
		if (!column)
			return "unknown sort specifier";
		if (!add_key(request, column, descending))
			return "out of memory";
		word += strlen(word) + 1;
	}
	return NULL;
}

/* The column behind a one-letter sort code; "" for codes of columns that nobody has any more. */
static const char *short_code(char letter)
{
	static const char *const names[128] = {
		['C'] = "pcpu",     ['G'] = "tpgid",   ['J'] = "cutime",   ['K'] = "",        ['M'] = "maj_flt",
		['N'] = "cmaj_flt", ['P'] = "ppid",    ['R'] = "resident", ['S'] = "share",   ['T'] = "start_time",
		['U'] = "uid",      ['c'] = "cmd",     ['f'] = "flags",    ['g'] = "pgrp",    ['j'] = "cutime",
		['k'] = "utime",    ['m'] = "min_flt", ['n'] = "cmin_flt", ['o'] = "session", ['p'] = "pid",
		['r'] = "rss",      ['s'] = "size",    ['t'] = "tty",      ['u'] = "user",    ['v'] = "vsize",
		['y'] = "priority",
	};

	return letter > 0 ? names[(int)letter] : NULL;
}

static const char *check_short_sort(const struct ps_request *request, const char *text)
{
	bool seen[128] = { false };

	for (; *text; text++) {
		if (*text == '+' || *text == '-') {
			if (!text[1] || text[1] == '+' || text[1] == '-')
				return "bad sorting code";
			continue;
		}
		if (!short_code(*text))
			return "bad sorting code";
		if (*text == 'P' && request->forest != PS_NO_FOREST)
			return "PPID sort and forest output conflict";
		if (seen[(int)*text])
			return "bad sorting code";
		seen[(int)*text] = true;
	}
	return NULL;
}

static const char *read_short_sort(struct ps_request *request, const char *text)
{
	bool descending = false;

	for (; *text; text++) {
		if (*text == '+' || *text == '-') {
			descending = *text == '-';
			continue;
		}
		const struct ps_column *column = ps_column_find(span_of(short_code(*text)), &request->arena);
		if (!column)
			return "unknown sort specifier";
		if (!add_key(request, column, descending))
			return "out of memory";
		descending = false;
	}
	return NULL;
}

struct granting {
	bool gnu_sort; /* --sort or k somewhere: then O is a format */
	bool sort, format;
	char *error;
};

/* O: sort codes when they can be that, else a format. */
static const char *grant_bsd_o(struct granting *g, struct ps_request *request, const char *text)
{
	const char *error = g->gnu_sort || g->sort ? "multiple sort options" : check_short_sort(request, text);

	if (!error) {
		g->sort = true;
		return read_short_sort(request, text);
	}
	if (g->format)
		return "option O is neither first format nor sort order";
	if (read_wrapped(request, text, "state,tname,cputime,comm", g->error))
		return error;
	g->format = true;
	return NULL;
}

static const char *grant(struct granting *g, struct ps_request *request, enum ps_wish_from from, const char *text)
{
	const char *error = NULL;

	switch (from) {
	case PS_FORMAT:
		error = read_format(request, text, g->error);
		g->format = true;
		break;
	case PS_UNIX_O:
		if (g->format)
			return "option -O can not follow other format options";
		error = read_wrapped(request, text, "state,tname,time,command", g->error);
		g->format = true;
		break;
	case PS_BSD_O:
		error = grant_bsd_o(g, request, text);
		break;
	case PS_SORT:
		error = g->sort ? "multiple sort options" : read_sort(request, text);
		g->sort = true;
		break;
	}
	return error;
}

static bool must_have_thread_columns(const struct ps_request *request)
{
	return (request->thread_options & (PS_THREADS_L | PS_THREADS_T)) && request->threads != PS_EACH_THREAD;
}

/* $PS_FORMAT stands in for a format that nobody asked for. */
static const char *grant_environment(struct granting *g, struct ps_request *request)
{
	const char *text = getenv("PS_FORMAT");

	if (!text || !*text || request->formats || request->changes || request->shown_count)
		return NULL;
	if (must_have_thread_columns(request))
		return "tell <procps@freelists.org> what you want (-L/-T, -m/m/H, and $PS_FORMAT)";
	const char *error = read_format(request, text, g->error);
	if (error)
		fprintf(stderr, "warning: $PS_FORMAT ignored. (%s)\n", error);
	return NULL;
}

const char *ps_wishes_grant(struct ps_wishes *wishes, struct ps_request *request)
{
	struct granting g = { .error = wishes->error };
	const char *error = NULL;

	for (size_t i = 0; i < wishes->count; i++)
		g.gnu_sort |= wishes->at[i].from == PS_SORT;
	for (size_t i = 0; !error && i < wishes->count; i++)
		error = grant(&g, request, wishes->at[i].from, wishes->at[i].text);
	if (!error)
		error = grant_environment(&g, request);
	if (error)
		return error;
	if (!request->shown_count)
		return ps_layout(request);
	if (request->formats)
		return "conflicting format options";
	if (request->changes)
		return "can not use output modifiers with user-defined output";
	if (must_have_thread_columns(request))
		return "-L/-T with H/m/-m and -o/-O/o/O is nonsense";
	return NULL;
}
