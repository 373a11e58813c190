#include "lab/lines.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "lab/words.h"
#include "render/figure.h"
#include "tools/top.h"

struct lines {
	struct top top;
	struct field_set fields;
};

int lines_new(struct lines **ret)
{
	struct lines *lines = calloc(1, sizeof *lines);
	struct request request;

	if (!lines)
		return -ENOMEM;
	top_columns_make(&lines->top.columns, 1 << 22, (size_t)sysconf(_SC_NPROCESSORS_CONF), 0);
	top_settings_classic(&lines->top.settings, &lines->top.columns);
	top_request(&lines->top, false, &request);
	lines->fields = request.fields;
	*ret = lines;
	return 0;
}

void lines_free(struct lines *lines)
{
	free(lines);
}

const struct field_set *lines_fields(const struct lines *lines)
{
	return &lines->fields;
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

void lines_put(struct buffer *buffer, const struct lines *lines, const struct trial *trial, size_t columns, size_t most)
{
	if (trial->moment_count > 0 && most >= 2)
		put_top(buffer, lines, trial, columns);
}
