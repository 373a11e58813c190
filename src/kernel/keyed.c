#include "kernel/keyed.h"

#include "fields/task.h"

/* A line is known by its first bytes; no key with its mark is shorter. Most lines of most files are known to nobody. */
enum { HEAD = sizeof(uint32_t) };

/* call_once takes no argument; the one that is being filled waits here, under the once_flag's own lock. */
static thread_local struct keyed *filling;

static unsigned slot_of(const char *line)
{
	uint32_t head;

	memcpy(&head, line, HEAD);
	return head * UINT32_C(2654435761) >> 24;
}

static unsigned next_slot(unsigned slot)
{
	return (slot + 1) % KEYED_SLOTS;
}

static bool row_belongs(const struct keyed *keyed, const struct field *field)
{
	bool also = keyed->table == &task_table && task_field_also(field->id) == keyed->from;

	return (field->from == keyed->from || also) && field->key[0];
}

static void add_row(struct keyed *keyed, const struct field *field)
{
	struct span key = span_of(field->key);
	char head[HEAD] = { 0 };

	for (size_t i = 0; i < HEAD; i++)
		head[i] = i < key.len ? key.at[i] : keyed->mark;
	unsigned slot = slot_of(head);
	for (; keyed->slots[slot]; slot = next_slot(slot))
		if (span_equal(keyed->rows[keyed->slots[slot] - 1].key, key))
			return;
	keyed->rows[keyed->count++] = (struct keyed_row){ field, key };
	keyed->slots[slot] = (uint8_t)keyed->count;
}

static void fill(void)
{
	struct keyed *keyed = filling;

	for (unsigned i = 0; i < keyed->table->count && keyed->count < KEYED_ROWS; i++)
		if (row_belongs(keyed, &keyed->table->fields[i]))
			add_row(keyed, &keyed->table->fields[i]);
}

void keyed_start(struct keyed *keyed)
{
	filling = keyed;
	call_once(&keyed->once, fill);
}

static const struct keyed_row *row_of(const struct keyed *keyed, const char *line, size_t len)
{
	if (len < HEAD)
		return NULL;
	for (unsigned slot = slot_of(line); keyed->slots[slot]; slot = next_slot(slot)) {
		const struct keyed_row *row = &keyed->rows[keyed->slots[slot] - 1];
		size_t key = row->key.len;
		if (len > key && line[key] == keyed->mark && !memcmp(line, row->key.at, key))
			return row;
	}
	return NULL;
}

const struct field *keyed_next(const struct keyed *keyed, struct span *rest, struct span *ret_value)
{
	const char *line = rest->at, *end = line + rest->len, *newline;

	for (; line < end && (newline = memchr(line, '\n', (size_t)(end - line))); line = newline + 1) {
		const struct keyed_row *row = row_of(keyed, line, (size_t)(newline - line));
		if (!row)
			continue;
		line += row->key.len + 1;
		*ret_value = (struct span){ line, (size_t)(newline - line) };
		*rest = (struct span){ newline + 1, (size_t)(end - newline - 1) };
		return row->field;
	}
	*rest = (struct span){ end, 0 };
	return NULL;
}

void keyed_number(const struct keyed *keyed, const struct field *field, struct span value, void *record)
{
	int64_t number, scale = 1;

	if (field->unit == MASK) {
		if (span_hex(&value, &number))
			record_set(field, record, number);
		return;
	}
	if (!span_i64(&value, &number))
		return;
	if (span_starts(value, SPAN(" kB")))
		scale = 1024;
	else if (field->unit == BYTES)
		scale = keyed->bytes_in_unit;
	if (!__builtin_mul_overflow(number, scale, &number))
		record_set(field, record, number);
}

void keyed_text(const struct field *field, struct span value, void *record)
{
	*(struct span *)((char *)record + field->offset) = span_trim(value);
	field_set_add(record, field->id);
}

void keyed_parse(struct keyed *keyed, struct span bytes, void *record)
{
	const struct field *field;
	struct span value;

	keyed_start(keyed);
	while ((field = keyed_next(keyed, &bytes, &value)))
		if (field->kind != TEXT)
			keyed_number(keyed, field, value, record);
}
