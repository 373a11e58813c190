#include "lab/lines.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "render/figure.h"
#include "render/text.h"
#include "tools/sar.h"
#include "tools/top.h"

struct lines {
	struct top top;
	struct request request;
	/* of the largest mapping */
	char line[160];
	int64_t bytes;
};

static void want(struct request *request, enum sar_view_id id)
{
	for (size_t i = 0; i < sar_views[id].column_count; i++)
		request_machine(request, sar_views[id].columns[i].id);
}

int lines_new(struct lines **ret)
{
	struct lines *lines = calloc(1, sizeof *lines);

	if (!lines)
		return -ENOMEM;
	top_columns_make(&lines->top.columns, 1 << 22, (size_t)sysconf(_SC_NPROCESSORS_CONF), 0);
	top_settings_classic(&lines->top.settings, &lines->top.columns);
	top_request(&lines->top, false, &lines->request);
	want(&lines->request, SAR_MEMORY);
	want(&lines->request, SAR_PAGING);
	*ret = lines;
	return 0;
}

void lines_free(struct lines *lines)
{
	free(lines);
}

const struct request *lines_request(const struct lines *lines)
{
	return &lines->request;
}

void lines_forget(struct lines *lines)
{
	lines->line[0] = '\0';
}

/* A line as /proc/PID/maps has it. */
static int consider(void *context, const struct mapping *mapping)
{
	struct lines *lines = context;
	struct buffer line = { 0 };

	if (!mapping_has(mapping, size_bytes) || mapping->size_bytes <= lines->bytes || mapping->perms.len < 4 ||
	    mapping->perms.at[1] != 'w' || mapping->inode != 0)
		return 0;
	lines->bytes = mapping->size_bytes;
	buffer_hex(&line, (uint64_t)mapping->start, 12);
	buffer_char(&line, '-');
	buffer_hex(&line, (uint64_t)mapping->end, 12);
	buffer_char(&line, ' ');
	text_put(&line, mapping->perms, 4);
	buffer_text(&line, " 00000000 00:00 0   ");
	if (mapping_has(mapping, name))
		text_put(&line, mapping->name, 40);
	snprintf(lines->line, sizeof lines->line, "%s", buffer_cstr(&line));
	buffer_done(&line);
	return 0;
}

void lines_look(struct lines *lines, struct source *source, int64_t pid)
{
	struct field_set wanted = { 0 };
	static const uint8_t ids[] = { MAPPING_start, MAPPING_end,        MAPPING_perms,
		                       MAPPING_inode, MAPPING_size_bytes, MAPPING_name };

	for (size_t i = 0; i < sizeof ids; i++)
		field_set_add(&wanted, ids[i]);
	lines->bytes = 0;
	source_mappings(source, pid, &wanted, consider, lines);
}

/* A heading says which tool prints it; then its lines. */
static void put_heading(struct buffer *buffer, const char *tool, struct buffer *line, size_t columns)
{
	size_t used = marked_put(buffer, buffer_span(line), columns);

	if (used + strlen(tool) + 4 < columns) {
		buffer_fill(buffer, ' ', columns - used - strlen(tool) - 2);
		buffer_format(buffer, "(%s)", tool);
	}
	buffer_char(buffer, '\n');
	buffer_clear(line);
}

/* The moment of the same process before the last one: what rates are against. */
static const struct moment *before_of(const struct trial *trial)
{
	const struct moment *last = &trial->moments[trial->moment_count - 1];

	for (size_t i = trial->moment_count - 1; i-- > 0;)
		if (trial->moments[i].pid == last->pid)
			return &trial->moments[i];
	return NULL;
}

static void put_top(struct buffer *buffer, const struct lines *lines, const struct trial *trial, size_t columns)
{
	const struct moment *now = &trial->moments[trial->moment_count - 1], *before = before_of(trial);
	struct watch watch = { 0 };
	struct top_frame frame;
	struct top_layout layout;
	struct buffer line = { 0 };

	if (top_frame_init(&frame, &lines->top, 0, &now->snapshot, before ? &before->snapshot : NULL, &watch) < 0)
		return;
	top_layout_make(&layout, &lines->top, 0, 0, 0, columns);
	top_header_put(&line, &lines->top, &layout);
	put_heading(buffer, "top", &line, columns);
	if (frame.count > 0) {
		top_row_put(&line, &lines->top, &frame, &layout, 0);
		marked_put(buffer, buffer_span(&line), columns);
		buffer_char(buffer, '\n');
	}
	buffer_done(&line);
	top_frame_done(&frame);
}

/* A heading of sar's and the line below it, without the time in front. */
static void put_sar(struct buffer *buffer, const struct trial *trial, enum sar_view_id id, const char *tool,
                    size_t columns)
{
	enum { WIDTH = 9 };
	const struct sar_view *of = &sar_views[id];
	const struct moment *now = &trial->moments[trial->moment_count - 1];
	const struct snapshot *before = trial->moment_count > 1 ? &now[-1].snapshot : NULL;
	struct figure_style style;
	struct buffer head = { 0 }, line = { 0 };
	struct view view;
	int64_t value;

	if (view_init(&view, &now->snapshot, before, NULL) < 0)
		return;
	const struct sar_item item = { .view = &view, .of = of };
	figure_style_init(&style);
	for (size_t i = 0; i < of->column_count; i++) {
		if (!of->columns[i].title)
			continue;
		buffer_format(&head, " %*s", WIDTH, of->columns[i].title);
		if (sar_value(&item, &of->columns[i], &value))
			figure_put(&line, &style, of->columns[i].figure, WIDTH, value);
		else
			figure_put_word(&line, &style, COLOUR_NUMBER, WIDTH, SPAN("-"));
	}
	put_heading(buffer, tool, &head, columns);
	marked_put(buffer, buffer_span(&line), columns);
	buffer_char(buffer, '\n');
	buffer_done(&head);
	buffer_done(&line);
	view_done(&view);
}

void lines_put(struct buffer *buffer, const struct lines *lines, const struct trial *trial, size_t columns, size_t most)
{
	if (trial->moment_count == 0 || most < 2)
		return;
	put_top(buffer, lines, trial, columns);
	if (most >= 3 && lines->line[0]) {
		struct buffer line = { 0 };
		buffer_text(&line, lines->line);
		put_heading(buffer, "maps", &line, columns);
		buffer_done(&line);
	}
	if (most >= 5)
		put_sar(buffer, trial, SAR_MEMORY, "sar -r", columns);
	if (most >= 7)
		put_sar(buffer, trial, SAR_PAGING, "sar -B", columns);
}
