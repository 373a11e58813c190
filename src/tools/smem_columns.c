/* The columns of vires smem, its rows as they are found, and their order. */
#include <errno.h>
#include <stdlib.h>

#include "render/text.h"
#include "tools/smem.h"

static bool find(const struct smem_view *view, struct span name, unsigned *ret)
{
	for (unsigned i = 0; i < view->column_count; i++) {
		if (span_is(name, view->columns[i].name)) {
			*ret = i;
			return true;
		}
	}
	return false;
}

static int by_name(const void *a, const void *b)
{
	return strcmp((*(const struct smem_column *const *)a)->name, (*(const struct smem_column *const *)b)->name);
}

/* What there is, on stdout, as the old tool says it. */
static int list_columns(struct smem *smem, const char *what, struct span unknown)
{
	const struct smem_column *columns[SMEM_COLUMNS_MOST];
	struct buffer out = { 0 };

	for (size_t i = 0; i < smem->view->column_count; i++)
		columns[i] = &smem->view->columns[i];
	qsort(columns, smem->view->column_count, sizeof *columns, by_name);
	buffer_text(&out, what);
	text_put(&out, unknown, SIZE_MAX);
	buffer_text(&out, "\nknown fields:\n");
	for (size_t i = 0; i < smem->view->column_count; i++)
		buffer_format(&out, "%-8s %s\n", columns[i]->name, columns[i]->meaning);
	say(smem->tool, &out);
	buffer_done(&out);
	return 255;
}

static int choose_shown(struct smem *smem)
{
	struct span rest = span_of(smem->columns && *smem->columns ? smem->columns : smem->view->shown), word;
	struct buffer unknown = { 0 };
	int status = GO_ON;
	unsigned column;

	while (span_word(&rest, &word)) {
		if (!find(smem->view, word, &column)) {
			buffer_text(&unknown, unknown.len ? " " : "");
			buffer_add(&unknown, word);
		} else if (smem->shown_count < SMEM_COLUMNS_MOST) {
			smem->shown[smem->shown_count++] = column;
		} else {
			status = complain(smem->tool, 255, "at most %d columns", SMEM_COLUMNS_MOST);
		}
	}
	if (unknown.len)
		status = list_columns(smem, "unknown fields: ", buffer_span(&unknown));
	buffer_done(&unknown);
	return status;
}

int smem_choose_columns(struct smem *smem)
{
	const char *sort = smem->sort ? smem->sort : smem->view->sort;

	if (!find(smem->view, span_of(sort), &smem->sorted_by))
		return list_columns(smem, "unknown field ", span_of(sort));
	int status = choose_shown(smem);
	if (status != GO_ON || !smem->label)
		return status;
	if (!find(smem->view, span_of(smem->label), &smem->shown[smem->shown_count]))
		return list_columns(smem, "unknown fields: ", span_of(smem->label));
	smem->shown_count++;
	return GO_ON;
}

bool smem_uses(const struct smem *smem, const char *name)
{
	bool used = !strcmp(smem->view->columns[smem->sorted_by].name, name);

	for (size_t i = 0; i < smem->shown_count; i++)
		used |= !strcmp(smem->view->columns[smem->shown[i]].name, name);
	return used;
}

struct order_value *smem_row(struct smem *smem)
{
	size_t columns = smem->view->column_count;

	if (smem->rows == smem->capacity) {
		size_t capacity = smem->capacity ? smem->capacity * 2 : 64;
		struct order_value *cells = reallocarray(smem->cells, capacity * columns, sizeof *cells);
		if (!cells)
			return NULL;
		smem->cells = cells;
		smem->capacity = capacity;
	}
	struct order_value *row = &smem->cells[smem->rows++ * columns];
	for (size_t i = 0; i < columns; i++)
		row[i] = (struct order_value){ .is = ABSENT };
	return row;
}

struct order_value smem_words(struct smem *smem, struct span text)
{
	struct span copy = arena_copy(&smem->texts, text);

	return (struct order_value){ .is = copy.at ? WORDS : ABSENT, .words = copy };
}

const struct order_value *smem_cell(const struct smem *smem, size_t row, unsigned column)
{
	return &smem->cells[row * smem->view->column_count + column];
}

/* By the wanted column; rows that are equal there by what is shown, from the left. */
int smem_sort(struct smem *smem)
{
	size_t keys = smem->shown_count + 1;
	bool descending[SMEM_COLUMNS_MOST + 2];
	struct order_value *values = reallocarray(NULL, smem->rows * keys + 1, sizeof *values);

	smem->order = reallocarray(NULL, smem->rows + 1, sizeof *smem->order);
	if (!values || !smem->order) {
		free(values);
		return -ENOMEM;
	}
	for (size_t k = 0; k < keys; k++)
		descending[k] = smem->reverse;
	for (size_t row = 0; row < smem->rows; row++) {
		smem->order[row] = (uint32_t)row;
		values[row * keys] = *smem_cell(smem, row, smem->sorted_by);
		for (size_t k = 1; k < keys; k++)
			values[row * keys + k] = *smem_cell(smem, row, smem->shown[k - 1]);
	}
	int r = order_rows(smem->order, smem->rows, values, keys, descending);
	free(values);
	return r;
}
