#include "render/command.h"

#include "render/text.h"

/* What there is when there are no arguments, and what a zombie has behind them. */
static void put_name(struct buffer *buffer, const struct view *view, size_t row)
{
	struct span text;

	buffer_char(buffer, '[');
	if (view_text(view, row, TASK_comm, &text))
		text_put(buffer, text, SIZE_MAX);
	buffer_char(buffer, ']');
}

static void put_defunct(struct buffer *buffer, const struct view *view, size_t row)
{
	int64_t state;

	if (view_number(view, row, TASK_state, &state) && state == 'Z')
		buffer_text(buffer, " <defunct>");
}

void command_put(struct buffer *buffer, const struct view *view, size_t row)
{
	struct buffer line = { 0 };
	struct span arguments = { 0 };

	if (view_text(view, row, TASK_cmdline, &arguments) && arguments.len)
		text_command(&line, arguments);
	if (line.len)
		text_put(buffer, buffer_span(&line), SIZE_MAX);
	else
		put_name(buffer, view, row);
	put_defunct(buffer, view, row);
	buffer->failed |= line.failed;
	buffer_done(&line);
}

static bool is_harmless(struct span argument)
{
	static const char marks[] = "_@%+=:,./-";

	for (size_t i = 0; i < argument.len; i++) {
		char c = argument.at[i];
		bool word = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
		if (!word && (!c || !strchr(marks, c)))
			return false;
	}
	return argument.len > 0;
}

/* Whether all of it can be shown as it is. */
static bool is_printable(struct span argument)
{
	struct buffer shown = { 0 };

	text_put(&shown, argument, SIZE_MAX);
	bool printable = span_equal(buffer_span(&shown), argument);
	buffer_done(&shown);
	return printable;
}

static void put_quoted(struct buffer *buffer, struct span argument)
{
	bool printable = is_printable(argument);

	if (is_harmless(argument)) {
		buffer_add(buffer, argument);
		return;
	}
	buffer_text(buffer, printable ? "'" : "$'");
	for (size_t i = 0; i < argument.len; i++) {
		unsigned char c = (unsigned char)argument.at[i];
		if (c == '\'')
			buffer_text(buffer, printable ? "'\\''" : "\\'");
		else if (!printable && (c < ' ' || c > '~' || c == '\\'))
			buffer_format(buffer, "\\%03o", c);
		else
			buffer_char(buffer, (char)c);
	}
	buffer_char(buffer, '\'');
}

void command_put_quoted(struct buffer *buffer, const struct view *view, size_t row)
{
	struct span arguments = { 0 }, argument;
	bool first = true;

	view_text(view, row, TASK_cmdline, &arguments);
	if (arguments.len == 0)
		put_name(buffer, view, row);
	while (arguments.len) {
		if (!span_until(&arguments, '\0', &argument)) {
			argument = arguments;
			arguments.len = 0;
		}
		buffer_text(buffer, first ? "" : " ");
		put_quoted(buffer, argument);
		first = false;
	}
	put_defunct(buffer, view, row);
}
