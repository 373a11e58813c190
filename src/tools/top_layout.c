/* The table of one window of top: which columns fit, heads and rows, and how windows share the lines of a screen. */
#include "render/text.h"
#include "tools/top.h"

/* As top does it: a column is there when it fits whole; one that takes what is left needs the room of its header. */
void top_layout_make(struct top_layout *layout, const struct top *top, size_t window, size_t first, size_t shift,
                     size_t width)
{
	const struct top_window *look = top_window_of(top, window);
	size_t used = 0, needed = 0, greedy = 0, skipped = 0;

	*layout = (struct top_layout){ .window = (uint8_t)window, .shift = shift };
	if (top->settings.alternate) {
		layout->number = (char)('1' + window);
		width -= width > 0;
	}
	for (size_t i = 0; i < top->columns.count; i++) {
		uint8_t at = look->order[i];
		const struct column *column = &top->columns.at[at];
		if (!look->shown[at] || skipped++ < first)
			continue;
		size_t need = (column->width ? column->width : strlen(column->header)) + 1;
		if (needed + need > width)
			break;
		needed += need;
		used += column->width ? need : 1;
		greedy += !column->width;
		layout->columns[layout->count] = at;
		layout->widths[layout->count++] = column->width;
	}
	for (size_t i = 0; i < layout->count; i++)
		if (!layout->widths[i])
			layout->widths[i] = (uint16_t)((width - used) / greedy);
}

static void trim(struct buffer *buffer, size_t start)
{
	while (buffer->len > start && buffer->at[buffer->len - 1] == ' ')
		buffer->len--;
}

enum mark top_row_mark(const struct top *top, const struct top_frame *frame, size_t index)
{
	int64_t state;

	if (top->tagged_count &&
	    top_task_find(top->tagged, top->tagged_count, &frame->view, frame->rows[index]) < top->tagged_count)
		return MARK_CHOSEN;
	return top_window_of(top, frame->window)->show_running &&
	                       view_number(&frame->view, frame->rows[index], TASK_state, &state) && state == 'R' ?
	               MARK_ACTIVE :
	               MARK_PLAIN;
}

/* Marks the column that the table is sorted by; gives back the mark to go on with behind it, or 0. */
static enum mark mark_sort(struct buffer *buffer, const struct top *top, const struct top_layout *layout, size_t i,
                           enum mark row)
{
	const struct top_window *window = layout->marked ? top_window_of(top, layout->window) : NULL;

	if (!window || !window->show_sort || window->forest || layout->columns[i] != window->sorts[0].column)
		return 0;
	mark(buffer, MARK_SORT);
	return row;
}

static void end_line(struct buffer *buffer, const struct top_layout *layout, size_t start)
{
	if (!layout->marked)
		trim(buffer, start);
}

void top_header_put(struct buffer *buffer, const struct top *top, const struct top_layout *layout)
{
	const struct top_window *window = top_window_of(top, layout->window);
	size_t start = buffer->len;

	if (layout->marked)
		mark(buffer, MARK_HEAD);
	if (layout->number)
		buffer_char(buffer, layout->number);
	for (size_t i = 0; i < layout->count; i++) {
		const struct column *column = &top->columns.at[layout->columns[i]];
		bool right = column_is_left(column) ? window->texts_right : !window->numbers_left;
		text_cell(buffer, span_of(column->header), layout->widths[i], right);
		buffer_char(buffer, ' ');
	}
	end_line(buffer, layout, start);
}

/* The text of the first column without what is scrolled out of it. */
static void put_shifted(struct buffer *buffer, const struct column *column, const struct top_layout *layout,
                        const struct cell_style *style, const struct cell_row *row)
{
	struct buffer whole = { 0 };

	column_put(&whole, column, layout->widths[0] + layout->shift, style, row);
	text_cell(buffer, text_skip(buffer_span(&whole), layout->shift), layout->widths[0], false);
	buffer_done(&whole);
}

void top_row_put(struct buffer *buffer, const struct top *top, const struct top_frame *frame,
                 const struct top_layout *layout, size_t index)
{
	struct top_branch branch = frame->branches ? frame->branches[index] : (struct top_branch){ 0 };
	struct cell_row row = { &frame->view, frame->rows[index], branch.depth, branch.folded, branch.hidden_percent };
	enum mark whole = layout->marked ? top_row_mark(top, frame, index) : 0;
	size_t start = buffer->len;

	if (whole)
		mark(buffer, whole);
	if (layout->number)
		buffer_char(buffer, ' ');
	for (size_t i = 0; i < layout->count; i++) {
		const struct column *column = &top->columns.at[layout->columns[i]];
		enum mark after = mark_sort(buffer, top, layout, i, whole);
		if (i == 0 && layout->shift)
			put_shifted(buffer, column, layout, &frame->style, &row);
		else
			column_put(buffer, column, layout->widths[i], &frame->style, &row);
		if (after)
			mark(buffer, after);
		buffer_char(buffer, ' ');
	}
	end_line(buffer, layout, start);
}

void top_columns_widen(struct top *top, const struct top_frame *frame)
{
	const struct top_window *window = top_window_of(top, frame->window);
	struct buffer cell = { 0 };

	for (size_t i = 0; top->settings.widening < 0 && i < top->columns.count; i++) {
		struct column *column = &top->columns.at[i];
		if (!window->shown[i] || !top_column_widens(column))
			continue;
		for (size_t row = 0; row < frame->count; row++) {
			struct cell_row at = { .view = &frame->view, .row = frame->rows[row] };
			buffer_clear(&cell);
			column_put(&cell, column, TOP_COLUMN_WIDEST, &frame->style, &at);
			size_t need = text_width(span_trim(buffer_span(&cell)), TOP_COLUMN_WIDEST);
			if (need > column->width)
				column->width = (uint8_t)need;
		}
	}
	buffer_done(&cell);
}

void top_share_lines(const struct top *top, const size_t counts[TOP_WINDOWS], size_t lines, size_t ret[TOP_WINDOWS])
{
	size_t seen = 0;

	for (size_t i = 0; i < TOP_WINDOWS; i++)
		seen += top_window_seen(top, i);
	for (size_t i = 0; i < TOP_WINDOWS; i++) {
		size_t most = top_window_of(top, i)->tasks_most, share;
		ret[i] = 0;
		if (!top_window_seen(top, i))
			continue;
		share = lines / seen--;
		/* The last one gets what is left; those before it no more than they need. */
		if (seen && most && share > most + 1)
			share = most + 1;
		if (seen && share > counts[i] + 1)
			share = counts[i] + 1;
		ret[i] = share;
		lines -= share;
	}
}
