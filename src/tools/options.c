#include "tools/options.h"

#include <getopt.h>
#include <stdlib.h>

static int id_of(const struct option_row *row)
{
	return row->id ? row->id : row->letter;
}

void options_init(struct options *options, const struct tool *tool, int argc, char **argv)
{
	struct buffer shorts = { 0 };

	*options = (struct options){ .tool = tool, .argc = argc, .argv = argv };
	buffer_text(&shorts, tool->options_first ? "+" : "");
	options->longs = calloc(tool->option_count + 1, sizeof *options->longs);
	struct option *next = options->longs;
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
	options->shorts = shorts.at;
	optind = 0; /* a new line for glibc's getopt */
}

void options_done(struct options *options)
{
	free(options->shorts);
	free(options->longs);
}

static int id_of_letter(const struct tool *tool, int letter)
{
	for (size_t i = 0; i < tool->option_count; i++)
		if (tool->options[i].letter == letter)
			return id_of(&tool->options[i]);
	return letter;
}

int options_next(struct options *options)
{
	if (!options->longs || !options->shorts)
		return OPTIONS_WRONG;
	int id = getopt_long(options->argc, options->argv, options->shorts, options->longs, NULL);
	options->argument = optarg;
	return id > 0 && id < 256 && id != '?' ? id_of_letter(options->tool, id) : id;
}

int options_read(const struct tool *tool, int argc, char **argv,
                 int (*set)(void *context, int id, const char *argument), void *context)
{
	struct options options;
	int status = GO_ON;

	options_init(&options, tool, argc, argv);
	for (int id; status == GO_ON && (id = options_next(&options)) != OPTIONS_END;)
		status = set(context, id, options.argument);
	options_done(&options);
	return status;
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
