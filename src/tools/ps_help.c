#include "tools/ps.h"

enum section { SIMPLE = 1, LIST = 2, OUTPUT = 4, THREADS = 8, MISC = 16, EVERY = 31 };

static const struct {
	enum section section;
	const char *shown, *help;
} rows[] = {
#define OPTION(section, shown, letter, name, value, argument, help) { section, shown, help },
#define BSD(section, shown, help)                                   { section, shown, help },
#define ALSO(...)
#include "tools/ps_help.def"
#undef OPTION
#undef BSD
#undef ALSO
};

static const struct {
	enum section section;
	const char *name, *title, *below;
} sections[] = {
	{ SIMPLE, "simple", "Basic options", "" },
	{ LIST, "list", "Selection by list",
	  "\n  The selection options take as their argument either:\n"
	  "    a comma-separated list e.g. '-u root,nobody' or\n"
	  "    a blank-separated list e.g. '-p 123 4567'\n" },
	{ OUTPUT, "output", "Output formats", "" },
	{ THREADS, "threads", "Show threads", "" },
	{ MISC, "misc", "Miscellaneous options", "" },
};

/* A section by its name or the name's first letter; "all" is all. */
static unsigned wanted(const char *about)
{
	if (!about)
		return 0;
	if (!strcmp(about, "a") || !strcmp(about, "all"))
		return EVERY;
	for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
		if (!strcmp(about, sections[i].name) || (about[0] == sections[i].name[0] && !about[1]))
			return sections[i].section;
	return 0;
}

static void put_section(struct buffer *buffer, size_t i)
{
	enum { HELP_COLUMN = 22 };

	buffer_format(buffer, "\n%s:\n", sections[i].title);
	for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
		size_t len = strlen(rows[k].shown);
		if (rows[k].section != sections[i].section)
			continue;
		buffer_text(buffer, rows[k].shown);
		if (len >= HELP_COLUMN) {
			buffer_char(buffer, '\n');
			len = 0;
		}
		buffer_fill(buffer, ' ', HELP_COLUMN - len);
		buffer_format(buffer, "%s\n", rows[k].help);
	}
	buffer_text(buffer, sections[i].below);
}

void ps_help(struct buffer *buffer, const char *about)
{
	unsigned which = wanted(about);

	buffer_text(buffer, "\nUsage:\n ps [options]\n");
	for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
		if (which & sections[i].section)
			put_section(buffer, i);
	if (!which)
		buffer_text(buffer, "\n Try 'ps --help <simple|list|output|threads|misc|all>'\n"
		                    "  or 'ps --help <s|l|o|t|m|a>'\n for additional help text.\n");
	buffer_text(buffer, "\nFor more details see ps(1).\n");
}
