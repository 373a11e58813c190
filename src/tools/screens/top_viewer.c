/* The output that Y of top shows: to be scrolled and searched. No byte of it reaches the terminal as it came. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "render/text.h"
#include "tools/screens/top_inspection.h"

enum { HEAD_LINES = 4, STEP = 8 };

static void add_line(struct top_inspection *inspection, size_t at)
{
	size_t *lines = array_room(inspection->lines, inspection->line_count, &inspection->line_room, sizeof *lines);
	if (!lines)
		return;
	inspection->lines = lines;
	inspection->lines[inspection->line_count++] = at;
}

void top_viewer_count(struct top_inspection *inspection, size_t from)
{
	const char *at = inspection->output.at;
	size_t len = inspection->output.len;

	if (from == 0 && len)
		add_line(inspection, 0);
	for (size_t i = from ? from - 1 : 0; i + 1 < len; i++)
		if (at[i] == '\n')
			add_line(inspection, i + 1);
}

/* One line in characters that can be seen. */
static void put_visible(struct buffer *buffer, const struct top_inspection *inspection, size_t line)
{
	size_t start = inspection->lines[line], end = inspection->output.len;

	if (line + 1 < inspection->line_count)
		end = inspection->lines[line + 1];
	if (end > start && inspection->output.at[end - 1] == '\n')
		end--;
	text_visible(buffer, (struct span){ inspection->output.at + start, end - start });
}

static void put_status(struct buffer *text, const struct top_screen *screen, size_t columns)
{
	const struct top_inspection *inspection = screen->inspection;
	size_t first = screen->list.first, last = first + screen->list.height;
	struct buffer line = { 0 };

	mark(text, MARK_MESSAGE);
	if (inspection->show_source) {
		buffer_text(&line, inspection->entries[inspection->at].is_command ? "pipe: " : "file: ");
		top_inspect_form(inspection, &line);
	} else {
		if (last > inspection->line_count)
			last = inspection->line_count;
		buffer_add(&line, inspection->entries[inspection->at].name);
		buffer_format(&line, ": %zu-%zu of %zu lines, %zu-%zu columns, %zu bytes read",
		              inspection->line_count ? first + 1 : 0, last, inspection->line_count,
		              inspection->first_column + 1, inspection->first_column + columns, inspection->output.len);
		if (inspection->running)
			buffer_text(&line, ", still running (^C stops it)");
		else if (inspection->ended)
			buffer_format(&line, ", %s", inspection->ended);
	}
	text_cell(text, buffer_span(&line), columns, false);
	mark(text, MARK_PLAIN);
	buffer_done(&line);
}

/* The line from the first column on; what is searched for stands out. */
static void put_line(struct buffer *text, struct span line, const struct top_inspection *inspection)
{
	size_t len = strlen(inspection->search);

	line = text_skip(line, inspection->first_column);
	while (len && line.len) {
		const char *found = memmem(line.at, line.len, inspection->search, len);
		if (!found)
			break;
		buffer_add(text, (struct span){ line.at, (size_t)(found - line.at) });
		mark(text, MARK_CHOSEN);
		buffer_add(text, (struct span){ found, len });
		mark(text, MARK_PLAIN);
		line = span_skip(line, (size_t)(found - line.at) + len);
	}
	buffer_add(text, line);
}

static void draw_head(struct top_screen *screen, int rows, int columns)
{
	const struct top_inspection *inspection = screen->inspection;
	struct buffer text = { 0 };
	struct span rest, line;

	buffer_format(&text, "Inspection View at pid: %lld, running ", (long long)inspection->pid);
	text_put(&text, buffer_span(&inspection->name), (size_t)columns);
	buffer_text(&text, ".  Locating: ");
	if (inspection->search[0])
		text_put(&text, span_of(inspection->search), (size_t)columns);
	else
		buffer_text(&text, "N/A");
	buffer_text(&text, "\nUse: left/right/up/down/etc to navigate; 'L'/'&' to locate/next; '=' the source.\n"
	                   "Or:  <Enter> to select another; 'q' or <Esc> to end!\n");
	if (screen->message.len) {
		mark(&text, MARK_MESSAGE);
		text_put(&text, buffer_span(&screen->message), (size_t)columns);
		mark(&text, MARK_PLAIN);
	} else {
		put_status(&text, screen, (size_t)columns);
	}
	rest = buffer_span(&text);
	for (int row = 0; row < HEAD_LINES && row < rows; row++)
		screen_line(row, span_line(&rest, &line) ? line : (struct span){ 0 }, MARK_PLAIN);
	buffer_done(&text);
}

