#include "tools/options.h"

#include <getopt.h>
#include <stdlib.h>

static int id_of(const struct option_row *row)
{
	return row->id ? row->id : row->letter;
}

/* What getopt_long wants to know. */
struct grammar {
	char *shorts;         /* owned */
	struct option *longs; /* owned */
};

static void grammar_init(struct grammar *grammar, const struct tool *tool)
{
	struct buffer shorts = { 0 };
	struct option *next = calloc(tool->option_count + 1, sizeof *next);

	grammar->longs = next;
	buffer_text(&shorts, tool->options_first ? "+" : "");
	for (size_t i = 0; i < tool->option_count; i++) {
		const struct option_row *row = &tool->options[i];
		if (row->letter) {
			buffer_char(&shorts, (char)row->letter);
			buffer_text(&shorts, row->value == TAKES ? ":" : row->value == MAY_TAKE ? "::" : "");
		}
		if (row->name && next) {
			static const int values[] = { no_argument, required_argument, optional_argument };
			*next++ = (struct option){ row->name, values[row->value], NULL, id_of(row) };
		}
	}
	buffer_char(&shorts, '\0');
	grammar->shorts = shorts.at;
}

static int id_of_letter(const struct tool *tool, int letter)
{
	for (size_t i = 0; i < tool->option_count; i++)
		if (tool->options[i].letter == letter)
			return id_of(&tool->options[i]);
	return letter;
}

int options_read(const struct tool *tool, int argc, char **argv,
                 int (*set)(void *context, int id, const char *argument), void *context)
{
	struct grammar grammar;
	int id, status = GO_ON;

	grammar_init(&grammar, tool);
	if (!grammar.longs || !grammar.shorts)
		status = set(context, OPTIONS_WRONG, NULL);
	optind = 0; /* a new line for glibc's getopt */
	while (status == GO_ON && (id = getopt_long(argc, argv, grammar.shorts, grammar.longs, NULL)) >= 0)
		status = set(context, id < 256 && id != OPTIONS_WRONG ? id_of_letter(tool, id) : id, optarg);
	free(grammar.shorts);
	free(grammar.longs);
	return status;
}

int option_flag(bool *flag)
{
	*flag = true;
	return GO_ON;
}

static void option_line(struct buffer *buffer, const struct option_row *row)
{
	enum { HELP_COLUMN = 22 };
	size_t start = buffer->len;

	if (row->letter)
		buffer_format(buffer, " -%c%s", row->letter, row->name ? "," : "");
	else
		buffer_text(buffer, "    ");
	if (row->name)
		buffer_format(buffer, " --%s", row->name);
	if (row->argument)
		buffer_format(buffer, row->value == MAY_TAKE ? " [%s]" : " <%s>", row->argument);
	size_t used = buffer->len - start;
	buffer_fill(buffer, ' ', used < HELP_COLUMN ? HELP_COLUMN - used : 1);
	buffer_format(buffer, "%s\n", row->help);
}

void options_usage(struct buffer *buffer, const struct tool *tool)
{
	buffer_format(buffer, "\nUsage:\n %s%s%s\n\nOptions:\n", tool->name, tool->usage ? " " : "",
	              tool->usage ? tool->usage : "");
	for (size_t i = 0; i < tool->option_count; i++)
		if (tool->options[i].help)
			option_line(buffer, &tool->options[i]);
}
