/* The charts of vires smem: what the old tool opened in a window. */
#include <stdlib.h>

#include "render/chart.h"
#include "render/text.h"
#include "tools/smem.h"

static const struct smem_column *sorted_column(const struct smem *smem)
{
	return &smem->view->columns[smem->sorted_by];
}

/* The rows from the largest down, whichever way they are sorted. */
static size_t place(const struct smem *smem, size_t i)
{
	return smem->order[smem->reverse ? i : smem->rows - 1 - i];
}

static int64_t value_of(const struct smem *smem, size_t row, unsigned column)
{
	const struct order_value *value = smem_cell(smem, row, column);

	return value->is == NUMBER ? value->number : 0;
}

/* The text of a label, which stays in the table's arena. */
static struct span label_of(struct smem *smem, size_t row)
{
	unsigned column = smem->shown[smem->shown_count - 1];
	struct buffer text = { 0 };

	smem_put_value(smem, &text, column, smem_cell(smem, row, column));
	struct span label = smem_words(smem, buffer_span(&text)).words;
	buffer_done(&text);
	return label;
}

/* Slices below 0.5 % of RAM, and the last ones as long as they are 2 % together, become one. */
static size_t merge_small(const struct smem *smem, struct chart_slice *slices, size_t count)
{
	int64_t rest = 0, ram = smem->mem_total;

	while (count && (rest + slices[count - 1].value < ram / 50 || slices[count - 1].value < ram / 200))
		rest += slices[--count].value;
	if (rest)
		slices[count++] = (struct chart_slice){ .label = SPAN("other"), .value = rest };
	return count;
}

static void put_pie(struct smem *smem, struct buffer *out, struct span title)
{
	struct chart_slice *slices = calloc(smem->rows + 2, sizeof *slices);
	int64_t sum = 0;
	size_t count = 0;

	if (!slices) {
		out->failed = true;
		return;
	}
	for (size_t i = 0; i < smem->rows; i++) {
		size_t row = place(smem, i);
		slices[1 + count++] = (struct chart_slice){ .label = label_of(smem, row),
			                                    .value = value_of(smem, row, smem->sorted_by) };
		sum += slices[count].value;
	}
	bool of_ram = sorted_column(smem)->look == SMEM_AMOUNT;
	if (of_ram)
		count = merge_small(smem, slices + 1, count);
	bool unused = of_ram && smem->mem_total > sum;
	if (unused)
		slices[0] =
			(struct chart_slice){ .label = SPAN("unused"), .value = smem->mem_total - sum, .apart = true };
	chart_pie(out, title, unused ? slices : slices + 1, count + unused);
	free(slices);
}

static void put_count(struct buffer *buffer, int64_t value)
{
	buffer_i64(buffer, value, 0);
}

/* Amounts on the scale, whole KiB or larger. */
static void put_bytes(struct buffer *buffer, int64_t value)
{
	static const char units[] = "KMGT";
	size_t i = 0;

	for (value /= 1024; value >= 10 * 1024 && units[i + 1]; i++)
		value /= 1024;
	buffer_i64(buffer, value, 0);
	buffer_char(buffer, units[i]);
}

static void put_bars(struct smem *smem, struct buffer *out, struct span title)
{
	struct span names[SMEM_COLUMNS_MOST], *labels = calloc(smem->rows + 1, sizeof *labels);
	int64_t *values = calloc(smem->rows * SMEM_COLUMNS_MOST + 1, sizeof *values);
	unsigned columns[SMEM_COLUMNS_MOST];
	struct chart_bars bars = { .labels = labels, .names = names, .values = values, .put_value = put_count };

	for (size_t i = 0; i + 1 < smem->shown_count; i++) {
		const struct smem_column *column = &smem->view->columns[smem->shown[i]];
		if (column->look == SMEM_LEFT || !strcmp(column->name, "pid"))
			continue;
		columns[bars.series] = smem->shown[i];
		names[bars.series++] = span_of(column->name);
		if (column->look == SMEM_AMOUNT)
			bars.put_value = put_bytes;
	}
	if (labels && values) {
		for (size_t i = 0; i < smem->rows; i++) {
			labels[i] = label_of(smem, place(smem, i));
			for (size_t k = 0; k < bars.series; k++)
				values[i * bars.series + k] = value_of(smem, place(smem, i), columns[k]);
		}
		bars.groups = smem->rows;
		chart_bars(out, title, &bars);
	}
	out->failed |= !labels || !values;
	free(labels);
	free(values);
}

void smem_put_chart(struct smem *smem, struct buffer *out)
{
	struct buffer title = { 0 };

	buffer_format(&title, "%s by %s", smem->label, sorted_column(smem)->name);
	(smem->form == SMEM_PIE ? put_pie : put_bars)(smem, out, buffer_span(&title));
	buffer_done(&title);
}
