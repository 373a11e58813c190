#include "kernel/keyed.h"

#include "fields/task.h"

/* call_once takes no argument; the one that is being filled waits here, under the once_flag's own lock. */
static thread_local struct keyed *filling;

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
		if (row_belongs(keyed, field))
			keyed->rows[keyed->count++] = (struct keyed_row){ field, span_of(field->key) };
	}
}

const struct field *keyed_line(struct keyed *keyed, struct span line, unsigned *next, struct span *ret_value)
{
	struct span key, rest = line;

	filling = keyed;
	call_once(&keyed->once, fill);
	if (!span_until(&rest, keyed->mark, &key))
		return NULL;
	for (unsigned i = 0; i < keyed->count; i++) {
		unsigned at = *next + i < keyed->count ? *next + i : *next + i - keyed->count;
		if (span_equal(keyed->rows[at].key, key)) {
			*next = at + 1 < keyed->count ? at + 1 : 0;
			*ret_value = rest;
			return keyed->rows[at].field;
		}
	}
	return NULL;
}

void keyed_number(const struct keyed *keyed, const struct field *field, struct span value, void *record)
{
	int64_t number, scale = 1;
	struct span unit;

	if (field->unit == MASK ? !span_hex(&value, &number) : !span_i64(&value, &number))
		return;
	if (span_word(&value, &unit) && span_is(unit, "kB"))
		scale = 1024;
	else if (field->unit == BYTES)
		scale = keyed->bytes_in_unit;
	if (field->unit == MASK || !__builtin_mul_overflow(number, scale, &number))
		record_set(field, record, number);
}

void keyed_parse(struct keyed *keyed, struct span bytes, void *record)
{
	struct span line, value;
	unsigned next = 0;

	while (span_line(&bytes, &line)) {
		const struct field *field = keyed_line(keyed, line, &next, &value);
		if (field && field->kind != TEXT)
			keyed_number(keyed, field, value, record);
	}
}
