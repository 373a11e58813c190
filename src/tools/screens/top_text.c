/* Pages of text in top: help, and what columns mean. */
#include "tools/screens/top_screen.h"

void top_open_text(struct top_screen *screen, const struct top_page *page)
{
	struct span rest = buffer_span(&screen->text), line;

	screen->list = (struct list){ 0 };
	while (span_line(&rest, &line))
		screen->list.count++;
	screen->page = page;
}

void top_draw_text(struct top_screen *screen, int rows, int columns)
{
	struct span rest = buffer_span(&screen->text), line;

	(void)columns;
	screen->list.height = (size_t)rows;
	for (size_t i = 0; i < screen->list.first; i++)
		span_line(&rest, &line);
	for (int row = 0; row < rows; row++) {
		if (!span_line(&rest, &line))
			line = (struct span){ 0 };
		screen_line(row, line, MARK_PLAIN);
	}
}

void top_press_text(struct top_screen *screen, int key)
{
	if (key == 'q' || key == KEY_ESCAPE || key == KEY_RETURN)
		screen->page = NULL;
	else
		list_scroll(&screen->list, key);
}
