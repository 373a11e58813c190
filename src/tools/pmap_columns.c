/* The table of vires pmap -X, -XX and -c: any columns, each as wide as it has to be. */
#include <errno.h>

#include "render/text.h"
#include "tools/pmap.h"

struct column {
	unsigned id;
	size_t width;  /* of the widest cell, title or total */
	int64_t total; /* of what is shown, in the unit that is shown */
};

/* Rows are kept as text until the widths are known: cells one after the other, each with a NUL behind it. */
struct table {
	struct column columns[MAPPING_FIELDS];
	size_t count; /* none before the first mapping: it shows which lines this kernel has */
	size_t rows;
	bool named; /* names stand behind the columns */
	struct buffer cells;
};

/* The file's own titles. */
static const char *title_of(unsigned id)
{
	const struct field *field = &mapping_fields[id];

	return id == MAPPING_device_major ? "Device" : field->key[0] ? field->key : field->header;
}

/* Lines of smaps that are no text have a total, whatever it may mean. */
static bool has_total(unsigned id)
{
	return mapping_fields[id].key[0] && mapping_fields[id].kind != TEXT;
}

/* Whether a field has a column; others are part of one. */
static bool is_column(unsigned id)
{
	return id != MAPPING_end && id != MAPPING_device_minor;
}

struct field_set pmap_columns_of_x(unsigned times)
{
	static const uint8_t unimportant[] = {
		MAPPING_anon_huge_bytes,     MAPPING_kernel_page_bytes,
		MAPPING_mmu_page_bytes,      MAPPING_shared_dirty_bytes,
		MAPPING_private_dirty_bytes, MAPPING_shared_clean_bytes,
		MAPPING_private_clean_bytes, MAPPING_vm_flags,
	};
	struct field_set columns = { 0 };

	for (unsigned id = 0; id < MAPPING_FIELDS; id++)
		if (is_column(id) && (times > 1 || !memchr(unimportant, (int)id, sizeof unimportant)))
			field_set_add(&columns, id);
	return columns;
}

void pmap_columns_add(struct field_set *columns, struct span name)
{
	for (unsigned id = 0; id < MAPPING_FIELDS; id++)
		if (is_column(id) && span_is(name, title_of(id)))
			field_set_add(columns, id);
}

static size_t wider(size_t a, size_t b)
{
	return a > b ? a : b;
}

/* The columns that this kernel gives, in the order of the file. */
static void find_columns(const struct pmap *pmap, struct table *table, const struct mapping *mapping)
{
	for (unsigned id = 0; id < MAPPING_FIELDS; id++) {
		bool wanted = id == MAPPING_start || field_set_has(&pmap->columns, id);
		if (id == MAPPING_name || !is_column(id) || !wanted || !record_has(mapping, id))
			continue;
		size_t width = pmap->quiet ? 0 : strlen(title_of(id));
		table->columns[table->count++] = (struct column){ .id = id, .width = width };
	}
	table->named = field_set_has(&pmap->columns, MAPPING_name);
}

static void add_cell(struct buffer *cells, struct column *column, const struct mapping *mapping)
{
	const struct field *field = &mapping_fields[column->id];
	int64_t number = 0;
	struct span text;

	if (!record_has(mapping, column->id)) {
		buffer_char(cells, '-');
	} else if (record_number(field, mapping, &number) && field->kind != TEXT && has_total(column->id)) {
		number = field->unit == BYTES ? number / 1024 : number;
		column->total += number;
		buffer_i64(cells, number, 0);
	} else if (column->id == MAPPING_device_major) {
		buffer_hex(cells, (uint64_t)number, 2);
		buffer_char(cells, ':');
		buffer_hex(cells, (uint64_t)mapping->device_minor, 2);
	} else if (column->id == MAPPING_start || column->id == MAPPING_offset_bytes) {
		buffer_hex(cells, (uint64_t)number, 8);
	} else if (field->kind == TEXT && record_text(field, mapping, &text)) {
		text_put(cells, text, SIZE_MAX);
	} else {
		buffer_i64(cells, number, 0);
	}
}

