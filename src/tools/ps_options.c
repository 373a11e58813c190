/* What each option of ps does, and the tables of them: letters with a dash, letters without, long names. */
#include "tools/ps_options.h"

#include <stdlib.h>

static const char *list_of(struct ps_parser *parser, const char *argument, unsigned by)
{
	if (!argument) /* t alone */
		return ps_list_add_own_terminal(parser->request);
	return ps_list_add(parser->request, (enum ps_by)by, argument);
}

/* -g: session leaders, or names of groups. */
static const char *sessions_or_groups(struct ps_parser *parser, const char *argument, unsigned value)
{
	(void)value;
	if (!ps_list_add(parser->request, BY_SESSION, argument) || !ps_list_add(parser->request, BY_GROUP, argument))
		return NULL;
	return "list of session leaders OR effective group IDs was invalid";
}

static const char *wish(struct ps_parser *parser, const char *argument, unsigned from)
{
	return ps_wish_add(&parser->wishes, (enum ps_wish_from)from, argument) ? NULL : "out of memory";
}

static const char *every_process(struct ps_parser *parser, const char *argument, unsigned value)
{
	(void)argument, (void)value;
	parser->request->all = true;
	return NULL;
}

static const char *simple(struct ps_parser *parser, const char *argument, unsigned which)
{
	(void)argument;
	parser->request->simple |= which;
	return NULL;
}

static const char *layout(struct ps_parser *parser, const char *argument, unsigned which)
{
	(void)argument;
	parser->request->formats |= which;
	return NULL;
}

static const char *change(struct ps_parser *parser, const char *argument, unsigned which)
{
	(void)argument;
	parser->request->changes |= which;
	return NULL;
}

static const char *full(struct ps_parser *parser, const char *argument, unsigned which)
{
	(void)argument;
	parser->request->formats |= PS_UNIX_F;
	parser->request->changes |= which;
	parser->request->full_names = true;
	return NULL;
}

static const char *jobs(struct ps_parser *parser, const char *argument, unsigned value)
{
	(void)argument, (void)value;
	if (parser->request->personality.unix_j)
		parser->request->formats |= PS_UNIX_J;
	else
		parser->request->changes |= PS_WITH_J;
	return NULL;
}

static const char *threads(struct ps_parser *parser, const char *argument, unsigned which)
{
	(void)argument;
	parser->request->thread_options |= which;
	return NULL;
}

static const char *bsd_m(struct ps_parser *parser, const char *argument, unsigned value)
{
	(void)value;
	if (parser->request->personality.old_m)
		return layout(parser, argument, PS_OLD_M);
	if (parser->request->personality.bsd_m)
		return wish(parser, "pmem", PS_SORT);
	return threads(parser, argument, PS_THREADS_BSD_M);
}

static const char *unix_x(struct ps_parser *parser, const char *argument, unsigned value)
{
	(void)value;
	if (parser->request->personality.svr4_x)
		return change(parser, argument, PS_WITH_Y);
	if (!parser->request->personality.hpux_x)
		return "must set personality to get -x option";
	parser->request->wide += 2;
	parser->request->full_names = true;
	return NULL;
}

static const char *forest(struct ps_parser *parser, const char *argument, unsigned which)
{
	(void)argument;
	parser->request->forest = (enum ps_forest)which;
	return NULL;
}

static const char *heading(struct ps_parser *parser, const char *argument, unsigned which)
{
	(void)argument;
	if (parser->request->heading != PS_ONE_HEADING)
		return "only one heading option may be specified";
	parser->request->heading = (enum ps_heading)which;
	return NULL;
}

static const char *bsd_h(struct ps_parser *parser, const char *argument, unsigned value)
{
	(void)value;
	return heading(parser, argument, parser->request->personality.bsd_h ? PS_PAGE_HEADINGS : PS_NO_HEADING);
}

enum flag { DESELECT, RUNNING, OWN_NAMES, ENVIRONMENT, NUMBERS, WITH_CHILDREN, SIGNAL_NAMES };

