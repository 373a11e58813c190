/* Header and rows: how cells share a line, and what happens when one is wider than its column. */
#include <errno.h>
#include <stdlib.h>

#include "render/text.h"
#include "tools/ps_cells.h"

enum { WIDE_SIGNALS = 16, MORE_FOR_SIGNALS = 7, SIGNAL_NAMES = 27 };
enum { BLANKS_MOST = 144, FLUSH_BYTES = 64 * 1024, LEAST_PID_DIGITS = 5 };

struct page {
	const struct tool *tool;
	const struct ps_request *request;
	const struct view *view;
	size_t *widths; /* owned: of each shown column */
	size_t columns; /* of a line */
	bool wide_signals;
	bool thread_line;     /* m, -m: of a thread below its process */
	int64_t until_header; /* lines; below 0: never again */
	struct ps_row row;
	struct buffer out, cell, text;
};

static size_t pid_digits(const struct view *view)
{
	int64_t most = 0;
	size_t digits = 1;

	view_machine(view, MACHINE_pid_max, &most);
	for (; most >= 10; most /= 10)
		digits++;
	return digits < LEAST_PID_DIGITS ? LEAST_PID_DIGITS : digits;
}

/* With --signames masks are texts. */
static enum ps_fit fit_of(const struct page *page, const struct ps_column *column)
{
	return column->fit == SIGNALS && page->request->signal_names ? REST : column->fit;
}

static void set_widths(struct page *page)
{
	size_t pids = pid_digits(page->view);

	for (size_t i = 0; i < page->request->shown_count; i++) {
		const struct ps_shown *shown = &page->request->shown[i];
		size_t width = shown->column.width;
		if (shown->column.fit == PIDS && width < pids)
			width = pids;
		if (shown->column.fit == SIGNALS && fit_of(page, &shown->column) == REST && width < SIGNAL_NAMES)
			width = SIGNAL_NAMES;
		page->widths[i] = shown->width ? shown->width : width;
	}
}

/* The page is made wider by whole pages until all columns have a place. */
static void set_columns(struct page *page)
{
	enum { LEAST_REST = 3 };
	const struct ps_request *request = page->request;
	size_t total = 0, signals = 0;
	bool blank = false;

	for (size_t i = 0; i < request->shown_count; i++) {
		enum ps_fit fit = fit_of(page, &request->shown[i].column);
		bool last = i + 1 == request->shown_count;
		total += fit == REST && last ? LEAST_REST : page->widths[i];
		total += blank && fit != LITERAL;
		blank = fit != LITERAL;
		signals += fit == SIGNALS;
	}
	page->columns = request->columns;
	while (page->columns < total && page->columns < PS_PAGE_MOST / 2)
		page->columns += request->columns;
	page->wide_signals = total + signals * MORE_FOR_SIGNALS <= page->columns;
}

/* Blanks in front of a cell that stands at the right. */
static size_t left_blanks(const struct page *page, const struct ps_column *column, size_t width, size_t used)
{
	bool right = column->fit == RIGHT || column->fit == PIDS ||
	             (page->request->numbers && (column->fit == ACCOUNT || column->fit == WCHAN));

	if (fit_of(page, column) == SIGNALS)
		width = page->wide_signals ? WIDE_SIGNALS : width;
	else if (!right)
		return 0;
	return width > used ? width - used : 0;
}

/* m and -m: what is said of the process is not said again of its threads, and the other way round. */
static bool is_left_out(const struct page *page, const struct ps_column *column)
{
	return page->request->threads == PS_BELOW_PROCESS && column->lines == (page->thread_line ? PROCESS : THREAD);
}

static size_t make_cell(struct page *page, const struct ps_column *column, size_t room, bool header)
{
	buffer_clear(&page->cell);
	if (header || column->fit == LITERAL)
		return ps_put(&page->cell, column->header);
	if (is_left_out(page, column))
		return ps_put(&page->cell, "-");
	if (fit_of(page, column) == SIGNALS)
		room = page->wide_signals ? WIDE_SIGNALS : 9;
	return column->cell(&page->row, column->reads[0], room, &page->cell);
}

