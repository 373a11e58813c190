/* Kernel files made readable: each value under its own name, with unit and meaning, in groups. */
#ifndef TOOLS_EXPLAIN_H
#define TOOLS_EXPLAIN_H

#include "model/order.h"
#include "render/data.h"

/* A group of values, by the ids of one table. */
struct explain_group {
	const char *title;
	const uint8_t *ids;
	size_t count;
};

#define EXPLAIN_GROUP(title, ...) \
	{ \
		title, (const uint8_t[]){ __VA_ARGS__ }, sizeof((const uint8_t[]){ __VA_ARGS__ }) \
	}

/* One value of a file. */
struct explain_item {
	const char *group, *label; /* the label is the kernel's own name */
	const struct field *field;
	struct order_value value;
};

struct explain {
	struct explain_item *items; /* owned */
	size_t count, capacity;
	bool failed; /* memory ran out */
};

void explain_add(struct explain *explain, const char *group, const char *label, const struct field *field,
                 struct order_value value);
void explain_done(struct explain *explain);

/* For people: groups with a title; a line a value, its meaning wrapped at `columns`. Absent values are left out: the
 * file does not have them. */
void explain_put_text(struct buffer *buffer, const struct explain *explain, size_t columns);

/* For programs. JSON: `[{"key":...,"name":...,"group":...,"value":...,"unit":...,"meaning":...},...]`; absent is null.
 */
void explain_put_json(struct buffer *buffer, const struct explain *explain);

/* CSV: the header line, of which `before` are the tool's own first cells; then a line a value, which begins so. */
void explain_csv_header(struct buffer *buffer, const char *before);
void explain_put_csv(struct buffer *buffer, const struct explain *explain, struct span line_start);

/* "23.5 GiB": an amount with one decimal; nothing below 1 MiB. */
void explain_amount(struct buffer *buffer, int64_t bytes);

#endif
