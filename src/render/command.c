#include "render/command.h"

#include "render/text.h"

void command_put(struct buffer *buffer, const struct view *view, size_t row)
{
	struct buffer line = { 0 };
	struct span text, arguments = { 0 };
	int64_t state;

	if (view_text(view, row, TASK_cmdline, &arguments) && arguments.len)
		text_arguments(&line, arguments);
	for (size_t i = 0; i < line.len; i++)
		line.at[i] = line.at[i] == '\n' ? ' ' : line.at[i];
	if (line.len) {
		text_put(buffer, buffer_span(&line), SIZE_MAX);
	} else if (arguments.len) {
		buffer_char(buffer, '?');
	} else {
		buffer_char(buffer, '[');
		if (view_text(view, row, TASK_comm, &text))
			text_put(buffer, text, SIZE_MAX);
		buffer_char(buffer, ']');
	}
	if (view_number(view, row, TASK_state, &state) && state == 'Z')
		buffer_text(buffer, " <defunct>");
	buffer->failed |= line.failed;
	buffer_done(&line);
}