static void add_name(const struct pmap *pmap, struct buffer *cells, const struct mapping *mapping)
{
	struct span name = mapping_has(mapping, name) ? mapping->name : (struct span){ 0 };
	ptrdiff_t slash = pmap->show_path ? -1 : span_last(name, '/');

	pmap_put_name(cells, span_skip(name, (size_t)(slash + 1)));
}

static int add_row(void *context, const struct mapping *mapping)
{
	const struct pmap_process *process = context;
	struct table *table = process->table;

	if (table->count == 0)
		find_columns(process->pmap, table, mapping);
	if (!pmap_in_range(process->pmap, mapping))
		return 0;
	for (size_t i = 0; i < table->count; i++) {
		size_t start = table->cells.len;
		add_cell(&table->cells, &table->columns[i], mapping);
		table->columns[i].width = wider(table->columns[i].width, table->cells.len - start);
		buffer_char(&table->cells, '\0');
	}
	if (table->named) {
		add_name(process->pmap, &table->cells, mapping);
		buffer_char(&table->cells, '\0');
	}
	table->rows++;
	return table->cells.failed ? -ENOMEM : 0;
}

static size_t digits(int64_t number)
{
	size_t count = 1;

	while (number /= 10)
		count++;
	return count;
}

static void put_right(struct buffer *out, struct span text, size_t width)
{
	size_t used = text_width(text, text.len);

	buffer_fill(out, ' ', used < width ? width - used : 0);
	buffer_add(out, text);
}

static void put_header(struct buffer *out, const struct table *table)
{
	for (size_t i = 0; i < table->count; i++) {
		put_right(out, span_of(title_of(table->columns[i].id)), table->columns[i].width);
		buffer_char(out, ' ');
	}
	buffer_text(out, table->named ? "Mapping\n" : "\n");
}

static void put_rows(struct pmap *pmap, const struct table *table)
{
	struct span rest = buffer_span(&table->cells), cell;
	struct buffer *out = &pmap->out;

	for (size_t row = 0; row < table->rows; row++) {
		for (size_t i = 0; i < table->count && span_until(&rest, '\0', &cell); i++) {
			if (i)
				buffer_char(out, ' ');
			put_right(out, cell, table->columns[i].width);
		}
		if (table->named && span_until(&rest, '\0', &cell)) {
			buffer_char(out, ' ');
			buffer_add(out, cell);
		}
		buffer_char(out, '\n');
		pmap_flush(pmap);
	}
}

static void put_totals(struct buffer *out, const struct table *table)
{
	size_t gap = 0;

	for (size_t i = 0; i < table->count && !has_total(table->columns[i].id); i++)
		gap += table->columns[i].width + 1;
	buffer_fill(out, ' ', gap);
	for (size_t i = 0; i < table->count; i++) {
		if (!has_total(table->columns[i].id))
			continue;
		buffer_fill(out, '=', table->columns[i].width);
		buffer_char(out, ' ');
	}
	buffer_char(out, '\n');
	buffer_fill(out, ' ', gap);
	for (size_t i = 0; i < table->count; i++) {
		if (!has_total(table->columns[i].id))
			continue;
		buffer_i64(out, table->columns[i].total, table->columns[i].width);
		buffer_char(out, ' ');
	}
	buffer_text(out, "KB \n");
}

/* Whether there are totals; they widen their columns. */
static bool widen(struct table *table)
{
	bool any = false;

	for (size_t i = 0; i < table->count; i++) {
		struct column *column = &table->columns[i];
		if (!has_total(column->id))
			continue;
		column->width = wider(column->width, digits(column->total));
		any = true;
	}
	return any;
}

int pmap_columns(struct pmap_process *process)
{
	struct pmap *pmap = process->pmap;
	struct table table = { 0 };

	process->table = &table;
	int r = source_mappings(process->source, process->pid, &pmap->wanted, add_row, process);
	if (table.count) {
		bool totals = !pmap->quiet && widen(&table);
		if (!pmap->quiet)
			put_header(&pmap->out, &table);
		put_rows(pmap, &table);
		if (totals)
			put_totals(&pmap->out, &table);
	}
	buffer_done(&table.cells);
	return pmap_end(process, r, table.count > 0);
}
