/* Key Y of top: chooses what to look at of a task, and reads it. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>

#include "base/file.h"
#include "render/text.h"
#include "tools/screens/top_inspection.h"

/* What there is to see where the settings file names nothing. */
static const char usual[] = "pipe\tStatus\texpand -t 24 /proc/%d/status\n"
			    "file\tMemory\t/proc/%d/smaps_rollup\n"
			    "file\tMappings\t/proc/%d/maps\n"
			    "file\tLimits\t/proc/%d/limits\n"
			    "pipe\tOpen Files\tls -l /proc/%d/fd\n"
			    "pipe\tEnvironment\ttr '\\0' '\\n' </proc/%d/environ\n";

static bool read_entry(struct span line, struct inspect_entry *ret)
{
	struct span kind, name;

	if (!span_until(&line, '\t', &kind) || !span_until(&line, '\t', &name) || !line.len)
		return false;
	*ret = (struct inspect_entry){ span_is(kind, "pipe"), name, line };
	return span_is(kind, "pipe") || span_is(kind, "file");
}

static void read_entries(struct top_inspection *inspection, const char *text)
{
	struct span rest = span_of(text), line;

	while (span_line(&rest, &line)) {
		if (!line.len || line.at[0] == '#')
			continue;
		if (inspection->count < INSPECT_ENTRIES_MOST &&
		    read_entry(line, &inspection->entries[inspection->count]))
			inspection->count++;
		else
			inspection->misread++;
	}
}

void top_inspection_free(struct top_inspection *inspection)
{
	if (!inspection)
		return;
	top_inspect_end(inspection, NULL);
	buffer_done(&inspection->name);
	buffer_done(&inspection->output);
	free(inspection->lines);
	free(inspection);
}

void top_inspect_form(const struct top_inspection *inspection, struct buffer *buffer)
{
	struct span form = inspection->entries[inspection->at].form;

	for (; form.len; form = span_skip(form, 1)) {
		if (!span_starts(form, SPAN("%d"))) {
			buffer_char(buffer, form.at[0]);
			continue;
		}
		buffer_format(buffer, "%lld", (long long)inspection->pid);
		form = span_skip(form, 1);
	}
}

void top_inspect_end(struct top_inspection *inspection, const char *why)
{
	if (inspection->running)
		command_end(&inspection->command);
	inspection->running = false;
	inspection->ended = why;
}

static void fail(struct top_inspection *inspection, int r)
{
	buffer_format(&inspection->output, "Selection failed with: %s\n", strerror(-r));
	top_viewer_count(inspection, 0);
}

static void open_entry(struct top_screen *screen)
{
	struct top_inspection *inspection = screen->inspection;
	struct buffer form = { 0 };
	struct span bytes;
	int r;

	buffer_clear(&inspection->output);
	inspection->line_count = inspection->first_column = 0;
	inspection->ended = NULL;
	screen->list = (struct list){ 0 };
	screen->page = &top_viewer_page;
	top_inspect_form(inspection, &form);
	if (inspection->entries[inspection->at].is_command) {
		r = command_start(buffer_cstr(&form), &inspection->command);
		inspection->running = r == 0;
	} else {
		r = file_slurp(AT_FDCWD, buffer_cstr(&form), INSPECT_BYTES_MOST, &inspection->output, &bytes);
		top_viewer_count(inspection, 0);
	}
	if (r < 0)
		fail(inspection, r);
	buffer_done(&form);
}

int top_inspect_fd(const struct top_screen *screen)
{
	return screen->inspection && screen->inspection->running ? screen->inspection->command.fd : -1;
}

void top_inspect_read(struct top_screen *screen)
{
	struct top_inspection *inspection = screen->inspection;
	size_t from = inspection->output.len;

	ssize_t got = command_read(&inspection->command, &inspection->output);
	if (got == -EAGAIN)
		return;
	screen->redraw = true;
	if (got > 0)
		top_viewer_count(inspection, from);
	if (got <= 0)
		top_inspect_end(inspection, got < 0 ? strerror((int)-got) : NULL);
	else if (inspection->output.len > INSPECT_BYTES_MOST)
		top_inspect_end(inspection, "stopped: too long");
}

