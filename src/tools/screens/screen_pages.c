/* Pages of text in the vires screen: how they scroll, are searched and cut down, and the short ones. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "analysis/ledger.h"
#include "collect/file_locks.h"
#include "collect/open_files.h"
#include "render/number.h"
#include "render/text.h"
#include "tools/screens/screen_show.h"

static void count_lines(struct screen_show *show)
{
	struct span rest = buffer_span(&show->text), line;

	show->scroll.count = 0;
	while (span_line(&rest, &line))
		show->scroll.count++;
}

/* Only lines that hold what F4 asks for. */
static void cut_down(struct screen_show *show)
{
	struct buffer kept = { 0 };
	struct span rest = buffer_span(&show->text), line;

	if (!show->page_filter[0])
		return;
	while (span_line(&rest, &line))
		if (filter_has(line, span_of(show->page_filter))) {
			buffer_add(&kept, line);
			buffer_char(&kept, '\n');
		}
	buffer_done(&show->text);
	show->text = kept;
}

void page_fill(struct screen_show *show, size_t columns)
{
	int rows, width;

	screen_size(&rows, &width);
	buffer_clear(&show->text);
	show->page->fill(show, columns < (size_t)width ? columns : (size_t)width);
	cut_down(show);
	count_lines(show);
	show->redraw = true;
}

void page_open(struct screen_show *show, const struct screen_page *page)
{
	show->page = page;
	show->scroll = (struct list){ 0 };
	show->page_filter[0] = '\0';
	page_fill(show, SIZE_MAX);
}

static void put_keys(const struct screen_show *show, struct buffer *line)
{
	static const char *const keys[][2] = {
		{ "F3", "Search" }, { "F4", "Filter" }, { "F5", "Refresh" }, { "Esc", "Back" }
	};

	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		mark(line, MARK_KEY);
		buffer_text(line, keys[i][0]);
		mark(line, MARK_CHOSEN);
		buffer_text(line, keys[i][1]);
		mark(line, MARK_PLAIN);
		buffer_char(line, ' ');
	}
	if (show->page->keys)
		buffer_text(line, show->page->keys);
}

static void draw_bottom(struct screen_show *show, int row, int columns)
{
	struct buffer line = { 0 };

	if (show->asking) {
		size_t cursor = prompt_put(&show->prompt, &line, (size_t)columns);
		screen_cursor(row, (int)cursor);
	} else if (show->message.len) {
		mark(&line, MARK_MESSAGE);
		text_put(&line, buffer_span(&show->message), (size_t)columns);
	} else {
		put_keys(show, &line);
	}
	screen_line(row, buffer_span(&line), MARK_PLAIN);
	buffer_done(&line);
}

void page_draw(struct screen_show *show, int rows, int columns)
{
	struct span rest = buffer_span(&show->text), line;
	struct buffer title = { 0 };
	int row = 0, bottom = rows > 3 ? 1 : 0;

	if (rows > 2) {
		buffer_format(&title, " %s", show->page->title);
		if (show->page_filter[0])
			buffer_format(&title, "   (lines with '%s')", show->page_filter);
		screen_line(row++, buffer_span(&title), MARK_HEAD);
	}
	show->scroll.height = (size_t)(rows - row - bottom);
	list_scroll(&show->scroll, KEY_NONE);
	for (size_t i = 0; i < show->scroll.first; i++)
		span_line(&rest, &line);
	for (; row < rows - bottom; row++) {
		if (!span_line(&rest, &line))
			line = (struct span){ 0 };
		screen_line(row, line, MARK_PLAIN);
	}
	if (bottom)
		draw_bottom(show, rows - 1, columns);
	buffer_done(&title);
}

static void typed_search(struct screen_show *show, const char *text)
{
	struct span rest = buffer_span(&show->text), line;

	for (size_t i = 0; text[0] && span_line(&rest, &line); i++)
		if (i >= show->scroll.first && filter_has(line, span_of(text))) {
			show->scroll.first = i;
			return;
		}
}

static void answered_search(struct screen_show *show, const char *text)
{
	if (text)
		typed_search(show, text);
}

static void typed_filter(struct screen_show *show, const char *text)
{
	snprintf(show->page_filter, sizeof show->page_filter, "%s", text);
	show->scroll.first = 0;
	page_fill(show, SIZE_MAX);
}

static void answered_filter(struct screen_show *show, const char *text)
{
	typed_filter(show, text ? text : "");
}

