#include "render/data.h"

#include "model/derive.h"
#include "render/number.h"
#include "render/text.h"
#include "render/utf8.h"

void data_json_text(struct buffer *buffer, struct span text)
{
	buffer_char(buffer, '"');
	while (text.len) {
		unsigned char c = (unsigned char)text.at[0];
		size_t len = utf8_length(text);
		if (len == 0)
			buffer_text(buffer, "\\ufffd");
		else if (c == '"' || c == '\\')
			buffer_format(buffer, "\\%c", c);
		else if (c < ' ' || c == 0x7f)
			buffer_format(buffer, "\\u%04x", c);
		else
			buffer_add(buffer, (struct span){ text.at, len });
		text = span_skip(text, len ? len : 1);
	}
	buffer_char(buffer, '"');
}

/* What a terminal obeys: C0 but for tab and line feed, and C1. */
static bool is_control(struct span character, size_t len)
{
	unsigned char c = (unsigned char)character.at[0];

	if (len == 1)
		return (c < ' ' && c != '\t' && c != '\n') || c == 0x7f;
	return len == 2 && c == 0xc2 && (unsigned char)character.at[1] < 0xa0;
}

void data_csv_text(struct buffer *buffer, struct span text)
{
	bool quote = false;

	for (size_t i = 0; i < text.len; i++)
		quote |= text.at[i] == '"' || text.at[i] == ',' || text.at[i] == '\n' || text.at[i] == '\r';
	if (quote)
		buffer_char(buffer, '"');
	while (text.len) {
		size_t len = utf8_length(text);
		if (len == 0 || is_control(text, len))
			buffer_text(buffer, "\xef\xbf\xbd");
		else
			buffer_add(buffer, (struct span){ text.at, len });
		if (text.at[0] == '"')
			buffer_char(buffer, '"');
		text = span_skip(text, len ? len : 1);
	}
	if (quote)
		buffer_char(buffer, '"');
}

void data_number(struct buffer *buffer, const struct field *field, int64_t value, enum data_format format)
{
	const char *quote = format == DATA_JSON ? "\"" : "";

	switch (field->unit) {
	case LETTER:
		buffer_format(buffer, "%s%c%s", quote, (int)value, quote);
		break;
	case MASK:
		buffer_format(buffer, "%s%016llx%s", quote, (unsigned long long)value, quote);
		break;
	default:
		number_fixed(buffer, value, unit_decimals(field->unit));
	}
}

void data_begin(struct buffer *buffer, const char *tool, const struct snapshot *snapshot)
{
	buffer_format(buffer,
	              "{\"schema\":%d,\"tool\":\"%s\",\"wall_ns\":%lld,\"monotonic_ns\":%lld,\"boot_id\":", DATA_SCHEMA,
	              tool, (long long)snapshot->wall_ns, (long long)snapshot->monotonic_ns);
	if (snapshot->boot_id[0])
		data_json_text(buffer, span_of(snapshot->boot_id));
	else
		buffer_text(buffer, "null");
	buffer_format(buffer, ",\"source\":\"%s\",", snapshot->source);
}

void data_end(struct buffer *buffer)
{
	if (buffer->len && buffer->at[buffer->len - 1] == ',')
		buffer->len--;
	buffer_text(buffer, "}\n");
}

/* NUL bytes stand between the arguments of a command line: blanks for whoever reads the text. */
static void put_text(struct buffer *buffer, struct span text, enum data_format format)
{
	struct buffer joined = { 0 };

	if (text.len && memchr(text.at, '\0', text.len)) {
		text_arguments(&joined, text);
		text = buffer_span(&joined);
	}
	if (format == DATA_JSON)
		data_json_text(buffer, text);
	else
		data_csv_text(buffer, text);
	buffer_done(&joined);
}

static void task_value(struct buffer *buffer, const struct view *view, size_t row, unsigned id, enum data_format format)
{
	const struct field *field = &task_fields[id];
	struct span text;
	int64_t number;

	if (field->kind == TEXT && view_text(view, row, id, &text))
		put_text(buffer, text, format);
	else if (field->kind != TEXT && view_number(view, row, id, &number))
		data_number(buffer, field, number, format);
	else if (format == DATA_JSON)
		buffer_text(buffer, "null");
}

void data_tasks(struct buffer *buffer, const char *name, const struct view *view, const uint32_t *rows, size_t count,
                const uint8_t *ids, size_t id_count)
{
	buffer_format(buffer, "\"%s\":[", name);
	for (size_t i = 0; i < count; i++) {
		buffer_text(buffer, i ? ",{" : "{");
		for (size_t k = 0; k < id_count; k++) {
			buffer_text(buffer, k ? ",\"" : "\"");
			buffer_text(buffer, task_fields[ids[k]].name);
			buffer_text(buffer, "\":");
			task_value(buffer, view, rows ? rows[i] : (uint32_t)i, ids[k], DATA_JSON);
		}
		buffer_char(buffer, '}');
	}
	buffer_text(buffer, "],");
}

/* `view` is NULL where there is just one moment. */
static void machine_value(struct buffer *buffer, const struct machine *machine, const struct view *view, unsigned id,
                          enum data_format format)
{
	const struct field *field = &machine_fields[id];
	struct span text;
	int64_t number;

