/* The filters of top, keys o and O: they look at the text that a cell shows, as top's do. */
#include <stdio.h>
#include <strings.h>

#include "tools/top.h"

enum { OPEN_WIDTH = 512 }; /* of a column that takes what is left */

const char *top_filter_parse(const struct top *top, const struct top_window *window, const char *text,
                             bool case_matters, struct top_filter *ret)
{
	static char wrong[TOP_FILTER_LENGTH + 64];
	struct top_filter filter = { .exclude = text[0] == '!', .case_matters = case_matters };
	const char *name = text + filter.exclude;
	size_t len = strcspn(name, "=<>");

	snprintf(wrong, sizeof wrong, "'%.*s' filter %s is missing", TOP_FILTER_LENGTH, text,
	         name[len] ? "value" : "delimiter");
	if (!name[len] || !name[len + 1])
		return wrong;
	int column = top_column_find(&top->columns, (struct span){ name, len });
	if (column < 0) {
		snprintf(wrong, sizeof wrong, "unrecognized field name '%.*s'",
		         len < TOP_FILTER_LENGTH ? (int)len : TOP_FILTER_LENGTH, name);
		return wrong;
	}
	filter.column = (uint8_t)column;
	filter.order = name[len];
	snprintf(filter.value, sizeof filter.value, "%s", name + len + 1);
	for (size_t i = 0; i < window->filter_count; i++)
		if (!memcmp(&window->filters[i], &filter, sizeof filter))
			return "duplicate filter was ignored";
	*ret = filter;
	return NULL;
}

void top_filter_put(struct buffer *buffer, const struct top *top, const struct top_filter *filter)
{
	buffer_format(buffer, "%s%s%c%s", filter->exclude ? "!" : "", top->columns.at[filter->column].header,
	              filter->order, filter->value);
}

/* The value as the column would show it, so that numbers of one length compare. */
static void justify(struct buffer *buffer, const struct column *column, const char *value)
{
	size_t len = strlen(value);

	if (!column_is_left(column) && len < column->width)
		buffer_fill(buffer, ' ', column->width - len);
	buffer_text(buffer, value);
}

bool top_filter_fits(const struct top *top, const struct top_frame *frame, const struct top_filter *filter, size_t row)
{
	const struct column *column = &top->columns.at[filter->column];
	struct cell_row cell = { .view = &frame->view, .row = row };
	struct buffer shown = { 0 }, value = { 0 };
	bool fits;

	column_put(&shown, column, column->width ? column->width : OPEN_WIDTH, &frame->style, &cell);
	justify(&value, column, filter->value);
	const char *text = buffer_cstr(&shown), *wanted = buffer_cstr(&value);
	if (filter->order == '=') {
		fits = (filter->case_matters ? strstr(text, filter->value) : strcasestr(text, filter->value)) != NULL;
	} else {
		int compared = filter->case_matters ? strcmp(text, wanted) : strcasecmp(text, wanted);
		fits = filter->order == '<' ? compared < 0 : compared > 0;
	}
	buffer_done(&shown);
	buffer_done(&value);
	return fits != filter->exclude;
}