static const char *flag(struct ps_parser *parser, const char *argument, unsigned which)
{
	struct ps_request *r = parser->request;
	bool *const flags[] = {
		[DESELECT] = &r->deselect,         [RUNNING] = &r->running, [OWN_NAMES] = &r->own_names,
		[ENVIRONMENT] = &r->environment,   [NUMBERS] = &r->numbers, [WITH_CHILDREN] = &r->with_children,
		[SIGNAL_NAMES] = &r->signal_names,
	};

	(void)argument;
	*flags[which] = true;
	return NULL;
}

static const char *delimiter(struct ps_parser *parser, const char *argument, unsigned value)
{
	(void)value;
	if (argument[1])
		return "delimiter must be a single character";
	parser->request->delimiter = argument[0];
	return NULL;
}

static const char *wider(struct ps_parser *parser, const char *argument, unsigned value)
{
	(void)argument, (void)value;
	parser->request->wide++;
	return NULL;
}

static const char *own_terminal(struct ps_parser *parser, const char *argument, unsigned value)
{
	(void)argument, (void)value;
	return ps_list_add_own_terminal(parser->request);
}

static const char *date_format(struct ps_parser *parser, const char *argument, unsigned value)
{
	(void)value;
	parser->request->date_format = argument;
	return NULL;
}

/* The options that stand alone: --version, -V, V, L, --info. */
static const char *alone(struct ps_parser *parser, const char *argument, unsigned task)
{
	static const struct {
		unsigned task;
		const char *word, *error;
	} words[] = {
		{ PS_VERSION, "-V", "the option is exclusive: -V" },
		{ PS_VERSION, "V", "the option is exclusive: V" },
		{ PS_VERSION, "--version", "the option is exclusive: --version" },
		{ PS_LIST_COLUMNS, "L", "the option is exclusive: L" },
		{ PS_INFO, "--info", "the option is exclusive: --info" },
	};
	const char *error = "the option is exclusive";

	(void)argument;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (words[i].task != task)
			continue;
		if (parser->argc == 2 && !strcmp(parser->argv[1], words[i].word)) {
			parser->request->task = task;
			return NULL;
		}
		if (!strncmp(parser->argv[parser->at], words[i].word, strlen(words[i].word)))
			error = words[i].error;
	}
	return error;
}

static const char *obsolete(struct ps_parser *parser, const char *argument, unsigned value)
{
	(void)parser, (void)argument, (void)value;
	return "obsolete W option not supported (you have a /dev/drum?)";
}

static bool whole_number(const char *text, size_t *ret)
{
	char *end;
	long number = strtol(text, &end, 0);

	if (*end || number <= 0 || number >= 2000000000)
		return false;
	*ret = (size_t)number;
	return true;
}

static const char *page_columns(struct ps_parser *parser, const char *argument, unsigned value)
{
	(void)value;
	if (argument && whole_number(argument, &parser->request->columns))
		return NULL;
	return "number of columns must follow --cols, --width, or --columns";
}

static const char *page_rows(struct ps_parser *parser, const char *argument, unsigned value)
{
	(void)value;
	if (argument && whole_number(argument, &parser->request->rows))
		return NULL;
	return "number of rows must follow --rows or --lines";
}

static const char *data(struct ps_parser *parser, const char *argument, unsigned format)
{
	(void)argument;
	if (parser->request->data != DATA_NONE && parser->request->data != format)
		return "only one of --json and --csv can be had";
	parser->request->data = (enum data_format)format;
	return NULL;
}

static const char *root(struct ps_parser *parser, const char *argument, unsigned value)
{
	(void)value;
	parser->request->place.root = argument;
	return NULL;
}

static const char *source(struct ps_parser *parser, const char *argument, unsigned value)
{
	(void)value;
	parser->request->place.source = argument;
	return NULL;
}

static const char *help(struct ps_parser *parser, const char *argument, unsigned value)
{
	(void)value;
	parser->request->task = PS_HELP;
	parser->request->help_about = argument;
	return NULL;
}