/*
 * One line. A cell that is too wide pushes those behind it to the right; they go back to their places as soon as the
 * blanks in front of one of them allow it.
 */
static void put_line(struct page *page, bool header)
{
	const struct ps_request *request = page->request;
	size_t right_place = 0, place = 0; /* where we should be, where we are */
	bool blank = false;

	for (size_t i = 0; i < request->shown_count; i++) {
		const struct ps_column *column = &request->shown[i].column;
		size_t width = page->widths[i], room = width;
		size_t far = right_place > place + blank ? right_place : place + blank;
		bool last = i + 1 == request->shown_count;

		if (last)
			room = page->columns > far ? page->columns - far : 0;
		size_t used = make_cell(page, column, room, header);
		int64_t space = (int64_t)right_place - (int64_t)place;
		space += (int64_t)left_blanks(page, column, width, used);
		if (space < 1)
			space = blank;
		if (space > BLANKS_MOST)
			space = BLANKS_MOST;
		if (!request->delimiter)
			buffer_fill(&page->out, ' ', (size_t)space);
		else if (i > 0)
			buffer_char(&page->out, request->delimiter);
		buffer_add(&page->out, buffer_span(&page->cell));
		if (last)
			break;
		place += (size_t)space + used;
		right_place += width + (fit_of(page, column) == SIGNALS && page->wide_signals ? MORE_FOR_SIGNALS : 0);
		blank = column->fit != LITERAL && request->shown[i + 1].column.fit != LITERAL;
		right_place += blank;
	}
	buffer_char(&page->out, '\n');
	if (page->out.len >= FLUSH_BYTES)
		say(page->tool, &page->out);
}

static bool has_header(const struct ps_request *request)
{
	for (size_t i = 0; i < request->shown_count; i++)
		if (request->shown[i].column.fit != LITERAL && *request->shown[i].column.header)
			return true;
	return false;
}

static void put_header_in_time(struct page *page)
{
	if (page->until_header < 0 || --page->until_header > 0)
		return;
	page->until_header = page->request->heading == PS_PAGE_HEADINGS ? (int64_t)page->request->rows - 1 : -1;
	put_line(page, true);
}

static void put_row(struct page *page, bool thread_line)
{
	page->thread_line = thread_line;
	put_header_in_time(page);
	put_line(page, false);
	page->row.number--;
}

/* The first thread has no row of its own: that of its process stands for both. */
static void put_rows(struct page *page, const struct ps_lines_shown *lines)
{
	bool below = page->request->threads == PS_BELOW_PROCESS;

	for (size_t i = 0; i < lines->count; i++) {
		uint32_t art = lines->lines[i].art;
		page->row.at = lines->lines[i].row;
		page->row.art = art == UINT32_MAX ? NULL : lines->art.at + art;
		bool process = ps_number(&page->row, TASK_is_thread) == 0;
		if (!below || process)
			put_row(page, false);
		if (below && !page->request->key_count)
			put_row(page, true);
	}
	if (lines->count == 0)
		put_header_in_time(page);
}

int ps_output(const struct tool *tool, const struct ps_request *request, const struct view *view,
              const struct ps_lines_shown *lines)
{
	struct page page = { .tool = tool, .request = request, .view = view };
	int r = -ENOMEM;

	page.row = (struct ps_row){ .request = request, .view = view, .number = UINT32_MAX, .text = &page.text };
	page.row.dates = ps_dates_new(view, request->date_format);
	page.widths = calloc(request->shown_count + 1, sizeof *page.widths);
	page.until_header =
		request->heading == PS_NO_HEADING || (request->heading == PS_ONE_HEADING && !has_header(request)) ? -1 :
														    1;
	if (page.widths && page.row.dates) {
		set_widths(&page);
		set_columns(&page);
		put_rows(&page, lines);
		say(tool, &page.out);
		r = lines->count ? 0 : 1;
	}
	ps_dates_free(page.row.dates);
	free(page.widths);
	buffer_done(&page.out);
	buffer_done(&page.cell);
	buffer_done(&page.text);
	return r;
}
