/*
 * The shape that meminfo, vmstat, status, io and smaps_rollup share: a line a value, "Key: value" or "key value", perhaps
 * with a unit. Keys are matched whole from the line's start; a line that no row names is passed over.
 */
#ifndef KERNEL_KEYED_H
#define KERNEL_KEYED_H

#include <threads.h>

#include "fields/field.h"

enum { KEYED_ROWS = 96 };

struct keyed {
	const struct field_table *table;
	enum source_id from;
	char mark;             /* ends the key: ':' or ' ' */
	int64_t bytes_in_unit; /* what a BYTES value without "kB" behind it counts in */
	/* filled at the first parse */
	once_flag once;
	unsigned count;
	struct keyed_row {
		const struct field *field;
		struct span key;
	} rows[KEYED_ROWS];
};

/* Sets the number of every known line in `record`. A value that is no number, or does not fit, leaves its field absent. */
void keyed_parse(struct keyed *keyed, struct span bytes, void *record);

/* For files that need more than that: the row of one line, with the rest of the line behind the mark; NULL when unknown.
 * `next` remembers where the search goes on, as kernels keep their order: start with 0. */
const struct field *keyed_line(struct keyed *keyed, struct span line, unsigned *next, struct span *ret_value);

/* Sets one number from the text behind the mark. */
void keyed_number(const struct keyed *keyed, const struct field *field, struct span value, void *record);

#endif
