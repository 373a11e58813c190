#include "render/bar.h"

#include "render/marked.h"

void bar_put(struct buffer *buffer, size_t width, const int64_t parts[BAR_PARTS], const char glyphs[BAR_PARTS])
{
	enum { WHOLE = 1000000 };
	size_t inside = width < 3 ? 0 : width - 2, filled = 0;
	int64_t sum = 0;

	if (!inside)
		return;
	buffer_char(buffer, '[');
	for (int i = 0; i < BAR_PARTS; i++) {
		sum += parts[i] > 0 ? parts[i] : 0;
		int64_t capped = sum < WHOLE ? sum : WHOLE;
		/* Rounded where the sum ends, so that the parts together are as long as their sum. */
		size_t to = (size_t)((capped * (int64_t)inside + WHOLE / 2) / WHOLE);
		mark(buffer, (enum mark)(MARK_BAR + i));
		buffer_fill(buffer, glyphs[i], to - filled);
		filled = to;
	}
	mark(buffer, MARK_PLAIN);
	buffer_fill(buffer, ' ', inside - filled);
	buffer_char(buffer, ']');
}
