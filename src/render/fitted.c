#include "render/fitted.h"

void fitted_part(struct fitted *line)
{
	size_t need = marked_width(buffer_span(&line->part));

	if (line->used + need <= line->width) {
		buffer_add(&line->text, buffer_span(&line->part));
		line->used += need;
	}
	buffer_clear(&line->part);
}

void fitted_end(struct fitted *line, struct buffer *buffer)
{
	fitted_part(line);
	buffer_add(buffer, buffer_span(&line->text));
	mark(buffer, MARK_PLAIN);
	buffer_done(&line->text);
	buffer_done(&line->part);
	line->used = 0;
}
