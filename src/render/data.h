/*
 * Snapshots for programs: JSON and CSV. Keys are the fields' own names, so units stand in them; absent is null, and an
 * empty cell in CSV. JSON comes in an envelope
 * {"schema":1,"tool":...,"wall_ns":...,"monotonic_ns":...,"boot_id":...,"source":...}; CSV has the same as its first
 * columns.
 */
#ifndef RENDER_DATA_H
#define RENDER_DATA_H

#include "base/buffer.h"
#include "model/view.h"

#define DATA_SCHEMA 1

enum data_format { DATA_NONE, DATA_JSON, DATA_CSV };

/* A JSON string with its quotes. Bytes that are not UTF-8 become U+FFFD. */
void data_json_text(struct buffer *buffer, struct span text);

/* A CSV cell, quoted when it has to be. Bytes that are not UTF-8, and control characters but tab and line feed, become
 * U+FFFD: CSV knows no escapes, and a terminal may get it. */
void data_csv_text(struct buffer *buffer, struct span text);

/* A number in its unit: PERCENT 12.3456 for 123456, LETTER as text, MASK in base 16 as text (JSON). */
void data_number(struct buffer *buffer, const struct field *field, int64_t value, enum data_format format);

/* Opens the envelope: `{"schema":1,"tool":"ps",...,` with the comma; the caller adds members, then calls data_end. */
void data_begin(struct buffer *buffer, const char *tool, const struct snapshot *snapshot);
void data_end(struct buffer *buffer);

/* The member `"name":[{...},...]`: `count` rows of the view with those fields. Texts with NUL bytes get blanks for
 * them. */
void data_tasks(struct buffer *buffer, const char *name, const struct view *view, const uint32_t *rows, size_t count,
                const uint8_t *ids, size_t id_count);

/* A whole document of rows in either format: JSON with `"tasks":[...]` in its envelope, or a table of CSV. Without
 * `rows`, of those from 0 to count - 1. */
void data_document(struct buffer *buffer, enum data_format format, const char *tool, const struct view *view,
                   const uint32_t *rows, size_t count, const uint8_t *ids, size_t id_count);

/* Members for fields of the machine record: `"mem_total_bytes":...,...`. */
void data_machine(struct buffer *buffer, const struct machine *machine, const uint8_t *ids, size_t id_count);

/* The same of a moment and the one before it, PAIRED fields too. */
void data_machine_paired(struct buffer *buffer, const struct view *view, const uint8_t *ids, size_t id_count);

/* One record of a table with everything that the table has, as a JSON object; `value` knows the derived fields. */
void data_paired_record(struct buffer *buffer, const struct field_table *table, const void *record,
                        const struct view *view,
                        bool (*value)(const struct view *view, const void *record, unsigned id, int64_t *ret));

/* One record of any other table as `{"start":...,...}`. Derived fields are none of a record. */
void data_record(struct buffer *buffer, const struct field_table *table, const void *record, const uint8_t *ids,
                 size_t id_count);

/* CSV: the header line; then a line a row. */
void data_csv_header(struct buffer *buffer, const struct field_table *table, const uint8_t *ids, size_t id_count);
void data_csv_tasks(struct buffer *buffer, const struct view *view, const uint32_t *rows, size_t count,
                    const uint8_t *ids, size_t id_count);

/* The first cells of a line of CSV, for those that put together the others themselves: `1,...,proc`. */
void data_csv_begin(struct buffer *buffer, const struct snapshot *snapshot);

/* The cells of one record of any other table, each behind a comma. */
void data_csv_record(struct buffer *buffer, const struct field_table *table, const void *record, const uint8_t *ids,
                     size_t id_count);

/* One sample of the machine in either format: a JSON object, or a line of CSV, the first with its header. */
void data_machine_sample(struct buffer *buffer, enum data_format format, const char *tool, const struct view *view,
                         bool first, const uint8_t *ids, size_t id_count);

#endif
