/* Header and rows: how cells share a line, and what happens when one is wider than its column. */
#include <errno.h>
#include <stdlib.h>

#include "render/text.h"
#include "tools/ps_cells.h"

enum { WIDE_SIGNALS = 16, MORE_FOR_SIGNALS = 7, SIGNAL_NAMES = 27 };
enum { BLANKS_MOST = 144, LEAST_PID_DIGITS = 5 };
enum { LINE_BYTES = 4096, FLUSH_BYTES = 64 * 1024 - LINE_BYTES }; /* of lines that are mostly shorter */

/* A shown column on the page: all that a line needs of it. */
struct lane {
	const struct ps_column *column;
	ps_cell *cell; /* NULL: it depends on the line what is shown */
	unsigned field;
	enum ps_fit fit;
	size_t width;
	size_t right; /* a narrower cell has blanks in front of it up to so many columns */
	size_t step;  /* from here to the next place */
	bool blank;   /* between the place before and this one */
};

struct page {
	const struct tool *tool;
	const struct ps_request *request;
	const struct view *view;
	struct lane *lanes; /* owned: of each shown column */
	size_t columns;     /* of a line */
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
		enum ps_fit fit = fit_of(page, &shown->column);
		size_t width = shown->column.width;
		if (fit == PIDS && width < pids)
			width = pids;
		if (shown->column.fit == SIGNALS && fit == REST && width < SIGNAL_NAMES)
			width = SIGNAL_NAMES;
		page->lanes[i] = (struct lane){ .column = &shown->column,
			                        .fit = fit,
			                        .width = shown->width ? shown->width : width };
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
		enum ps_fit fit = page->lanes[i].fit;
		bool last = i + 1 == request->shown_count;
		total += fit == REST && last ? LEAST_REST : page->lanes[i].width;
		total += blank && fit != LITERAL;
		blank = fit != LITERAL;
		signals += fit == SIGNALS;
	}
	page->columns = request->columns;
	while (page->columns < total && page->columns < PS_PAGE_MOST / 2)
		page->columns += request->columns;
	page->wide_signals = total + signals * MORE_FOR_SIGNALS <= page->columns;
}

/* Where cells stand at the right, and how far it is from one to the next. */
static void set_lanes(struct page *page)
{
	bool numbers = page->request->numbers;

	for (size_t i = 0; i < page->request->shown_count; i++) {
		struct lane *lane = &page->lanes[i];
		bool right = lane->fit == RIGHT || lane->fit == PIDS ||
		             (numbers && (lane->fit == ACCOUNT || lane->fit == WCHAN));
		bool wide = lane->fit == SIGNALS && page->wide_signals;
		lane->right = wide ? WIDE_SIGNALS : right || lane->fit == SIGNALS ? lane->width : 0;
		lane->blank = i > 0 && lane->fit != LITERAL && lane[-1].fit != LITERAL;
		lane->step = lane->width + (wide ? MORE_FOR_SIGNALS : 0);
		lane->field = lane->column->reads[0];
		if (lane->fit != LITERAL && lane->fit != SIGNALS && page->request->threads != PS_BELOW_PROCESS)
			lane->cell = lane->column->cell;
	}
}

/* m and -m: what is said of the process is not said again of its threads, and the other way round. */
static bool is_left_out(const struct page *page, const struct ps_column *column)
{
	return page->request->threads == PS_BELOW_PROCESS && column->lines == (page->thread_line ? PROCESS : THREAD);
}

static size_t make_cell(struct page *page, const struct lane *lane, size_t room, bool header, struct buffer *into)
{
	const struct ps_column *column = lane->column;

	if (lane->cell && !header)
		return lane->cell(&page->row, lane->field, room, into);
	if (header || lane->fit == LITERAL)
		return ps_put(into, column->header);
	if (is_left_out(page, column))
		return ps_put(into, "-");
	if (lane->fit == SIGNALS)
		room = page->wide_signals ? WIDE_SIGNALS : 9;
	return column->cell(&page->row, lane->field, room, into);
}

/* What stands between a cell and the one before. */
static void put_gap(struct page *page, bool first, size_t blanks)
{
	if (!page->request->delimiter)
		buffer_fill(&page->out, ' ', blanks);
	else if (!first)
		buffer_char(&page->out, page->request->delimiter);
}

/* Adds a short text by a copy of fixed length: both buffers have room for it. */
static void put_made(struct buffer *out, const struct buffer *cell)
{
	enum { SHORT = 16 };
	char *into = buffer_room(out, SHORT);

	if (cell->len > SHORT || !into || cell->size < SHORT) {
		buffer_add(out, buffer_span(cell));
		return;
	}
	memcpy(into, cell->at, SHORT);
	out->len += cell->len;
}

/* How many blanks it takes from `at`, where the line has come to, to `wanted`, where the cell should begin. */
static size_t blanks_between(size_t at, size_t wanted, bool least)
{
	size_t blanks = wanted > at ? wanted - at : least;

	return blanks > BLANKS_MOST ? BLANKS_MOST : blanks;
}

/* The cell, and what is in front of it. Gives back the columns of both. */
static size_t put_cell(struct page *page, const struct lane *lane, size_t room, bool header, size_t at, size_t wanted)
{
	bool first = lane == page->lanes;

	if (!lane->right) {
		size_t blanks = blanks_between(at, wanted, lane->blank);
		put_gap(page, first, blanks);
		return blanks + make_cell(page, lane, room, header, &page->out);
	}
	buffer_clear(&page->cell);
	size_t used = make_cell(page, lane, room, header, &page->cell);
	wanted += lane->right > used ? lane->right - used : 0;
	size_t blanks = blanks_between(at, wanted, lane->blank);
	put_gap(page, first, blanks);
	put_made(&page->out, &page->cell);
	return blanks + used;
}

/*
 * One line. A cell that is too wide pushes those behind it to the right; they go back to their places as soon as the
 * blanks in front of one of them allow it.
 */
static void put_line(struct page *page, bool header)
{
	size_t right_place = 0, at = 0; /* where we should be, where we are */

	for (size_t i = 0; i < page->request->shown_count; i++) {
		const struct lane *lane = &page->lanes[i];
		size_t room = lane->width;
		right_place += lane->blank;
		if (i + 1 == page->request->shown_count) {
			size_t far = right_place > at + lane->blank ? right_place : at + lane->blank;
			room = page->columns > far ? page->columns - far : 0;
		}
		at += put_cell(page, lane, room, header, at, right_place);
		right_place += lane->step;
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
	page.lanes = calloc(request->shown_count + 1, sizeof *page.lanes);
	page.until_header =
		request->heading == PS_NO_HEADING || (request->heading == PS_ONE_HEADING && !has_header(request)) ? -1 :
														    1;
	if (page.lanes && page.row.dates && buffer_room(&page.out, FLUSH_BYTES + LINE_BYTES)) {
		set_widths(&page);
		set_columns(&page);
		set_lanes(&page);
		put_rows(&page, lines);
		say(tool, &page.out);
		r = lines->count ? 0 : 1;
	}
	ps_dates_free(page.row.dates);
	free(page.lanes);
	buffer_done(&page.out);
	buffer_done(&page.cell);
	buffer_done(&page.text);
	return r;
}
