/* The tables of vires smem, for people and for programs. */
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "render/text.h"
#include "tools/smem.h"

/* above x scale / below, to the nearest whole number; halves go to the even one, as printf does it. */
static int64_t rounded(int64_t above, int64_t scale, int64_t below)
{
	__int128 whole = (__int128)above * scale / below, twice = ((__int128)above * scale - whole * below) * 2;

	if (twice > below || (twice == below && whole % 2))
		whole++;
	else if (twice < -below || (twice == -below && whole % 2))
		whole--;
	return (int64_t)whole;
}

static void put_fixed(struct buffer *out, int64_t value, int64_t scale)
{
	buffer_format(out, scale == 100 ? "%s%lld.%02lld" : "%s%lld.%01lld", value < 0 ? "-" : "",
	              (long long)(llabs(value) / scale), (long long)(llabs(value) % scale));
}

static void put_with_unit(struct buffer *out, int64_t bytes)
{
	static const char units[][2] = { "", "K", "M", "G", "T" };
	int64_t unit = 1;
	size_t i = 0;

	if (bytes == 0) {
		buffer_char(out, '0');
		return;
	}
	for (; i < 4 && bytes >= unit * 1024; i++)
		unit *= 1024;
	put_fixed(out, rounded(bytes, 10, unit), 10);
	buffer_text(out, units[i]);
}

static void put_amount(const struct smem *smem, struct buffer *out, unsigned column, int64_t bytes)
{
	bool swap = !strcmp(smem->view->columns[column].name, "swap");
	int64_t total = swap ? smem->swap_total : smem->mem_total;

	if (smem->amounts == SMEM_UNITS) {
		put_with_unit(out, bytes);
	} else if (smem->amounts == SMEM_KIB) {
		buffer_i64(out, bytes / 1024, 0);
	} else if (total <= 0) {
		buffer_text(out, "N/A");
	} else {
		put_fixed(out, rounded(bytes, 10000, total), 100);
		buffer_char(out, '%');
	}
}

void smem_put_value(const struct smem *smem, struct buffer *out, unsigned column, const struct order_value *value)
{
	if (value->is == ABSENT)
		buffer_char(out, '?');
	else if (value->is == WORDS)
		text_put(out, value->words, SIZE_MAX);
	else if (smem->view->columns[column].look == SMEM_AMOUNT)
		put_amount(smem, out, column, value->number);
	else
		buffer_i64(out, value->number, 0);
}

/* How wide each shown column is, and whether what is wider is cut. */
struct widths {
	size_t columns[SMEM_COLUMNS_MOST + 1];
};

