/* The forest of top: parents with their children behind them, folded, or one family alone. */
#include <errno.h>
#include <stdlib.h>

#include "model/tree.h"
#include "tools/top.h"

struct top_task top_task_of(const struct view *view, size_t row)
{
	struct top_task task = { 0, -1 };

	view_number(view, row, TASK_pid, &task.pid);
	view_number(view, row, TASK_started_ns, &task.started_ns);
	return task;
}

size_t top_task_find(const struct top_task *tasks, size_t count, const struct view *view, size_t row)
{
	struct top_task task = top_task_of(view, row);

	for (size_t i = 0; i < count; i++)
		if (tasks[i].pid == task.pid && tasks[i].started_ns == task.started_ns)
			return i;
	return count;
}

/* One family: from `first` up to, but without, `end`. */
struct family {
	size_t first, end;
};

static struct family family_of(const struct tree_row *tree, size_t count, size_t first)
{
	size_t end = first + 1;

	while (end < count && tree[end].depth > tree[first].depth)
		end++;
	return (struct family){ first, end };
}

/* All of them; or the family of the task in focus while it is there. */
static struct family in_focus(const struct top_frame *frame, const struct top_window *window,
                              const struct tree_row *tree)
{
	for (size_t i = 0; window->focus.pid && i < frame->count; i++)
		if (!top_task_find(&window->focus, 1, &frame->view, tree[i].row))
			return family_of(tree, frame->count, i);
	return (struct family){ 0, frame->count };
}

static int64_t percent_of(const struct top_frame *frame, const struct tree_row *tree, struct family family)
{
	unsigned id = frame->style.children_time ? TASK_cpu_total_percent : TASK_cpu_percent;
	int64_t sum = 0, percent;

	for (size_t i = family.first + 1; i < family.end; i++)
		if (view_number(&frame->view, tree[i].row, id, &percent))
			sum += percent;
	return sum;
}

static void put_rows(struct top_frame *frame, const struct top_window *window, const struct tree_row *tree)
{
	struct family focus = in_focus(frame, window, tree);
	size_t total = frame->count, root = focus.first < total ? tree[focus.first].depth : 0;

	frame->count = 0;
	for (size_t i = focus.first; i < focus.end; i++) {
		struct top_branch *branch = &frame->branches[frame->count];
		struct family family = { i, i + 1 };
		if (window->folded_count && top_task_find(window->folded, window->folded_count, &frame->view,
		                                          tree[i].row) < window->folded_count)
			family = family_of(tree, total, i);
		*branch = (struct top_branch){ (uint16_t)(tree[i].depth - root), family.end > i + 1, 0 };
		if (branch->folded)
			branch->hidden_percent = percent_of(frame, tree, family);
		frame->rows[frame->count++] = tree[i].row;
		i = family.end - 1;
	}
}

/* Rows are by PID at first, and so are children. */
int top_forest_plant(struct top_frame *frame, const struct top_window *window)
{
	struct tree_row *tree;

	int r = tree_new(&frame->view, frame->rows, frame->count, &tree);
	if (r < 0)
		return r;
	frame->branches = calloc(frame->count + 1, sizeof *frame->branches);
	if (frame->branches)
		put_rows(frame, window, tree);
	free(tree);
	return frame->branches ? 0 : -ENOMEM;
}
