/* The text at the bottom of top: all of what a column can only begin to show, of the first task that is seen. */
#include "render/text.h"
#include "tools/screens/top_screen.h"

static const char *const titles[] = {
	[PANEL_COMMAND_LINE] = "command line", [PANEL_ENVIRONMENT] = "environment",
	[PANEL_CGROUPS] = "control groups",    [PANEL_GROUPS] = "supplementary groups",
	[PANEL_NAMESPACES] = "namespaces",
};

static const struct {
	unsigned field;
	const char *name;
} namespaces[] = {
	{ TASK_ns_cgroup, "cgroup" }, { TASK_ns_ipc, "ipc" },   { TASK_ns_mnt, "mnt" },   { TASK_ns_net, "net" },
	{ TASK_ns_pid, "pid" },       { TASK_ns_time, "time" }, { TASK_ns_user, "user" }, { TASK_ns_uts, "uts" },
};

enum { NAMESPACES = sizeof namespaces / sizeof *namespaces };

static unsigned field_of(enum top_panel panel)
{
	switch (panel) {
	case PANEL_ENVIRONMENT:
		return TASK_environ;
	case PANEL_CGROUPS:
		return TASK_cgroup;
	case PANEL_GROUPS:
		return TASK_group_names;
	default:
		return TASK_cmdline;
	}
}

void top_panel_want(enum top_panel panel, struct request *request)
{
	if (panel == PANEL_NONE || panel == PANEL_MESSAGES)
		return;
	request_field(request, &request->details, TASK_comm);
	if (panel != PANEL_NAMESPACES)
		request_field(request, &request->details, field_of(panel));
	for (size_t i = 0; panel == PANEL_NAMESPACES && i < NAMESPACES; i++)
		request_field(request, &request->details, namespaces[i].field);
}

void top_open_panel(struct top_screen *screen, enum top_panel panel)
{
	screen->panel = screen->panel == panel ? PANEL_NONE : panel;
	screen->panel_at = 0;
	top_screen_changed(screen);
}

void top_panel_next(struct top_screen *screen, int step)
{
	if (screen->panel == PANEL_NONE)
		top_screen_say(screen, "Unknown command - try 'h' for help");
	else
		screen->panel_at += (size_t)step; /* the drawing makes it fit */
}

/* What follows, word by word; each ends with a NUL byte. */
static void collect_namespaces(struct buffer *words, const struct view *view, size_t row)
{
	for (size_t i = 0; i < NAMESPACES; i++) {
		int64_t inode;
		if (!view_number(view, row, namespaces[i].field, &inode))
			continue;
		buffer_format(words, "%s: %lld", namespaces[i].name, (long long)inode);
		buffer_char(words, '\0');
	}
}

/* The parts of a text between marks, which may hold any other byte. */
static void collect_parts(struct buffer *words, struct span text, char mark)
{
	struct span word;

	while (span_until(&text, mark, &word)) {
		buffer_add(words, word);
		buffer_char(words, '\0');
	}
	if (text.len) {
		buffer_add(words, text);
		buffer_char(words, '\0');
	}
}

static void collect(struct buffer *words, struct top_screen *screen, const struct view *view, size_t row)
{
	struct span text = { 0 };

	if (screen->panel == PANEL_NAMESPACES) {
		collect_namespaces(words, view, row);
		return;
	}
	if (!view_text(view, row, field_of(screen->panel), &text))
		return;
	collect_parts(words, text, screen->panel == PANEL_CGROUPS ? '\n' : screen->panel == PANEL_GROUPS ? ',' : '\0');
}

static void collect_messages(struct buffer *words, const struct top_screen *screen)
{
	for (size_t i = 0; i < screen->message_count; i++) {
		buffer_text(words, screen->messages[i]);
		buffer_char(words, '\0');
	}
}

/* Words on lines that are full. */
struct lines {
	struct buffer *buffer;
	size_t columns, used, count; /* count: lines that have ended */
};

static void end_line(struct lines *lines)
{
	buffer_char(lines->buffer, '\n');
	lines->count++;
	lines->used = 0;
}