bool top_inspect_interrupt(struct top_screen *screen)
{
	if (top_inspect_fd(screen) < 0 || !screen_take_interrupt())
		return false;
	top_inspect_end(screen->inspection, "interrupted");
	screen->redraw = true;
	return true;
}

static void put_entries(struct buffer *text, const struct top_inspection *inspection, size_t columns)
{
	size_t used = sizeof "Options:  ", first = inspection->at;

	/* As many before the chosen one as leave it in sight. */
	used += text_width(inspection->entries[first].name, columns) + 3;
	while (first > 0 && used + text_width(inspection->entries[first - 1].name, columns) + 3 < columns)
		used += text_width(inspection->entries[--first].name, columns) + 3;
	buffer_text(text, "Options: ");
	for (size_t i = first; i < inspection->count; i++) {
		mark(text, i == inspection->at ? MARK_CHOSEN : MARK_PLAIN);
		buffer_char(text, ' ');
		text_put(text, inspection->entries[i].name, columns);
		buffer_char(text, ' ');
		mark(text, MARK_PLAIN);
		buffer_char(text, ' ');
	}
}

static void draw_inspect(struct top_screen *screen, int rows, int columns)
{
	const struct top_inspection *inspection = screen->inspection;
	struct buffer text = { 0 };
	struct span rest, line;

	buffer_format(&text, "Inspection Pause at: pid %lld, running ", (long long)inspection->pid);
	text_put(&text, buffer_span(&inspection->name), (size_t)columns);
	buffer_text(&text, "\nUse: left/right then <Enter> to select an option; 'q' or <Esc> to end!\n");
	put_entries(&text, inspection, (size_t)columns);
	buffer_char(&text, '\n');
	if (inspection->misread)
		buffer_format(&text,
		              "%zu lines of the settings file are no entries (type, name and form, with tabs "
		              "between them)\n",
		              inspection->misread);
	rest = buffer_span(&text);
	for (int row = 0; row < rows; row++)
		screen_line(row, span_line(&rest, &line) ? line : (struct span){ 0 }, MARK_PLAIN);
	buffer_done(&text);
}

static void press_inspect(struct top_screen *screen, int key)
{
	struct top_inspection *inspection = screen->inspection;

	switch (key) {
	case 'q':
	case KEY_ESCAPE:
		screen->page = NULL;
		break;
	case KEY_ARROW_LEFT:
		inspection->at = (inspection->at + inspection->count - 1) % inspection->count;
		break;
	case KEY_ARROW_RIGHT:
		inspection->at = (inspection->at + 1) % inspection->count;
		break;
	case KEY_RETURN:
		open_entry(screen);
	}
}

const struct top_page top_inspect_page = { draw_inspect, press_inspect };

static void name_task(struct top_screen *screen, int64_t pid, struct buffer *name)
{
	struct span comm;
	int64_t number;

	for (size_t row = 0; row < screen->feed.now.count; row++)
		if (snapshot_number(&screen->feed.now, row, TASK_pid, &number) && number == pid &&
		    snapshot_text(&screen->feed.now, row, TASK_comm, &comm)) {
			text_put(name, comm, SIZE_MAX);
			return;
		}
	buffer_text(name, "?");
}

static void answered_pid(struct top_screen *screen, const char *answer)
{
	struct top_inspection *inspection;

	if (!top_choose_pid(screen, answer))
		return;
	inspection = calloc(1, sizeof *inspection);
	if (!inspection) {
		top_screen_say(screen, "%s", strerror(ENOMEM));
		return;
	}
	top_inspection_free(screen->inspection);
	screen->inspection = inspection;
	inspection->pid = screen->pid;
	name_task(screen, screen->pid, &inspection->name);
	if (screen->top->inspect)
		read_entries(inspection, screen->top->inspect);
	if (!inspection->count)
		read_entries(inspection, usual);
	screen->page = &top_inspect_page;
}

void top_ask_inspect(struct top_screen *screen)
{
	if (!top_is_here(screen))
		return;
	screen->pid = top_first_task(screen).pid;
	top_screen_ask(screen, answered_pid, "inspect at PID [default pid = %lld]", (long long)screen->pid);
}
