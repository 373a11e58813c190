/* vires pwdx: the directories that processes work in. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "render/text.h"
#include "tools/options.h"
#include "tools/run.h"
#include "tools/samples.h"
#include "tools/words.h"

static const struct option_row option_rows[] = {
	OPTIONS_DATA,
	OPTIONS_SOURCE,
	{ 'h', "help", ALONE, NULL, "display this help and exit", OPTION_HELP },
	{ 'V', "version", ALONE, NULL, "output version information and exit", OPTION_VERSION },
};

static const char notes[] =
	"Prints what pwdx of procps-ng 4.0.2 prints. A process may also be named by its directory: /proc/123.\n\n"
	"Of processes of others, only their owner and those with CAP_SYS_PTRACE may know the directory. Zombies have "
	"none.";

struct look {
	struct samples samples;
	char **words; /* as they were typed */
	size_t count;
	int64_t *pids; /* owned */
	int status;
};

static bool row_of(const struct view *view, int64_t pid, uint32_t *ret)
{
	int64_t number;

	for (size_t row = 0; row < view->now->count; row++) {
		if (view_number(view, row, TASK_pid, &number) && number == pid) {
			*ret = (uint32_t)row;
			return true;
		}
	}
	return false;
}

static void put_one(struct look *look, struct buffer *buffer, const struct view *view, size_t i)
{
	struct span cwd;
	uint32_t row;

	if (!row_of(view, look->pids[i], &row)) {
		fprintf(stderr, "%s: %s\n", look->words[i], strerror(ESRCH));
	} else if (!view_text(view, row, TASK_cwd, &cwd)) {
		fprintf(stderr, "%s: %s\n", look->words[i], strerror(EACCES));
	} else {
		buffer_format(buffer, "%s: ", look->words[i]);
		text_put(buffer, cwd, SIZE_MAX);
		buffer_char(buffer, '\n');
		return;
	}
	look->status = 1;
}

static void put_data(const struct look *look, struct buffer *buffer, const struct view *view)
{
	static const uint8_t ids[] = { TASK_pid, TASK_cwd };
	uint32_t *rows = calloc(look->count, sizeof *rows);
	size_t count = 0;

	if (!rows) {
		buffer->failed = true;
		return;
	}
	for (size_t i = 0; i < look->count; i++)
		count += row_of(view, look->pids[i], &rows[count]);
	data_document(buffer, look->samples.shared.data, "pwdx", view, rows, count, ids, sizeof ids);
	free(rows);
}

static int put(struct samples *samples, struct buffer *buffer, const struct view *view)
{
	struct look *look = (struct look *)samples;

	if (samples->shared.data)
		put_data(look, buffer, view);
	for (size_t i = 0; i < look->count && !samples->shared.data; i++) {
		put_one(look, buffer, view, i);
		say(samples->tool, buffer);
	}
	return look->status;
}

/* "123" or "/proc/123" */
static bool parse_pid(const char *word, int64_t *ret)
{
	static const char prefix[] = "/proc/";

	if (!strncmp(word, prefix, sizeof prefix - 1))
		word += sizeof prefix - 1;
	return word_integer(word, ret) && *ret > 0;
}

/* The words up to the first that is no process. */
static void take_words(struct look *look, char **words, size_t count)
{
	look->words = words;
	while (look->count < count && parse_pid(words[look->count], &look->pids[look->count]))
		look->count++;
}

static int look_up(struct look *look, char **words, size_t count)
{
	struct request *request = &look->samples.request;
	int status = 0;

	take_words(look, words, count);
	request_field(request, &request->fields, TASK_pid);
	request_field(request, &request->fields, TASK_cwd);
	request->pids = look->pids;
	request->pid_count = look->count;
	if (look->count)
		status = samples_run(&look->samples);
	if (look->count < count)
		status = complain(look->samples.tool, 1, "invalid process id: %s", words[look->count]);
	return status;
}

static int run(const struct tool *tool, int argc, char **argv)
{
	struct look look = { .samples = { .tool = tool, .put = put, .repeat.count = 1 } };

	int status = shared_options(tool, 1, argc, argv, &look.samples.shared);
	if (status == GO_ON && optind >= argc)
		status = usage(tool, 1);
	if (status != GO_ON)
		return status;
	look.pids = calloc((size_t)(argc - optind), sizeof *look.pids);
	if (!look.pids)
		return complain(tool, 1, "%s", strerror(ENOMEM));
	status = look_up(&look, argv + optind, (size_t)(argc - optind));
	free(look.pids);
	return status;
}

TOOL(pwdx, {
		   .name = "pwdx",
		   .summary = "the directories that processes work in",
		   .usage = "[options] pid...",
		   TOOL_OPTIONS(option_rows),
		   .notes = notes,
		   .run = run,
	   });