void page_key(struct screen_show *show, int key)
{
	if (key == 'q' || key == KEY_ESCAPE || key == KEY_FUNCTION + 10) {
		show->page = NULL;
		process_close(show);
	} else if (show->page->press && show->page->press(show, key)) {
		return;
	} else if (key == KEY_FUNCTION + 3 || key == '/') {
		show_ask(show, typed_search, answered_search, "Search:");
	} else if (key == KEY_FUNCTION + 4 || key == '\\') {
		show_ask(show, typed_filter, answered_filter, "Filter:");
	} else if (key == KEY_FUNCTION + 5 || key == CTRL('L')) {
		page_fill(show, SIZE_MAX);
	} else {
		list_scroll(&show->scroll, key == KEY_WHEEL_UP   ? KEY_ARROW_UP :
		                           key == KEY_WHEEL_DOWN ? KEY_ARROW_DOWN :
		                                                   key);
	}
}

/* Some more of the one process that the page is about, read now, with a source of its own. */
static bool look(struct screen_show *show, unsigned id, struct snapshot *ret)
{
	struct request request = { .tasks = true, .pids = &show->subject.pid, .pid_count = 1 };
	struct source *source;
	struct screen_who who = { -1, -1 };

	request_field(&request, &request.fields, id);
	request_field(&request, &request.fields, TASK_started_ns);
	if (place_open(&(struct place){ show->call->shared.place.root, "proc" }, false, &source) < 0)
		return false;
	int r = source_take(source, &request, ret);
	source_free(source);
	if (r < 0)
		return false;
	if (ret->count && snapshot_number(ret, 0, TASK_started_ns, &who.started_ns) &&
	    who.started_ns == show->subject.started_ns)
		return true;
	snapshot_done(ret);
	return false;
}

static bool about_cursor(struct screen_show *show, const struct screen_page *page)
{
	if (!show_under_cursor(show, &show->subject)) {
		show_say(show, "No single process is under the cursor");
		return false;
	}
	page_open(show, page);
	return true;
}

/* Each NUL-ended word on a line of its own. */
static void fill_environment(struct screen_show *show, size_t columns)
{
	struct snapshot now;
	struct span words = { 0 }, word;

	if (!look(show, TASK_environ, &now)) {
		buffer_text(&show->text, "The process has ended.\n");
		return;
	}
	if (!snapshot_text(&now, 0, TASK_environ, &words))
		buffer_text(&show->text, "Could not read its environment: not permitted, or it has none.\n");
	while (words.len) {
		if (!span_until(&words, '\0', &word)) {
			word = words;
			words.len = 0;
		}
		text_put(&show->text, word, SIZE_MAX);
		buffer_char(&show->text, '\n');
	}
	snapshot_done(&now);
	(void)columns;
}

static int add_file(void *context, int number, struct span target)
{
	struct screen_show *show = context;

	mark(&show->text, MARK_VALUE);
	buffer_format(&show->text, "%6d ", number);
	mark(&show->text, MARK_PLAIN);
	text_put(&show->text, target.len ? target : SPAN("-"), SIZE_MAX);
	buffer_char(&show->text, '\n');
	return 0;
}

static void fill_files(struct screen_show *show, size_t columns)
{
	int r = open_files_walk(show->call->shared.place.root, show->subject.pid, add_file, show);

	if (r < 0)
		buffer_format(&show->text, "Could not read its open files: %s\n", strerror(-r));
	else if (show->text.len == 0)
		buffer_text(&show->text, "It has no open files.\n");
	(void)columns;
}

static void add_lock(void *context, const struct file_lock *lock, struct span path)
{
	struct screen_show *show = context;

	mark(&show->text, MARK_VALUE);
	text_cell(&show->text, lock->access, 5, false);
	mark(&show->text, MARK_PLAIN);
	buffer_char(&show->text, ' ');
	text_cell(&show->text, lock->kind, 6, false);
	buffer_format(&show->text, " %s  bytes %lld to ", lock->waits ? "waits" : "held ", (long long)lock->start);
	if (lock->end < 0)
		buffer_text(&show->text, "the end");
	else
		buffer_format(&show->text, "%lld", (long long)lock->end);
	buffer_text(&show->text, "  ");
	if (path.len)
		text_put(&show->text, path, SIZE_MAX);
	else
		buffer_format(&show->text, "inode %lld of device %lld:%lld", (long long)lock->inode,
		              (long long)lock->device_major, (long long)lock->device_minor);
	buffer_char(&show->text, '\n');
}

static void fill_locks(struct screen_show *show, size_t columns)
{
	int r = show->call->shared.place.root ? -EOPNOTSUPP : file_locks_walk(show->subject.pid, add_lock, show);

	if (r < 0)
		buffer_format(&show->text, "Could not read its locks: %s\n",
		              r == -EOPNOTSUPP ? "this is a captured machine" : strerror(-r));
	else if (show->text.len == 0)
		buffer_text(&show->text, "It holds no locks on files, and waits for none.\n");
	(void)columns;
}

