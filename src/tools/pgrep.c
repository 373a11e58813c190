/* vires pgrep: the numbers of processes, found by name and other criteria. */
#include <string.h>

#include "render/command.h"
#include "render/text.h"
#include "tools/criteria.h"

enum { QUIET = 2000 };

static const struct option_row option_rows[] = {
	{ 'd', "delimiter", TAKES, "string", "between the processes; a newline without it", 0 },
	{ 'l', "list-name", ALONE, NULL, "print the name too", 0 },
	{ 'a', "list-full", ALONE, NULL, "print the whole command line too", 0 },
	{ 'Q', "shell-quote", ALONE, NULL, "quote its arguments for a shell, with -a", 0 },
	{ 'v', "inverse", ALONE, NULL, "those for which the criteria do not hold", 0 },
	{ 'w', "lightweight", ALONE, NULL, "threads in place of processes", 0 },
	{ 0, "quiet", ALONE, NULL, "print nothing: only the exit status tells", QUIET },
	CRITERIA_OPTIONS,
	OPTIONS_DATA,
	OPTIONS_SOURCE,
	{ 'h', "help", ALONE, NULL, "display this help and exit", OPTION_HELP },
	{ 'V', "version", ALONE, NULL, "output version information and exit", OPTION_VERSION },
};

static const char notes[] =
	"Finds and prints what pgrep of procps-ng 4.0.2 does, and ends as it does: 0 when there were any, 1 when "
	"none, 2 on wrong use, 3 when something fails. _pattern_ is an extended regular expression. It is held "
	"against the name, of which the kernel keeps 15 bytes, or with *-f* against the command line, and in either "
	"case against the text that is shown: with ? for bytes that a terminal would obey. pgrep never finds itself, "
	"but *-f* does find the shell that was given the pattern too.\n\n"
	"*--env*, *--pid*, *--quiet*, *--shell-quote* and *-F -* are those of newer pgreps. It differs where the old "
	"one guesses: seconds that are no number, a namespace that there is none of, and empty names in lists are not "
	"taken for 0.\n\n"
	"Only files that the criteria need are read, and those that cost more only of processes for which the others "
	"hold.";

struct call {
	struct criteria criteria;
	const char *delimiter;
	bool names, commands, quoted, quiet;
};

static int set(void *context, int id, const char *argument)
{
	struct call *call = context;

	switch (id) {
	case 'd':
		call->delimiter = argument;
		return GO_ON;
	case 'l':
		call->names = true;
		return GO_ON;
	case 'a':
		call->commands = true;
		return GO_ON;
	case 'Q':
		call->quoted = true;
		return GO_ON;
	case QUIET:
		call->quiet = true;
		return GO_ON;
	default:
		return criteria_set(&call->criteria, id, argument);
	}
}

static struct field_set shown_fields(const struct call *call)
{
	struct field_set shown = { 0 };

	criteria_data_fields(&call->criteria, &shown);
	if (call->names || call->commands)
		field_set_add(&shown, TASK_comm);
	if (call->commands) {
		field_set_add(&shown, TASK_cmdline);
		field_set_add(&shown, TASK_state);
	}
	return shown;
}

static void put_one(const struct call *call, struct buffer *buffer, const struct view *view, uint32_t row)
{
	int64_t pid = 0;
	struct span comm;

	view_number(view, row, TASK_pid, &pid);
	buffer_i64(buffer, pid, 0);
	if (!call->names && !call->commands)
		return;
	buffer_char(buffer, ' ');
	if (call->commands)
		(call->quoted ? command_put_quoted : command_put)(buffer, view, row);
	else if (view_text(view, row, TASK_comm, &comm))
		text_put(buffer, comm, SIZE_MAX);
}

static void put(const struct call *call, struct buffer *buffer, const struct found *found)
{
	const struct criteria *criteria = &call->criteria;

	if (call->quiet)
		return;
	if (criteria->shared.data) {
		found_put_data(found, criteria, buffer, found->rows, found->count);
	} else if (criteria->count) {
		buffer_format(buffer, "%zu\n", found->count);
	} else {
		for (size_t i = 0; i < found->count; i++) {
			buffer_text(buffer, i ? call->delimiter : "");
			put_one(call, buffer, &found->look.view, found->rows[i]);
		}
		buffer_text(buffer, found->count ? "\n" : "");
	}
}

static int search(struct call *call)
{
	struct field_set shown = shown_fields(call);
	struct buffer buffer = { 0 };
	struct found found;

	int status = criteria_find(&call->criteria, &shown, &found);
	if (status == GO_ON) {
		put(call, &buffer, &found);
		say(call->criteria.tool, &buffer);
		status = found.count ? 0 : 1;
	}
	found_done(&found);
	buffer_done(&buffer);
	return status;
}

static int run(const struct tool *tool, int argc, char **argv)
{
	struct call call = { .delimiter = "\n" };

	int status = criteria_read(&call.criteria, tool, argc, argv, set, NULL);
	if (status == GO_ON)
		status = search(&call);
	criteria_done(&call.criteria);
	return status;
}

TOOL(pgrep, {
		    .name = "pgrep",
		    .summary = "find processes by name, user, parent, terminal...",
		    .usage = "[options] <pattern>",
		    TOOL_OPTIONS(option_rows),
		    .notes = notes,
		    .run = run,
	    });
