/* Sorting rows by any columns, stably: rows that compare equal keep their order. */
#ifndef MODEL_ORDER_H
#define MODEL_ORDER_H

#include "base/span.h"

struct order_value {
	enum { ABSENT, NUMBER, WORDS } is;
	int64_t number;
	struct span words; /* compared as the locale does (strcoll) */
};

/*
 * Puts `rows` (places 0..count-1 in any order) in order by `keys` values a row: value k of row r is values[r * keys +
 * k]. `descending[k]` turns key k around. Absent values come last either way. -ENOMEM, and nothing is changed.
 */
int order_rows(uint32_t *rows, size_t count, const struct order_value *values, size_t keys, const bool *descending);

#endif