/* A word of any bytes, broken where a line ends; one that fits whole into the next line goes there. */
static void put_word(struct lines *lines, struct span word, const char *behind, bool stands_out)
{
	struct buffer safe = { 0 };

	text_put(&safe, word, SIZE_MAX);
	buffer_text(&safe, behind);
	struct span rest = buffer_span(&safe);
	size_t width = text_width(rest, lines->columns + 1);
	if (lines->used && lines->used + width > lines->columns && width <= lines->columns)
		end_line(lines);
	while (rest.len) {
		if (lines->used >= lines->columns)
			end_line(lines);
		if (stands_out)
			mark(lines->buffer, MARK_CHOSEN);
		size_t start = lines->buffer->len;
		lines->used += text_put(lines->buffer, rest, lines->columns - lines->used);
		size_t put = lines->buffer->len - start;
		if (stands_out)
			mark(lines->buffer, MARK_PLAIN);
		rest = span_skip(rest, put);
		if (!put) /* a wide character in a narrow column */
			break;
	}
	buffer_done(&safe);
}

static size_t count_words(struct span words)
{
	struct span word;
	size_t count = 0;

	while (span_until(&words, '\0', &word))
		count++;
	return count;
}

/* All lines, and which of them has the word that stands out. */
static size_t fill_lines(struct top_screen *screen, struct buffer *buffer, struct span words, size_t columns,
                         size_t *ret_chosen)
{
	const char *between = screen->panel == PANEL_COMMAND_LINE || screen->panel == PANEL_ENVIRONMENT ? " " : ", ";
	struct lines lines = { buffer, columns, 0, 0 };
	size_t count = count_words(words), at = 0;
	struct span word;

	if (screen->panel_at > count) /* round and round; the step back from 0 is a huge number */
		screen->panel_at = screen->panel_at == count + 1 ? 0 : count;
	if (!count)
		buffer_text(buffer, screen->panel == PANEL_MESSAGES ? "none" : "n/a");
	*ret_chosen = 0;
	while (span_until(&words, '\0', &word)) {
		put_word(&lines, word, words.len ? between : "", ++at == screen->panel_at);
		if (at == screen->panel_at)
			*ret_chosen = lines.count;
	}
	end_line(&lines);
	return lines.count;
}

/* Those lines that fit, the one with the word that stands out among them. */
static void put_lines(struct buffer *buffer, struct span all, size_t chosen, size_t most)
{
	size_t first = chosen < most ? 0 : chosen - most + 1;
	struct span line;

	for (size_t i = 0; i < first + most && span_line(&all, &line); i++)
		if (i >= first) {
			buffer_add(buffer, line);
			buffer_char(buffer, '\n');
		}
}

static void put_title(struct buffer *buffer, const struct view *view, size_t row, enum top_panel panel, size_t columns)
{
	struct buffer title = { 0 };
	struct span name = { 0 };
	int64_t pid = 0;

	view_number(view, row, TASK_pid, &pid);
	view_text(view, row, TASK_comm, &name);
	buffer_format(&title, "%s for pid %lld, ", titles[panel], (long long)pid);
	buffer_add(&title, name);
	text_put(buffer, buffer_span(&title), columns);
	buffer_done(&title);
}

void top_panel_put(struct top_screen *screen, struct buffer *buffer, size_t columns, size_t lines)
{
	const struct top_frame *frame = top_screen_frame(screen);
	size_t first = top_pane(screen)->first_row;
	struct buffer words = { 0 }, text = { 0 };
	size_t chosen;

	if (screen->panel == PANEL_NONE || !frame || !lines)
		return;
	mark(buffer, MARK_HEAD);
	if (screen->panel == PANEL_MESSAGES) {
		buffer_format(buffer, "message log, last %d messages:", TOP_MESSAGES);
		collect_messages(&words, screen);
	} else if (first < frame->count) {
		put_title(buffer, &frame->view, frame->rows[first], screen->panel, columns);
		collect(&words, screen, &frame->view, frame->rows[first]);
	} else {
		buffer_format(buffer, "%s: no task", titles[screen->panel]);
	}
	size_t count = fill_lines(screen, &text, buffer_span(&words), columns, &chosen);
	if (count > lines - 1)
		buffer_format(buffer, " (%zu lines of %zu, Tab goes on)", lines - 1, count);
	mark(buffer, MARK_PLAIN);
	buffer_char(buffer, '\n');
	put_lines(buffer, buffer_span(&text), chosen, lines - 1);
	buffer_done(&words);
	buffer_done(&text);
}
