/* The order of the rows: keys, the forest, threads behind their process. */
#include <errno.h>
#include <stdlib.h>

#include "model/order.h"
#include "model/tree.h"
#include "tools/ps_cells.h"

struct sorting {
	const struct ps_request *request;
	const struct view *view;
	uint32_t *rows; /* owned: count of them */
	size_t count;
	size_t all;                 /* rows of the view */
	struct order_value *values; /* owned: those of one row after the other */
	bool *descending;           /* owned */
	size_t keys;
	struct arena texts;
	struct buffer text;
};

static int copied_value(struct sorting *s, struct order_value *ret)
{
	struct span copy = arena_copy(&s->texts, buffer_span(&s->text));

	if (s->text.failed || (s->text.len && !copy.len))
		return -ENOMEM;
	*ret = (struct order_value){ .is = WORDS, .words = copy };
	return 0;
}

/* The arguments as they are shown. */
static int arguments_value(struct sorting *s, size_t row, struct order_value *ret)
{
	struct ps_row shown = { .request = s->request, .view = s->view, .at = row };

	buffer_clear(&s->text);
	ps_arguments_text(&shown, &s->text);
	return copied_value(s, ret);
}

/* A text as it is shown: what the terminal does not get to see does not count. */
static int shown_value(struct sorting *s, size_t row, const struct ps_column *column, struct order_value *ret)
{
	struct buffer text = { 0 };
	struct ps_row shown = { .request = s->request, .view = s->view, .at = row, .text = &text };

	buffer_clear(&s->text);
	column->cell(&shown, column->reads[0], PS_PAGE_MOST, &s->text);
	buffer_done(&text);
	return copied_value(s, ret);
}

/* Absent counts as what is shown for it: 0. */
static int field_value(struct sorting *s, size_t row, unsigned id, struct order_value *ret)
{
	*ret = (struct order_value){ .is = NUMBER };
	view_number(s->view, row, id, &ret->number);
	if (task_fields[id].unit == MASK)
		ret->number ^= INT64_MIN; /* masks have no sign */
	return 0;
}

static int value_of(struct sorting *s, size_t row, const struct ps_column *column, struct order_value *ret)
{
	switch (column->order) {
	case BY_FIRST:
		if (task_fields[column->reads[0]].kind == TEXT)
			return shown_value(s, row, column, ret);
		return field_value(s, row, column->reads[0], ret);
	case BY_ARGUMENTS:
		return arguments_value(s, row, ret);
	case BY_PID:
		return field_value(s, row, TASK_tgid, ret);
	case UNSORTED:
		break;
	}
	*ret = (struct order_value){ .is = NUMBER };
	return 0;
}

/* A forest has its children in order of their start, unless keys say otherwise. */
static bool forest_value(struct sorting *s, size_t row, size_t key, struct order_value *ret)
{
	if (s->request->forest == PS_NO_FOREST || key == 0)
		return s->request->forest != PS_NO_FOREST && field_value(s, row, TASK_ppid, ret) == 0;
	return !s->request->key_count && field_value(s, row, TASK_started_ns, ret) == 0;
}

static int sort_by_keys(struct sorting *s)
{
	bool forest = s->request->forest != PS_NO_FOREST;

	s->keys = s->request->key_count + forest + (forest && !s->request->key_count);
	s->values = calloc(s->all * s->keys + 1, sizeof *s->values);
	s->descending = calloc(s->keys + 1, sizeof *s->descending);
	if (!s->values || !s->descending)
		return -ENOMEM;
	for (size_t k = forest; k < s->request->key_count + forest; k++)
		s->descending[k] = s->request->keys[k - forest].descending;
	for (size_t row = 0; row < s->all; row++) {
		for (size_t k = 0; k < s->keys; k++) {
			struct order_value *value = &s->values[row * s->keys + k];
			if (forest && forest_value(s, row, k, value))
				continue;
			int r = value_of(s, row, s->request->keys[k - forest].column, value);
			if (r < 0)
				return r;
		}
	}
	return order_rows(s->rows, s->count, s->values, s->keys, s->descending);
}

/* Threads of one process by their start. */
static int sort_threads(struct sorting *s)
{
	static const bool ascending[2];

	s->values = calloc(s->all * 2 + 1, sizeof *s->values);
	if (!s->values)
		return -ENOMEM;
	for (size_t row = 0; row < s->all; row++) {
		field_value(s, row, TASK_tgid, &s->values[row * 2]);
		field_value(s, row, TASK_started_ns, &s->values[row * 2 + 1]);
	}
	return order_rows(s->rows, s->count, s->values, 2, ascending);
}