static size_t terminal_columns(void)
{
	struct winsize size;

	return ioctl(STDIN_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col ? size.ws_col : 80;
}

static size_t widest(const struct smem *smem, unsigned column)
{
	const struct smem_column *c = &smem->view->columns[column];
	size_t width = smem->no_header ? 1 : strlen(c->title);
	struct buffer text = { 0 };

	if (c->look == SMEM_AMOUNT && smem->amounts != SMEM_KIB)
		return width > 7 ? width : 7;
	for (size_t row = 0; row < smem->rows; row++) {
		buffer_clear(&text);
		smem_put_value(smem, &text, column, smem_cell(smem, row, column));
		size_t len = text_width(buffer_span(&text), SIZE_MAX);
		width = len > width ? len : width;
	}
	buffer_done(&text);
	return width;
}

/* Command and mapping names take what the others leave of the terminal, but 10 at least. */
static struct widths measure(const struct smem *smem)
{
	struct widths widths;
	size_t others = 0, least = 10;

	for (size_t i = 0; i < smem->shown_count; i++) {
		const struct smem_column *c = &smem->view->columns[smem->shown[i]];
		widths.columns[i] = smem->autosize ? widest(smem, smem->shown[i]) : c->width;
		others += !strcmp(c->name, "command") || !strcmp(c->name, "map") ? 0 : widths.columns[i];
	}
	size_t all = terminal_columns(), taken = others + smem->shown_count;
	size_t left = all > taken + least ? all - taken : least;
	for (size_t i = 0; smem->autosize && i < smem->shown_count; i++) {
		const struct smem_column *c = &smem->view->columns[smem->shown[i]];
		bool flows = !strcmp(c->name, "command") || !strcmp(c->name, "map");
		if (flows && widths.columns[i] > left)
			widths.columns[i] = left;
	}
	return widths;
}

static void put_cell(const struct smem *smem, struct buffer *out, size_t i, size_t width, struct span text)
{
	const struct smem_column *column = &smem->view->columns[smem->shown[i]];
	size_t used = text_width(text, SIZE_MAX);

	if (column->look != SMEM_LEFT)
		buffer_fill(out, ' ', used < width ? width - used : 0);
	used = text_put(out, text, column->cut ? width : SIZE_MAX);
	if (column->look == SMEM_LEFT)
		buffer_fill(out, ' ', used < width ? width - used : 0);
	buffer_char(out, ' ');
}

static void put_row(const struct smem *smem, struct buffer *out, const struct widths *widths, size_t row)
{
	struct buffer text = { 0 };

	for (size_t i = 0; i < smem->shown_count; i++) {
		buffer_clear(&text);
		smem_put_value(smem, &text, smem->shown[i], smem_cell(smem, row, smem->shown[i]));
		put_cell(smem, out, i, widths->columns[i], buffer_span(&text));
	}
	buffer_char(out, '\n');
	buffer_done(&text);
}

/* Rows with different values in a column. */
static int64_t distinct(const struct smem *smem, unsigned column)
{
	int64_t count = 0;

	for (size_t row = 0; row < smem->rows; row++) {
		const struct order_value *value = smem_cell(smem, row, column);
		size_t other = 0;
		while (other < row &&
		       !(smem_cell(smem, other, column)->is == value->is &&
		         (value->is != WORDS || span_equal(smem_cell(smem, other, column)->words, value->words)) &&
		         (value->is != NUMBER || smem_cell(smem, other, column)->number == value->number)))
			other++;
		count += other == row;
	}
	return count;
}

static void put_total(const struct smem *smem, struct buffer *text, unsigned column)
{
	const struct smem_column *c = &smem->view->columns[column];
	int64_t sum = 0;

	switch (c->total) {
	case SMEM_NO_TOTAL:
		break;
	case SMEM_ROWS:
		buffer_i64(text, (int64_t)smem->rows, 0);
		break;
	case SMEM_DISTINCT:
		buffer_i64(text, distinct(smem, column), 0);
		break;
	case SMEM_SUM:
		for (size_t row = 0; row < smem->rows; row++)
			sum += smem_cell(smem, row, column)->is == NUMBER ? smem_cell(smem, row, column)->number : 0;
		smem_put_value(smem, text, column, &(struct order_value){ .is = NUMBER, .number = sum });
		break;
	}
}

static void put_totals(const struct smem *smem, struct buffer *out, const struct widths *widths)
{
	struct buffer text = { 0 };
	size_t line = 0;

	for (size_t i = 0; i < smem->shown_count; i++) {
		size_t title = strlen(smem->view->columns[smem->shown[i]].title);
		line += (title > widths->columns[i] ? title : widths->columns[i]) + 1;
	}
	buffer_fill(out, '-', line);
	buffer_char(out, '\n');
	for (size_t i = 0; i < smem->shown_count; i++) {
		buffer_clear(&text);
		put_total(smem, &text, smem->shown[i]);
		put_cell(smem, out, i, widths->columns[i], buffer_span(&text));
	}
	buffer_char(out, '\n');
	buffer_done(&text);
}

void smem_put_table(struct smem *smem, struct buffer *out)
{
	struct widths widths = measure(smem);

	for (size_t i = 0; !smem->no_header && i < smem->shown_count; i++)
		put_cell(smem, out, i, widths.columns[i], span_of(smem->view->columns[smem->shown[i]].title));
	buffer_text(out, smem->no_header ? "" : "\n");
	for (size_t i = 0; i < smem->rows; i++)
		put_row(smem, out, &widths, smem->order[i]);
	if (smem->totals)
		put_totals(smem, out, &widths);
}

static void put_datum(struct buffer *out, const struct order_value *value, enum data_format format)
{
	if (value->is == NUMBER)
		buffer_i64(out, value->number, 0);
	else if (value->is == WORDS)
		(format == DATA_JSON ? data_json_text : data_csv_text)(out, value->words);
	else if (format == DATA_JSON)
		buffer_text(out, "null");
}

static const char *unit_of(const struct smem *smem, size_t i)
{
	return smem->view->columns[smem->shown[i]].look == SMEM_AMOUNT ? "_bytes" : "";
}

static void put_json(struct smem *smem, struct buffer *out)
{
	data_begin(out, "smem", smem->now);
	buffer_format(out, "\"unreadable\":%zu,\"%s\":[", smem->unreadable, smem->view->rows);
	for (size_t row = 0; row < smem->rows; row++) {
		buffer_text(out, row ? ",\n{" : "\n{");
		for (size_t i = 0; i < smem->shown_count; i++) {
			buffer_format(out, "%s\"%s%s\":", i ? "," : "", smem->view->columns[smem->shown[i]].name,
			              unit_of(smem, i));
			put_datum(out, smem_cell(smem, smem->order[row], smem->shown[i]), DATA_JSON);
		}
		buffer_char(out, '}');
	}
	buffer_text(out, "],");
	data_end(out);
}

void smem_put_data(struct smem *smem, struct buffer *out)
{
	if (smem->shared.data == DATA_JSON) {
		put_json(smem, out);
		return;
	}
	buffer_text(out, "schema,wall_ns,monotonic_ns,boot_id,source");
	for (size_t i = 0; i < smem->shown_count; i++)
		buffer_format(out, ",%s%s", smem->view->columns[smem->shown[i]].name, unit_of(smem, i));
	buffer_char(out, '\n');
	for (size_t row = 0; row < smem->rows; row++) {
		data_csv_begin(out, smem->now);
		for (size_t i = 0; i < smem->shown_count; i++) {
			buffer_char(out, ',');
			put_datum(out, smem_cell(smem, smem->order[row], smem->shown[i]), DATA_CSV);
		}
		buffer_char(out, '\n');
	}
}
