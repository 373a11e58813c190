#include "render/marked.h"

#include "render/text.h"

static bool is_mark(char c)
{
	return c >= MARK_PLAIN && c < MARK_END && c != MARK_GAP;
}

bool marked_part(struct span *rest, enum mark *mark, struct span *ret_part)
{
	while (rest->len && is_mark(rest->at[0])) {
		*mark = (enum mark)rest->at[0];
		*rest = span_skip(*rest, 1);
	}
	size_t len = 0;
	while (len < rest->len && !is_mark(rest->at[len]))
		len++;
	*ret_part = (struct span){ rest->at, len };
	*rest = span_skip(*rest, len);
	return len > 0;
}

size_t marked_put(struct buffer *buffer, struct span line, size_t columns)
{
	enum mark mark = MARK_PLAIN;
	struct span part;
	size_t used = 0;

	while (used < columns && marked_part(&line, &mark, &part))
		used += text_put(buffer, part, columns - used);
	return used;
}

size_t marked_width(struct span line)
{
	enum mark mark = MARK_PLAIN;
	struct span part;
	size_t width = 0;

	while (marked_part(&line, &mark, &part))
		width += text_width(part, SIZE_MAX);
	return width;
}
