/* Scrolling the current window of top: by rows, by columns, and within a text that is the last column. */
#include "tools/screens/top_screen.h"

enum { STEP = 8 };

/* Whether a text that takes what is left is the only column to be seen. */
static bool is_last_text(struct top_screen *screen, size_t shown)
{
	const struct top_window *window = top_window(screen);
	uint8_t last = 0;

	for (size_t i = 0; i < screen->top->columns.count; i++)
		if (window->shown[window->order[i]])
			last = window->order[i];
	return shown && top_pane(screen)->first_column + 1 == shown && !screen->top->columns.at[last].width;
}

static bool scroll_columns(struct top_screen *screen, int key)
{
	struct top_pane *pane = top_pane(screen);
	size_t shown = top_window_shown(top_window(screen), &screen->top->columns);

	if ((key == KEY_ARROW_LEFT || key == KEY_WORD_LEFT) && pane->shift)
		pane->shift = key == KEY_ARROW_LEFT ? pane->shift - STEP : 0;
	else if (key == KEY_ARROW_LEFT || key == KEY_WORD_LEFT)
		pane->first_column -= pane->first_column > 0;
	else if (key == KEY_ARROW_RIGHT && is_last_text(screen, shown))
		pane->shift += pane->shift < TOP_WIDTH_MOST ? STEP : 0;
	else if (key == KEY_ARROW_RIGHT || key == KEY_WORD_RIGHT)
		pane->first_column += pane->first_column + 1 < shown;
	else
		return false;
	return true;
}

/* End: the last field and the last row are to be seen. */
static void fit_last_column(struct top_screen *screen)
{
	struct top_pane *pane = top_pane(screen);
	size_t shown = top_window_shown(top_window(screen), &screen->top->columns);
	struct top_layout layout;
	int rows, columns;

	screen_size(&rows, &columns);
	for (pane->first_column = 0; pane->first_column + 1 < shown; pane->first_column++) {
		top_layout_make(&layout, screen->top, screen->top->settings.current, pane->first_column, 0,
		                (size_t)columns);
		if (layout.count + pane->first_column >= shown)
			break;
	}
}

void top_scroll(struct top_screen *screen, int key)
{
	const struct top_frame *frame = top_screen_frame(screen);
	struct top_pane *pane = top_pane(screen);
	struct list list = { .height = pane->rows_visible, .first = pane->first_row };

	if (!frame || scroll_columns(screen, key))
		return;
	if (key == KEY_TO_START)
		pane->first_column = pane->shift = 0;
	if (key == KEY_TO_END)
		fit_last_column(screen);
	/* The last page may be left over to its last row, as in top; End shows all of it. */
	list.count = frame->count + (list.height && key != KEY_TO_END ? list.height - 1 : 0);
	if (list_scroll(&list, key))
		pane->first_row = list.first;
}
