#include "tools/top_kept.h"

#include <stdlib.h>

/* Whether a cell of that field says the same as long as its row does: others go by the time, or by what was long ago.
 */
static bool is_steady(unsigned id)
{
	static const uint8_t steady[] = {
		TASK_cpu_percent, TASK_cpu_total_percent, TASK_cpu_total_ns,     TASK_rss_percent,
		TASK_used_bytes,  TASK_unshared_bytes,    TASK_minor_faults_new, TASK_major_faults_new,
	};

	return !field_derived(&task_fields[id]) || memchr(steady, (int)id, sizeof steady);
}

static bool are_steady(const struct top *top, const struct top_frame *frame, const struct top_layout *layout)
{
	for (size_t i = 0; i < layout->count; i++)
		if (!is_steady(column_field(&top->columns.at[layout->columns[i]], &frame->style)))
			return false;
	return !frame->branches && !layout->marked && !layout->shift;
}

static bool is_same_layout(const struct top_layout *a, const struct top_layout *b)
{
	return a->count == b->count && a->number == b->number &&
	       !memcmp(a->columns, b->columns, a->count * sizeof *a->columns) &&
	       !memcmp(a->widths, b->widths, a->count * sizeof *a->widths);
}

/* What lines are made with besides their rows: whether it is as it was. */
static bool learn(struct top_kept *kept, const struct top_layout *layout)
{
	const struct cell_style *style = &kept->frame->style;
	int64_t total = 0;

	view_machine(&kept->frame->view, MACHINE_mem_total_bytes, &total);
	bool same = is_same_layout(&kept->layout, layout) && kept->cpu_share == style->cpu_share &&
	            kept->cpu_most == style->cpu_most && kept->mem_total_bytes == total;
	kept->layout = *layout;
	kept->cpu_share = style->cpu_share;
	kept->cpu_most = style->cpu_most;
	kept->mem_total_bytes = total;
	return same;
}

void top_kept_begin(struct top_kept *kept, const struct top *top, const struct top_frame *frame, int64_t number,
                    const struct top_layout *layout, struct buffer *into, const char *last)
{
	const struct view *view = &frame->view;
	bool follows = kept->lines && kept->frame_number + 1 == number;

	kept->top = top;
	kept->frame = frame;
	kept->frame_number = number;
	kept->into = into;
	kept->last = last;
	kept->same_rows = view->before && snapshot_alike(view->now, view->before);
	kept->usable = learn(kept, layout) && follows;
	kept->fresh = top->iterations != 1 && are_steady(top, frame, layout) ?
	                      calloc(view->now->count + 1, sizeof *kept->fresh) :
	                      NULL;
}

static bool is_quiet(const struct top_kept *kept, size_t row)
{
	const struct view *view = &kept->frame->view;
	uint32_t old = view->match[row];

	return kept->same_rows && old != VIEW_NEW && snapshot_same_row(view->now, row, view->before, old);
}

/* The line of the last frame, where it is of a row that was as quiet; or nothing. */
static struct span line_before(const struct top_kept *kept, size_t row)
{
	uint32_t old = kept->frame->view.match[row];

	if (!kept->usable || old >= kept->count || !kept->lines[old].quiet)
		return (struct span){ 0 };
	return (struct span){ kept->last + kept->lines[old].at, kept->lines[old].len };
}

void top_kept_row_put(struct top_kept *kept, size_t index)
{
	struct buffer *into = kept->into;
	size_t row = kept->frame->rows[index], at = into->len;
	bool quiet = kept->fresh && is_quiet(kept, row);
	struct span line = quiet ? line_before(kept, row) : (struct span){ 0 };

	if (line.len) {
		buffer_add(into, line);
	} else {
		top_row_put(into, kept->top, kept->frame, &kept->layout, index);
		buffer_char(into, '\n');
	}
	if (kept->fresh && into->len <= UINT32_MAX)
		kept->fresh[row] = (struct kept_line){ (uint32_t)at, (uint32_t)(into->len - at), quiet };
}

void top_kept_end(struct top_kept *kept)
{
	free(kept->lines);
	kept->lines = kept->fresh;
	kept->count = kept->frame->view.now->count;
	kept->fresh = NULL;
}

void top_kept_done(struct top_kept *kept)
{
	free(kept->lines);
	free(kept->fresh);
	*kept = (struct top_kept){ 0 };
}
