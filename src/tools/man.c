#include "tools/man.h"

/* scdoc marks: a backslash takes their meaning away. */
static void plain(struct buffer *buffer, const char *text)
{
	for (; *text; text++) {
		if (strchr("\\*_`#|[<", *text))
			buffer_char(buffer, '\\');
		buffer_char(buffer, *text);
	}
}

static void option(struct buffer *buffer, const struct option_row *row)
{
	if (row->letter)
		buffer_format(buffer, "*-%c*%s", row->letter, row->name ? ", " : "");
	if (row->name) {
		buffer_text(buffer, "*--");
		plain(buffer, row->name);
		buffer_char(buffer, '*');
	}
	if (row->argument) {
		buffer_text(buffer, row->value == MAY_TAKE ? " \\[" : " ");
		buffer_char(buffer, '_');
		plain(buffer, row->argument);
		buffer_char(buffer, '_');
		buffer_text(buffer, row->value == MAY_TAKE ? "]" : "");
	}
	buffer_text(buffer, "\n\t");
	plain(buffer, row->help);
	buffer_text(buffer, "\n\n");
}

void man_page(struct buffer *buffer, const struct tool *tool)
{
	buffer_format(buffer, "vires-%s(1) \"vires %s\"\n\n# NAME\n\nvires-%s - ", tool->name, VIRES_VERSION,
	              tool->name);
	plain(buffer, tool->summary);
	buffer_format(buffer, "\n\n# SYNOPSIS\n\n*vires %s* ", tool->name);
	plain(buffer, tool->usage ? tool->usage : "");
	buffer_text(buffer, "\n\n");
	if (tool->notes)
		buffer_format(buffer, "# DESCRIPTION\n\n%s\n\n", tool->notes);
	buffer_text(buffer, "# OPTIONS\n\n");
	for (size_t i = 0; i < tool->option_count; i++)
		if (tool->options[i].help)
			option(buffer, &tool->options[i]);
	buffer_text(buffer, "# SEE ALSO\n\n*vires*(1), *vires-fields*(1)\n");
}

void man_options(struct buffer *buffer, const struct tool *tool)
{
	for (size_t i = 0; i < tool->option_count; i++) {
		const struct option_row *row = &tool->options[i];
		buffer_format(buffer, "%c %s %d\n", row->letter ? row->letter : '-', row->name ? row->name : "-",
		              row->value);
	}
}
