/* One subcommand. Each file of this folder makes one with TOOL, and nothing else has to know of it. */
#ifndef TOOLS_TOOL_H
#define TOOLS_TOOL_H

#include <stdbool.h>
#include <stddef.h>

/* One option of a tool: parser, --help, completion and man page are made from these rows. */
struct option_row {
	int letter;       /* short form, or 0 */
	const char *name; /* long form without the dashes, or NULL */
	enum { ALONE, TAKES, MAY_TAKE } value;
	const char *argument; /* name of the value for people, or NULL */
	const char *help;     /* NULL: works, but is not listed */
	int id;               /* what the parser gives back; 0 means `letter` */
};

struct tool {
	const char *name;
	const char *summary; /* one line, for `vires --help` and the man page */
	const char *usage;   /* "[options] [delay [count]]" */
	const struct option_row *options;
	size_t option_count;
	bool options_first;    /* the first word that is no option ends them: what follows belongs to a command */
	bool bare_write_error; /* says "write error" without the reason, as the old tool does */
	const char *notes;     /* for the man page: what it does, where it differs from the old tool; or NULL */
	/* argv[0] is the name to call itself in messages. Gives back the exit status. */
	int (*run)(const struct tool *tool, int argc, char **argv);
};

#define TOOL(id, ...) \
	static const struct tool id##_tool = __VA_ARGS__; \
	static const struct tool *const id##_tool_row __attribute__((used, section("vires_tools"))) = &id##_tool

/* Every tool there is, in no order. */
extern const struct tool *const __start_vires_tools[], *const __stop_vires_tools[];

#define TOOL_OPTIONS(rows) .options = rows, .option_count = sizeof(rows) / sizeof(rows)[0]

#endif
