/* Draws the table of top: the lines above it, the line for messages, the windows, and the text at the bottom. */
#include "tools/screens/top_screen.h"

enum { LEAST_ROWS_FOR_PROMISE = 20, LEAST_ROWS_FOR_PANEL = 4 };

void top_draw_prompt(struct top_screen *screen, int row, int columns)
{
	struct buffer line = { 0 };

	size_t cursor = prompt_put(&screen->prompt, &line, (size_t)columns);
	screen_line(row, buffer_span(&line), MARK_PLAIN);
	screen_cursor(row, (int)cursor);
	buffer_done(&line);
}

/* C: where the current window is scrolled to, while there is nothing else to say. */
static void put_coordinates(struct buffer *line, struct top_screen *screen, const struct top_frame *frame)
{
	const struct top_pane *pane = top_pane(screen);

	buffer_format(line, "  scroll coordinates: y = %zu/%zu (tasks), x = %zu/%zu (fields)",
	              frame->count ? pane->first_row + 1 : 0, frame->count, pane->first_column + 1,
	              top_window_shown(top_window(screen), &screen->top->columns));
	if (pane->shift)
		buffer_format(line, " + %zu", pane->shift);
}

static void put_message(struct top_screen *screen, const struct top_frame *frame, int row)
{
	struct buffer line = { 0 };

	if (screen->message.len) {
		mark(&line, MARK_MESSAGE);
		buffer_char(&line, ' ');
		buffer_add(&line, buffer_span(&screen->message));
		buffer_char(&line, ' ');
		mark(&line, MARK_PLAIN);
	} else if (top_window(screen)->coordinates) {
		put_coordinates(&line, screen, frame);
	}
	screen_line(row, buffer_span(&line), MARK_PLAIN);
	buffer_done(&line);
}

/* Heads and rows of one window, `lines` of them from `row` on. */
static void draw_window(struct top_screen *screen, size_t window, int row, size_t lines, int columns)
{
	struct top_pane *pane = &screen->panes[window];
	struct top_layout layout;
	struct buffer line = { 0 };

	pane->rows_visible = lines > 1 ? lines - 1 : 0;
	const struct top_frame *frame = lines ? top_pane_frame(screen, window) : NULL;
	if (!frame)
		return;
	screen_palette((unsigned)window + 1);
	top_layout_make(&layout, screen->top, window, pane->first_column, pane->shift, (size_t)columns);
	layout.marked = true;
	top_header_put(&line, screen->top, &layout);
	screen_line(row++, buffer_span(&line), MARK_HEAD);
	for (size_t i = pane->first_row; i < pane->first_row + pane->rows_visible; i++, row++) {
		buffer_clear(&line);
		if (i < frame->count)
			top_row_put(&line, screen->top, frame, &layout, i);
		screen_line(row, buffer_span(&line),
		            i < frame->count ? top_row_mark(screen->top, frame, i) : MARK_PLAIN);
	}
	screen_palette(0);
	buffer_done(&line);
}

/* Rows that have come into sight since the sample was asked for get their details without waiting for the next one. */
static bool lacks_details(const struct top_pane *pane, const struct top_frame *frame)
{
	size_t end = pane->first_row + pane->rows_visible;

	if (end > frame->count)
		end = frame->count;
	return pane->first_row < end &&
	       (pane->first_row < pane->taken_first || end > pane->taken_first + pane->taken_count);
}

static void draw_windows(struct top_screen *screen, int row, int rows, int columns)
{
	const struct top_frame *frames[TOP_WINDOWS] = { 0 };
	size_t counts[TOP_WINDOWS] = { 0 }, lines[TOP_WINDOWS];
	bool lacking = false;

	for (size_t i = 0; i < TOP_WINDOWS; i++) {
		if (!top_window_seen(screen->top, i) || !(frames[i] = top_pane_frame(screen, i)))
			continue;
		counts[i] = frames[i]->count;
		top_columns_widen(screen->top, frames[i]);
		if (screen->panes[i].first_row >= counts[i])
			screen->panes[i].first_row = counts[i] ? counts[i] - 1 : 0;
	}
	top_share_lines(screen->top, counts, rows > row ? (size_t)(rows - row) : 0, lines);
	for (size_t i = 0; i < TOP_WINDOWS; i++) {
		draw_window(screen, i, row, lines[i], columns);
		row += (int)lines[i];
		lacking |= frames[i] && lacks_details(&screen->panes[i], frames[i]);
	}
	for (; row < rows; row++)
		screen_line(row, (struct span){ 0 }, MARK_PLAIN);
	if (lacking)
		top_screen_ask_sample(screen);
}

/* On a small screen tasks matter more than the lines on promises. */
static void put_summary(struct buffer *summary, struct top_screen *screen, const struct top_frame *frame, int rows,
                        int columns)
{
	struct top_window *window = top_window(screen);
	bool promise = window->promise;

	window->promise = promise && rows >= LEAST_ROWS_FOR_PROMISE;
	top_summary_put(summary, screen->top, frame, (size_t)columns);
	window->promise = promise;
}

/* What does not fit whole is cut in front of the part, after a comma, that would lose its end. */
static struct span whole_parts(struct span line, int columns)
{
	struct span fits = line;

	while (marked_width(fits) > (size_t)columns) {
		ptrdiff_t comma = span_last((struct span){ fits.at, fits.len ? fits.len - 1 : 0 }, ',');
		if (comma < 0)
			return line;
		fits.len = (size_t)comma;
	}
	return fits;
}

/* The text at the bottom takes half of what is left at most. Gives back the row that it begins at. */
static int draw_panel(struct top_screen *screen, int row, int rows, int columns)
{
	struct buffer text = { 0 };
	struct span rest, line;
	int lines = 0;

	if (rows - row > LEAST_ROWS_FOR_PANEL)
		top_panel_put(screen, &text, (size_t)columns, (size_t)(rows - row) / 2);
	rest = buffer_span(&text);
	while (span_line(&rest, &line))
		lines++;
	rest = buffer_span(&text);
	for (int at = rows - lines; span_line(&rest, &line); at++)
		screen_line(at, line, MARK_PLAIN);
	buffer_done(&text);
	return rows - lines;
}

void top_draw_table(struct top_screen *screen, int rows, int columns)
{
	const struct top_frame *frame = top_screen_frame(screen);
	struct buffer summary = { 0 };
	struct span rest, line;
	int row = 0;

	if (!frame)
		return;
	top_check_nodes(screen);
	put_summary(&summary, screen, frame, rows, columns);
	rest = buffer_span(&summary);
	while ((row < rows - 1 || rows == 1) && row < rows && span_line(&rest, &line))
		screen_line(row++, whole_parts(line, columns), MARK_PLAIN);
	buffer_done(&summary);
	int message_row = row < rows ? row : rows - 1;
	draw_windows(screen, row + 1, draw_panel(screen, row + 1, rows, columns), columns);
	if (screen->panel && rows - row - 1 <= LEAST_ROWS_FOR_PANEL && !screen->message.len)
		top_screen_say(screen, "There is no room for the text");
	screen_cursor(-1, 0);
	if (screen->answered)
		top_draw_prompt(screen, message_row, columns);
	else if (rows > 1 || screen->message.len)
		put_message(screen, frame, message_row);
}