/* -q: in the order in which they were given. */
static int sort_as_given(struct sorting *s)
{
	static const bool ascending[1];

	s->values = calloc(s->all + 1, sizeof *s->values);
	if (!s->values)
		return -ENOMEM;
	for (size_t row = 0; row < s->all; row++) {
		int64_t pid = 0;
		view_number(s->view, row, TASK_tgid, &pid);
		const struct ps_list *list = s->request->lists;
		size_t at = 0;
		while (at < list->count && list->members[at].number != pid)
			at++;
		s->values[row] = (struct order_value){ .is = NUMBER, .number = (int64_t)at };
	}
	return order_rows(s->rows, s->count, s->values, 1, ascending);
}

/* Adds the branches in front of a row: what its forebears have beside them, then its own. */
static uint32_t add_art(struct buffer *art, struct buffer *open, size_t depth, bool last)
{
	uint32_t at = (uint32_t)art->len;

	open->len = depth ? depth - 1 : 0;
	if (depth) {
		buffer_add(art, buffer_span(open));
		buffer_char(art, last ? 'L' : '+');
		buffer_char(open, last ? ' ' : '|'); /* for those below */
	}
	buffer_char(art, '\0');
	return at;
}

/* Init adopts orphans: in art its children stand below it without a branch. */
static size_t depth_of(const struct sorting *s, const struct tree_row *tree, const struct tree_row *row)
{
	int64_t root = 0;
	size_t depth = row->depth;

	if (!depth || s->request->forest != PS_ART)
		return depth;
	while (row->parent != TREE_ROOT)
		row = &tree[row->parent];
	view_number(s->view, row->row, TASK_pid, &root);
	return root == 1 ? depth - 1 : depth;
}

/* The trees stand in the opposite order of their roots. */
static int plant(struct sorting *s, struct ps_lines_shown *ret)
{
	struct tree_row *tree;
	struct buffer open = { 0 };
	size_t at = 0;

	int r = tree_new(s->view, s->rows, s->count, &tree);
	if (r < 0)
		return r;
	for (size_t end = s->count; end > 0;) {
		size_t root = end - 1;
		while (root > 0 && tree[root].depth)
			root--;
		for (size_t i = root; i < end; i++) {
			uint32_t art = add_art(&ret->art, &open, depth_of(s, tree, &tree[i]), tree[i].last);
			ret->lines[at++] = (struct ps_line){ tree[i].row, art };
		}
		end = root;
	}
	free(tree);
	r = open.failed || ret->art.failed ? -ENOMEM : 0;
	buffer_done(&open);
	return r;
}

static int put_in_order(struct sorting *s, struct ps_lines_shown *ret)
{
	const struct ps_request *request = s->request;
	int r = 0;

	if (request->key_count || request->forest != PS_NO_FOREST)
		r = sort_by_keys(s);
	else if (request->threads == PS_BELOW_PROCESS)
		r = sort_threads(s);
	else if (request->lists && request->lists->by == BY_QUICK_PROCESS)
		r = sort_as_given(s);
	if (r < 0)
		return r;
	if (request->forest != PS_NO_FOREST)
		return plant(s, ret);
	for (size_t i = 0; i < s->count; i++)
		ret->lines[i] = (struct ps_line){ s->rows[i], UINT32_MAX };
	return 0;
}

static void take_known(struct sorting *s)
{
	int64_t known;

	for (size_t row = 0; row < s->all; row++)
		if (view_number(s->view, row, PS_PROOF, &known))
			s->rows[s->count++] = (uint32_t)row;
}

int ps_order_rows(const struct ps_request *request, const struct view *view, struct ps_lines_shown *ret)
{
	struct sorting s = { .request = request, .view = view, .all = view->now->count };
	int r = -ENOMEM;

	*ret = (struct ps_lines_shown){ 0 };
	ret->lines = calloc(s.all + 1, sizeof *ret->lines);
	s.rows = calloc(s.all + 1, sizeof *s.rows);
	if (ret->lines && s.rows) {
		take_known(&s);
		ret->count = s.count;
		r = put_in_order(&s, ret);
	}
	free(s.rows);
	free(s.values);
	free(s.descending);
	arena_done(&s.texts);
	buffer_done(&s.text);
	return r;
}

void ps_lines_done(struct ps_lines_shown *lines)
{
	free(lines->lines);
	buffer_done(&lines->art);
}
