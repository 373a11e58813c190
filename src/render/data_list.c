#include "render/data_list.h"

/* All that is no derived field, in the order of the table. */
static size_t read_fields(const struct field_table *table, uint8_t ids[FIELDS_MAX])
{
	size_t count = 0;

	for (unsigned id = 0; id < table->count; id++)
		if (!field_derived(&table->fields[id]))
			ids[count++] = (uint8_t)id;
	return count;
}

void data_records(struct buffer *buffer, const char *name, const struct field_table *table, const void *records,
                  size_t count, size_t stride)
{
	uint8_t ids[FIELDS_MAX];
	size_t id_count = read_fields(table, ids);

	buffer_format(buffer, "\"%s\":[", name);
	for (size_t i = 0; i < count; i++) {
		buffer_text(buffer, i ? "," : "");
		data_record(buffer, table, (const char *)records + i * stride, ids, id_count);
	}
	buffer_text(buffer, "],");
}

void data_list(struct buffer *buffer, enum data_format format, const char *tool, const struct snapshot *snapshot,
               const char *name, const struct field_table *table, const void *records, size_t count, size_t stride,
               bool first)
{
	uint8_t ids[FIELDS_MAX];
	size_t id_count = read_fields(table, ids);

	if (format == DATA_JSON) {
		data_begin(buffer, tool, snapshot);
		buffer_format(buffer, "\"%s\":[", name);
	} else if (first) {
		data_csv_header(buffer, table, ids, id_count);
	}
	for (size_t i = 0; i < count; i++) {
		const void *record = (const char *)records + i * stride;
		if (format == DATA_JSON) {
			buffer_text(buffer, i ? "," : "");
			data_record(buffer, table, record, ids, id_count);
		} else {
			data_csv_begin(buffer, snapshot);
			data_csv_record(buffer, table, record, ids, id_count);
			buffer_char(buffer, '\n');
		}
	}
	if (format == DATA_JSON) {
		buffer_text(buffer, "],");
		data_end(buffer);
	}
}