static void draw_viewer(struct top_screen *screen, int rows, int columns)
{
	const struct top_inspection *inspection = screen->inspection;
	struct buffer visible = { 0 }, text = { 0 };

	screen->list.count = inspection->line_count;
	screen->list.height = rows > HEAD_LINES ? (size_t)(rows - HEAD_LINES) : 1;
	draw_head(screen, rows, columns);
	for (int row = HEAD_LINES; row < rows; row++) {
		size_t line = screen->list.first + (size_t)(row - HEAD_LINES);
		buffer_clear(&visible);
		buffer_clear(&text);
		if (line < inspection->line_count) {
			put_visible(&visible, inspection, line);
			put_line(&text, buffer_span(&visible), inspection);
		}
		screen_line(row, buffer_span(&text), MARK_PLAIN);
	}
	if (screen->answered)
		top_draw_prompt(screen, rows > HEAD_LINES ? HEAD_LINES - 1 : rows - 1, columns);
	buffer_done(&visible);
	buffer_done(&text);
}

static void locate(struct top_screen *screen, size_t from)
{
	struct top_inspection *inspection = screen->inspection;
	struct buffer visible = { 0 };
	bool found = false;

	for (size_t line = from; line < inspection->line_count && !found; line++) {
		buffer_clear(&visible);
		put_visible(&visible, inspection, line);
		found = memmem(visible.at, visible.len, inspection->search, strlen(inspection->search)) != NULL;
		if (found)
			screen->list.first = line;
	}
	if (!found)
		top_screen_say(screen, "\"%s\" not found", inspection->search);
	buffer_done(&visible);
}

static void answered_locate(struct top_screen *screen, const char *answer)
{
	snprintf(screen->inspection->search, PROMPT_LENGTH, "%s", answer);
	if (answer[0])
		locate(screen, screen->list.first);
}

static void locate_next(struct top_screen *screen)
{
	if (screen->inspection->search[0])
		locate(screen, screen->list.first + 1);
	else
		top_screen_say(screen, "Locate next inactive, use \"L\"");
}

/* The keys of less do here what those of top do. */
static int meant(int key)
{
	switch (key) {
	case ' ':
		return KEY_PAGE_DOWN;
	case 'b':
		return KEY_PAGE_UP;
	case 'g':
		return KEY_TO_START;
	case 'G':
		return KEY_TO_END;
	case '/':
		return 'L';
	case 'n':
		return '&';
	default:
		return key;
	}
}

static void press_viewer(struct top_screen *screen, int key)
{
	struct top_inspection *inspection = screen->inspection;

	switch (meant(key)) {
	case 'q':
	case KEY_ESCAPE:
		top_inspect_end(inspection, NULL);
		screen->page = NULL;
		break;
	case KEY_RETURN:
		top_inspect_end(inspection, NULL);
		screen->page = &top_inspect_page;
		break;
	case '=':
		inspection->show_source = !inspection->show_source;
		break;
	case 'L':
		top_screen_ask(screen, answered_locate, "Locate string");
		break;
	case '&':
		locate_next(screen);
		break;
	case KEY_ARROW_LEFT:
		inspection->first_column -= inspection->first_column >= STEP ? STEP : inspection->first_column;
		break;
	case KEY_ARROW_RIGHT:
		inspection->first_column += STEP;
		break;
	default:
		list_scroll(&screen->list, meant(key));
	}
}

const struct top_page top_viewer_page = { draw_viewer, press_viewer };
