/* Options by table: one row says how an option is parsed, what --help prints and what the man page says. */
#ifndef TOOLS_OPTIONS_H
#define TOOLS_OPTIONS_H

#include <getopt.h> /* for optind */

#include "base/buffer.h"
#include "tools/tool.h"

/* In place of an option's id: getopt has said on stderr what is wrong. */
enum { OPTIONS_WRONG = '?' };

/* In place of an exit status: the tool shall go on. */
enum { GO_ON = -1 };

/* Ids of options that many tools share. */
enum { OPTION_HELP = 1000, OPTION_VERSION, OPTION_JSON, OPTION_CSV, OPTION_ROOT, OPTION_SOURCE };

/* The rows that every tool on the engine has: put into its table. */
#define OPTIONS_DATA \
	{ 0, "json", ALONE, NULL, "JSON for programs", OPTION_JSON }, \
	{ \
		0, "csv", ALONE, NULL, "CSV for programs", OPTION_CSV \
	}

#define OPTIONS_SOURCE \
	{ 0, "root", TAKES, "DIR", "look at the captured /proc and /sys below DIR", OPTION_ROOT }, \
	{ \
		0, "source", TAKES, "auto|bpf|proc", "where the process table comes from", OPTION_SOURCE \
	}

/*
 * Reads them all: calls `set` for each, until one does not give GO_ON; that status, or GO_ON. Words that are no options
 * are left from argv[optind] on.
 */
int options_read(const struct tool *tool, int argc, char **argv,
                 int (*set)(void *context, int id, const char *argument), void *context);

/* For `set`: raises a flag, and goes on. */
int option_flag(bool *flag);

/* The usage text as the old tools print it: "\nUsage:\n NAME usage\n\nOptions:\n -x, --long <arg>  help\n". */
void options_usage(struct buffer *buffer, const struct tool *tool);

#endif
