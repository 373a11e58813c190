/* What Y of top shows: files and commands that the settings file names, and the output of one of them. */
#ifndef TOOLS_SCREENS_TOP_INSPECTION_H
#define TOOLS_SCREENS_TOP_INSPECTION_H

#include "base/command.h"
#include "tools/screens/top_screen.h"

enum { INSPECT_ENTRIES_MOST = 64, INSPECT_BYTES_MOST = 64 * 1024 * 1024 };

struct top_inspection {
	int64_t pid;
	struct buffer name; /* of the task */
	struct inspect_entry {
		bool is_command;
		struct span name, form; /* form: a path or a command, with %d for the PID */
	} entries[INSPECT_ENTRIES_MOST];
	size_t count, at;
	size_t misread; /* lines that are no entries */

	struct command command;
	bool running;
	const char *ended; /* why there is no more, or NULL */

	struct buffer output;
	size_t *lines; /* owned: where each line begins in the output */
	size_t line_count, line_room;
	size_t first_column;
	char search[PROMPT_LENGTH];
	bool show_source; /* the status line tells the path or the command */
};

/* top_viewer.c */
extern const struct top_page top_viewer_page;

/* More output has come: counts its lines. */
void top_viewer_count(struct top_inspection *inspection, size_t from);

/* top_inspect.c */
extern const struct top_page top_inspect_page;

/* Adds the entry's path or command for the task. */
void top_inspect_form(const struct top_inspection *inspection, struct buffer *buffer);

/* Stops the command that runs, if any. */
void top_inspect_end(struct top_inspection *inspection, const char *why);

#endif