static const struct ps_option unix_letters[] = {
	{ "A", every_process, 0, NULL },
	{ "C", list_of, BY_COMMAND, "list of command names must follow -C" },
	{ "D", date_format, 0, "date format must follow -D" },
	{ "F", full, PS_WITH_F, NULL },
	{ "G", list_of, BY_REAL_GROUP, "list of real groups must follow -G" },
	{ "H", forest, PS_INDENT, NULL },
	{ "L", threads, PS_THREADS_L, NULL },
	{ "M", change, PS_WITH_M, NULL },
	{ "N", flag, DESELECT, NULL },
	{ "O", wish, PS_UNIX_O, "format or sort specification must follow -O" },
	{ "P", change, PS_WITH_P, NULL },
	{ "T", threads, PS_THREADS_T, NULL },
	{ "U", list_of, BY_REAL_USER, "list of real users must follow -U" },
	{ "V", alone, PS_VERSION, NULL },
	{ "Z", change, PS_WITH_M, NULL },
	{ "a", simple, PS_UNIX_A, NULL },
	{ "c", change, PS_WITH_C, NULL },
	{ "d", simple, PS_UNIX_D, NULL },
	{ "e", every_process, 0, NULL },
	{ "f", full, 0, NULL },
	{ "g", sessions_or_groups, 0, "list of session leaders OR effective group names must follow -g" },
	{ "j", jobs, 0, NULL },
	{ "l", layout, PS_UNIX_L, NULL },
	{ "m", threads, PS_THREADS_UNIX_M, NULL },
	{ "o", wish, PS_FORMAT, "format specification must follow -o" },
	{ "p", list_of, BY_PROCESS, "list of process IDs must follow -p" },
	{ "q", list_of, BY_QUICK_PROCESS, "List of process IDs must follow -q." },
	{ "s", list_of, BY_SESSION, "list of session IDs must follow -s" },
	{ "t", list_of, BY_TERMINAL, "list of terminals (pty, tty...) must follow -t" },
	{ "u", list_of, BY_USER, "list of users must follow -u" },
	{ "w", wider, 0, NULL },
	{ "x", unix_x, 0, NULL },
	{ "y", change, PS_WITH_Y, NULL },
};

static const struct ps_option bsd_letters[] = {
	{ "H", threads, PS_THREADS_H, NULL },
	{ "L", alone, PS_LIST_COLUMNS, NULL },
	{ "M", threads, PS_THREADS_BSD_M, NULL },
	{ "O", wish, PS_BSD_O, "format or sort specification must follow O" },
	{ "S", flag, WITH_CHILDREN, NULL },
	{ "T", own_terminal, 0, NULL },
	{ "U", list_of, BY_USER, "list of users must follow U" },
	{ "V", alone, PS_VERSION, NULL },
	{ "W", obsolete, 0, NULL },
	{ "X", layout, PS_OLD_X, NULL },
	{ "Z", change, PS_WITH_M, NULL },
	{ "a", simple, PS_BSD_A, NULL },
	{ "c", flag, OWN_NAMES, NULL },
	{ "e", flag, ENVIRONMENT, NULL },
	{ "f", forest, PS_ART, NULL },
	{ "g", simple, PS_BSD_G, NULL },
	{ "h", bsd_h, 0, NULL },
	{ "j", layout, PS_BSD_J, NULL },
	{ "k", wish, PS_SORT, "long sort specification must follow 'k'" },
	{ "l", layout, PS_BSD_L, NULL },
	{ "m", bsd_m, 0, NULL },
	{ "n", flag, NUMBERS, NULL },
	{ "o", wish, PS_FORMAT, "format specification must follow o" },
	{ "p", list_of, BY_PROCESS, "list of process IDs must follow p" },
	{ "q", list_of, BY_QUICK_PROCESS, "List of process IDs must follow q." },
	{ "r", flag, RUNNING, NULL },
	{ "s", layout, PS_BSD_S, NULL },
	{ "t", list_of, BY_TERMINAL, "" },
	{ "u", layout, PS_BSD_U, NULL },
	{ "v", layout, PS_BSD_V, NULL },
	{ "w", wider, 0, NULL },
	{ "x", simple, PS_BSD_X, NULL },
};