static void fill_command(struct screen_show *show, size_t columns)
{
	struct buffer command = { 0 }, safe = { 0 };
	uint32_t row;

	if (!show_row_of(show, show->subject, &row)) {
		buffer_text(&show->text, "The process has ended.\n");
		return;
	}
	screen_command_put(&command, show->call, &show->frame.view, row);
	text_put(&safe, buffer_span(&command), SIZE_MAX);
	struct span rest = buffer_span(&safe);
	/* Wrapped where the line ends: a word may be longer than the screen. */
	while (rest.len && columns > 1) {
		size_t start = show->text.len;
		text_put(&show->text, rest, columns);
		size_t len = show->text.len - start;
		buffer_char(&show->text, '\n');
		if (len == 0)
			break;
		rest = span_skip(rest, len);
	}
	buffer_done(&command);
	buffer_done(&safe);
}

static void put_sources(struct buffer *buffer, const struct field *field, uint64_t *done)
{
	if (!field_derived(field) && !(*done >> field->from & 1)) {
		*done |= UINT64_C(1) << field->from;
		buffer_format(buffer, " %s", field_sources[field->from].file);
	}
	for (size_t i = 0; i < field->need_count; i++)
		put_sources(buffer, &task_fields[field->needs[i]], done);
}

static void put_column(struct buffer *out, const struct screen_column *column, size_t columns)
{
	const struct field *field = &task_fields[column->column.id];
	uint64_t done = UINT64_C(1) << FROM_LISTING;
	struct buffer text = { 0 };

	if (column->parts) {
		buffer_format(&text,
		              "%s: RES as a bar of anonymous, shared and file memory; the longest bar is the largest "
		              "process. From /proc/PID/status.\n",
		              column->column.header);
	} else {
		buffer_format(&text, "%s (%s): %s From", column->column.header, field->name, field->meaning);
		size_t start = text.len;
		put_sources(&text, field, &done);
		buffer_text(&text, text.len == start ? " /proc.\n" : ".\n");
	}
	text_wrap(out, buffer_span(&text), columns, 4);
	buffer_char(out, '\n');
	buffer_done(&text);
}

/* All RAM in its parts, and what other tools would call used on the same machine. */
static void put_ledger(struct buffer *out, const struct machine *machine, size_t columns)
{
	struct ledger_claim claims[LEDGER_CLAIMS];
	struct buffer text = { 0 };
	struct ledger ledger;

	if (ledger_make(machine, &ledger) < 0)
		return;
	buffer_text(&text, "RAM, in parts that add up:\n");
	for (size_t i = 0; i < ledger.count; i++) {
		const struct ledger_part *part = &ledger.parts[i];
		if (part->bytes == 0)
			continue;
		size_t start = text.len;
		number_size(&text, part->bytes);
		buffer_right(&text, start, 8);
		buffer_format(&text, "  %s%s. %s\n", part->title, part->reclaimable ? " (can be given back)" : "",
		              part->meaning);
	}
	buffer_text(&text, "\nWhat others call used here:\n");
	size_t count = ledger_claims(machine, claims);
	for (size_t i = 0; i < count; i++) {
		size_t start = text.len;
		number_size(&text, claims[i].bytes);
		buffer_right(&text, start, 8);
		buffer_format(&text, "  %s: %s\n", claims[i].tool, claims[i].formula);
	}
	text_wrap(out, buffer_span(&text), columns, 10);
	buffer_done(&text);
}

static void fill_columns(struct screen_show *show, size_t columns)
{
	const struct screen_tab *tab = screen_tab_of(&show->call->settings);

	for (size_t i = 0; i < tab->count; i++)
		put_column(&show->text, &show->call->columns.at[tab->shown[i]], columns);
	if (show->feed.samples)
		put_ledger(&show->text, &show->feed.now.machine, columns);
}

static const struct screen_page environment_page = { .title = "Environment, as it was when the program began",
	                                             .fill = fill_environment };
static const struct screen_page files_page = { .title = "Open files", .fill = fill_files };
static const struct screen_page locks_page = { .title = "Locks on files", .fill = fill_locks };
static const struct screen_page command_page = { .title = "Command", .fill = fill_command };
static const struct screen_page columns_page = { .title = "What the columns and the header mean",
	                                         .fill = fill_columns };

void pages_environment(struct screen_show *show)
{
	about_cursor(show, &environment_page);
}

void pages_files(struct screen_show *show)
{
	about_cursor(show, &files_page);
}

void pages_locks(struct screen_show *show)
{
	about_cursor(show, &locks_page);
}

void pages_command(struct screen_show *show)
{
	about_cursor(show, &command_page);
}

void pages_columns(struct screen_show *show)
{
	page_open(show, &columns_page);
}