	if (field->kind == TEXT && record_text(field, machine, &text))
		put_text(buffer, text, format);
	else if (field->kind != TEXT && (view ? view_machine(view, id, &number) : machine_number(machine, id, &number)))
		data_number(buffer, field, number, format);
	else if (format == DATA_JSON)
		buffer_text(buffer, "null");
}

static void machine_members(struct buffer *buffer, const struct machine *machine, const struct view *view,
                            const uint8_t *ids, size_t id_count)
{
	for (size_t k = 0; k < id_count; k++) {
		buffer_format(buffer, "\"%s\":", machine_fields[ids[k]].name);
		machine_value(buffer, machine, view, ids[k], DATA_JSON);
		buffer_char(buffer, ',');
	}
}

void data_machine(struct buffer *buffer, const struct machine *machine, const uint8_t *ids, size_t id_count)
{
	machine_members(buffer, machine, NULL, ids, id_count);
}

void data_machine_paired(struct buffer *buffer, const struct view *view, const uint8_t *ids, size_t id_count)
{
	machine_members(buffer, &view->now->machine, view, ids, id_count);
}

static void record_value(struct buffer *buffer, const struct field *field, const void *record, enum data_format format)
{
	struct span text;
	int64_t number;

	if (field->kind == TEXT && record_text(field, record, &text))
		put_text(buffer, text, format);
	else if (field->kind != TEXT && record_number(field, record, &number))
		data_number(buffer, field, number, format);
	else if (format == DATA_JSON)
		buffer_text(buffer, "null");
}

void data_record(struct buffer *buffer, const struct field_table *table, const void *record, const uint8_t *ids,
                 size_t id_count)
{
	for (size_t k = 0; k < id_count; k++) {
		buffer_text(buffer, k ? ",\"" : "{\"");
		buffer_text(buffer, table->fields[ids[k]].name);
		buffer_text(buffer, "\":");
		record_value(buffer, &table->fields[ids[k]], record, DATA_JSON);
	}
	buffer_char(buffer, '}');
}

void data_paired_record(struct buffer *buffer, const struct field_table *table, const void *record,
                        const struct view *view,
                        bool (*value)(const struct view *view, const void *record, unsigned id, int64_t *ret))
{
	int64_t number;

	for (unsigned id = 0; id < table->count; id++) {
		const struct field *field = &table->fields[id];
		buffer_format(buffer, "%s\"%s\":", id ? "," : "{", field->name);
		if (!field_derived(field))
			record_value(buffer, field, record, DATA_JSON);
		else if (value(view, record, id, &number))
			data_number(buffer, field, number, DATA_JSON);
		else
			buffer_text(buffer, "null");
	}
	buffer_char(buffer, '}');
}

void data_csv_record(struct buffer *buffer, const struct field_table *table, const void *record, const uint8_t *ids,
                     size_t id_count)
{
	for (size_t k = 0; k < id_count; k++) {
		buffer_char(buffer, ',');
		record_value(buffer, &table->fields[ids[k]], record, DATA_CSV);
	}
}

void data_csv_header(struct buffer *buffer, const struct field_table *table, const uint8_t *ids, size_t id_count)
{
	buffer_text(buffer, "schema,wall_ns,monotonic_ns,boot_id,source");
	for (size_t k = 0; k < id_count; k++) {
		buffer_char(buffer, ',');
		buffer_text(buffer, table->fields[ids[k]].name);
	}
	buffer_char(buffer, '\n');
}

void data_csv_begin(struct buffer *buffer, const struct snapshot *snapshot)
{
	buffer_format(buffer, "%d,%lld,%lld,%s,%s", DATA_SCHEMA, (long long)snapshot->wall_ns,
	              (long long)snapshot->monotonic_ns, snapshot->boot_id, snapshot->source);
}

void data_csv_tasks(struct buffer *buffer, const struct view *view, const uint32_t *rows, size_t count,
                    const uint8_t *ids, size_t id_count)
{
	for (size_t i = 0; i < count; i++) {
		data_csv_begin(buffer, view->now);
		for (size_t k = 0; k < id_count; k++) {
			buffer_char(buffer, ',');
			task_value(buffer, view, rows ? rows[i] : (uint32_t)i, ids[k], DATA_CSV);
		}
		buffer_char(buffer, '\n');
	}
}

void data_document(struct buffer *buffer, enum data_format format, const char *tool, const struct view *view,
                   const uint32_t *rows, size_t count, const uint8_t *ids, size_t id_count)
{
	if (format == DATA_JSON) {
		data_begin(buffer, tool, view->now);
		data_tasks(buffer, "tasks", view, rows, count, ids, id_count);
		data_end(buffer);
	} else {
		data_csv_header(buffer, &task_table, ids, id_count);
		data_csv_tasks(buffer, view, rows, count, ids, id_count);
	}
}

void data_machine_sample(struct buffer *buffer, enum data_format format, const char *tool, const struct view *view,
                         bool first, const uint8_t *ids, size_t id_count)
{
	if (format == DATA_JSON) {
		data_begin(buffer, tool, view->now);
		machine_members(buffer, &view->now->machine, view, ids, id_count);
		data_end(buffer);
		return;
	}
	if (first)
		data_csv_header(buffer, &machine_table, ids, id_count);
	data_csv_begin(buffer, view->now);
	for (size_t k = 0; k < id_count; k++) {
		buffer_char(buffer, ',');
		machine_value(buffer, &view->now->machine, view, ids[k], DATA_CSV);
	}
	buffer_char(buffer, '\n');
}
