#include "kernel/keyed.h"

#include "fields/task.h"

/* call_once takes no argument; the one that is being filled waits here, under the once_flag's own lock. */
static thread_local struct keyed *filling;

static unsigned hash(struct span key)
{
	unsigned char first = key.at[0], middle = key.at[key.len / 2], last = key.at[key.len - 1];

	return (unsigned)key.len + 3U * first + 31U * middle + 7U * last;
}

/* The slot where `key` is, or where it would go. */
static uint8_t *slot_of(const struct keyed *keyed, struct span key)
{
	unsigned slot = hash(key) % KEYED_SLOTS;

	while (keyed->slots[slot] && !span_equal(keyed->rows[keyed->slots[slot] - 1].key, key))
		slot = (slot + 1) % KEYED_SLOTS;
	return (uint8_t *)&keyed->slots[slot];
}

static bool row_belongs(const struct keyed *keyed, const struct field *field)
{
	bool also = keyed->table == &task_table && task_field_also(field->id) == keyed->from;

	return (field->from == keyed->from || also) && field->key[0];
}

static void fill(void)
{
	struct keyed *keyed = filling;

	for (unsigned i = 0; i < keyed->table->count && keyed->count < KEYED_ROWS; i++) {
		const struct field *field = &keyed->table->fields[i];
		if (!row_belongs(keyed, field))
			continue;
		uint8_t *slot = slot_of(keyed, span_of(field->key));
		if (*slot)
			continue;
		keyed->rows[keyed->count++] = (struct keyed_row){ field, span_of(field->key) };
		*slot = (uint8_t)keyed->count;
	}
}

void keyed_start(struct keyed *keyed)
{
	filling = keyed;
	call_once(&keyed->once, fill);
}

const struct field *keyed_line(const struct keyed *keyed, struct span line, struct span *ret_value)
{
	struct span key;

	if (!span_until(&line, keyed->mark, &key) || key.len == 0)
		return NULL;
	unsigned place = *slot_of(keyed, key);
	if (!place)
		return NULL;
	*ret_value = line;
	return keyed->rows[place - 1].field;
}

void keyed_number(const struct keyed *keyed, const struct field *field, struct span value, void *record)
{
	int64_t number, scale = 1;
	struct span unit;

	if (field->unit == MASK) {
		if (span_hex(&value, &number))
			record_set(field, record, number);
		return;
	}
	if (!span_i64(&value, &number))
		return;
	if (span_word(&value, &unit) && span_is(unit, "kB"))
		scale = 1024;
	else if (field->unit == BYTES)
		scale = keyed->bytes_in_unit;
	if (!__builtin_mul_overflow(number, scale, &number))
		record_set(field, record, number);
}

void keyed_parse(struct keyed *keyed, struct span bytes, void *record)
{
	struct span line, value;

	keyed_start(keyed);
	while (span_whole_line(&bytes, &line)) {
		const struct field *field = keyed_line(keyed, line, &value);
		if (field && field->kind != TEXT)
			keyed_number(keyed, field, value, record);
	}
}