static const struct ps_option long_options[] = {
	{ "Group", list_of, BY_REAL_GROUP, "list of real groups must follow --Group" },
	{ "User", list_of, BY_REAL_USER, "list of real users must follow --User" },
	{ "cols", page_columns, 0, "" },
	{ "columns", page_columns, 0, "" },
	{ "width", page_columns, 0, "" },
	{ "context", layout, PS_CONTEXT, NULL },
	{ "csv", data, DATA_CSV, NULL, "option --csv does not take an argument" },
	{ "cumulative", flag, WITH_CHILDREN, NULL, "option --cumulative does not take an argument" },
	{ "date-format", date_format, 0, "date format must follow --date-format" },
	{ "delimiter", delimiter, 0, "delimiter must be a single character" },
	{ "deselect", flag, DESELECT, NULL, "option --deselect does not take an argument" },
	{ "forest", forest, PS_ART, NULL, "option --forest does not take an argument" },
	{ "format", wish, PS_FORMAT, "format specification must follow --format" },
	{ "group", list_of, BY_GROUP, "list of effective groups must follow --group" },
	{ "header", heading, PS_PAGE_HEADINGS, NULL, "option --heading does not take an argument" },
	{ "headers", heading, PS_PAGE_HEADINGS, NULL, "option --heading does not take an argument" },
	{ "heading", heading, PS_PAGE_HEADINGS, NULL, "option --heading does not take an argument" },
	{ "headings", heading, PS_PAGE_HEADINGS, NULL, "option --heading does not take an argument" },
	{ "help", help, 0, "" },
	{ "info", alone, PS_INFO, NULL },
	{ "json", data, DATA_JSON, NULL, "option --json does not take an argument" },
	{ "lines", page_rows, 0, "" },
	{ "rows", page_rows, 0, "" },
	{ "no-header", heading, PS_NO_HEADING, NULL, "option --no-heading does not take an argument" },
	{ "no-headers", heading, PS_NO_HEADING, NULL, "option --no-heading does not take an argument" },
	{ "no-heading", heading, PS_NO_HEADING, NULL, "option --no-heading does not take an argument" },
	{ "no-headings", heading, PS_NO_HEADING, NULL, "option --no-heading does not take an argument" },
	{ "noheader", heading, PS_NO_HEADING, NULL, "option --no-heading does not take an argument" },
	{ "noheaders", heading, PS_NO_HEADING, NULL, "option --no-heading does not take an argument" },
	{ "noheading", heading, PS_NO_HEADING, NULL, "option --no-heading does not take an argument" },
	{ "noheadings", heading, PS_NO_HEADING, NULL, "option --no-heading does not take an argument" },
	{ "pid", list_of, BY_PROCESS, "list of process IDs must follow --pid" },
	{ "ppid", list_of, BY_PARENT, "list of process IDs must follow --ppid" },
	{ "quick-pid", list_of, BY_QUICK_PROCESS, "List of process IDs must follow --quick-pid." },
	{ "root", root, 0, "a folder must follow --root" },
	{ "sid", list_of, BY_SESSION, "some sid thing(s) must follow --sid" },
	{ "source", source, 0, "auto, bpf or proc must follow --source" },
	{ "signames", flag, SIGNAL_NAMES, NULL, "option --signames does not take an argument" },
	{ "sort", wish, PS_SORT, "long sort specification must follow --sort" },
	{ "tty", list_of, BY_TERMINAL, "list of ttys must follow --tty" },
	{ "user", list_of, BY_USER, "list of effective users must follow --user" },
	{ "version", alone, PS_VERSION, NULL },
};

static const struct ps_option *find(const struct ps_option *table, size_t count, struct span name)
{
	for (size_t i = 0; i < count; i++)
		if (span_is(name, table[i].name))
			return &table[i];
	return NULL;
}

#define FIND(table, name) find(table, sizeof(table) / sizeof(table)[0], name)

const struct ps_option *ps_unix_letter(char letter)
{
	return FIND(unix_letters, ((struct span){ &letter, 1 }));
}

const struct ps_option *ps_bsd_letter(char letter)
{
	return FIND(bsd_letters, ((struct span){ &letter, 1 }));
}

const struct ps_option *ps_long_option(struct span name)
{
	return FIND(long_options, name);
}
