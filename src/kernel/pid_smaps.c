#include "kernel/pid_smaps.h"

#include <errno.h>

#include "kernel/pid_maps.h"

enum { LINES_MOST = sizeof(((struct smaps_layout *)0)->lines) / sizeof(((struct smaps_layout *)0)->lines[0]) };

static inline bool is_key(char c)
{
	return c >= 'A' && c <= 'Z';
}

/* The row of a key, without its colon. */
static const struct field *row_of(struct span key)
{
	for (unsigned id = 0; id < MAPPING_FIELDS; id++)
		if (key.len && span_is(key, mapping_fields[id].key))
			return &mapping_fields[id];
	return NULL;
}

/* The row of the line at that place below its mapping, and where its value begins. */
static inline const struct field *field_of(struct smaps_layout *layout, unsigned place, struct span line,
                                           size_t *ret_value)
{
	struct span key, rest = line;

	if (place < layout->count && layout->lines[place].field) {
		size_t len = layout->lines[place].key_len;
		*ret_value = len + 1;
		if (line.len > len && line.at[len] == ':' && memcmp(line.at, layout->lines[place].field->key, len) == 0)
			return layout->lines[place].field;
	}
	if (!span_until(&rest, ':', &key))
		return NULL;
	const struct field *field = row_of(key);
	if (place < LINES_MOST) {
		layout->lines[place].field = field;
		layout->lines[place].key_len = key.len;
		layout->count = place < layout->count ? layout->count : place + 1;
	}
	*ret_value = key.len + 1;
	return field;
}

static void set_value(const struct field *field, struct span value, struct mapping *mapping)
{
	int64_t number;

	if (field->kind == TEXT) {
		*(struct span *)((char *)mapping + field->offset) = span_trim(value);
		field_set_add(&mapping->have, field->id);
		return;
	}
	if (!span_i64(&value, &number))
		return;
	if (field->unit == BYTES && __builtin_mul_overflow(number, 1024, &number))
		return;
	record_set(field, mapping, number);
}

/* The lines below the first one; `rest` is then where the next mapping begins. False when they do not end in it. */
static bool parse_lines(struct span *rest, bool at_end, const struct field_set *wanted, struct smaps_layout *layout,
                        struct mapping *mapping)
{
	const char *at = rest->at, *end = at + rest->len, *newline;
	size_t value;

	for (unsigned place = 0; at < end && is_key(*at); place++, at = newline + 1) {
		newline = memchr(at, '\n', (size_t)(end - at));
		if (!newline)
			break;
		struct span line = { at, (size_t)(newline - at) };
		const struct field *field = field_of(layout, place, line, &value);
		if (field && field->from == FROM_SMAPS && field_set_has(wanted, field->id))
			set_value(field, span_skip(line, value), mapping);
	}
	*rest = (struct span){ at, (size_t)(end - at) };
	if (at_end && (rest->len == 0 || !memchr(rest->at, '\n', rest->len)))
		*rest = span_skip(*rest, rest->len);
	else if (rest->len == 0 || is_key(rest->at[0]))
		return false;
	return true;
}

int pid_smaps_next(struct span *rest, bool at_end, const struct field_set *wanted, struct smaps_layout *layout,
                   struct mapping *ret)
{
	struct span after = *rest;

	int r = pid_maps_next(&after, ret);
	if (r <= 0)
		return r;
	if (!parse_lines(&after, at_end, wanted, layout, ret))
		return 0;
	*rest = after;
	return 1;
}
