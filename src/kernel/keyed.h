/*
 * The shape that meminfo, vmstat, status, io and smaps_rollup share: a line a value, "Key: value" or "key value",
 * perhaps with a unit. Keys are matched whole from the line's start; a line that no row names is passed over, and so is
 * a last line without its newline.
 */
#ifndef KERNEL_KEYED_H
#define KERNEL_KEYED_H

#include <threads.h>

#include "fields/field.h"

enum { KEYED_ROWS = 96, KEYED_SLOTS = 256 };

struct keyed {
	const struct field_table *table;
	enum source_id from;
	char mark;             /* ends the key: ':' or ' ' */
	int64_t bytes_in_unit; /* what a BYTES value without "kB" behind it counts in */
	/* filled once, by keyed_start */
	once_flag once;
	unsigned count;
	struct keyed_row {
		const struct field *field;
		struct span key;
	} rows[KEYED_ROWS];
	uint8_t slots[KEYED_SLOTS]; /* place in rows + 1 by the hash of the line's head; 0 is free */
};

/* Sets the number of every known line in `record`. A value that is no number, or does not fit, leaves its field absent.
 */
void keyed_parse(struct keyed *keyed, struct span bytes, void *record);

/* For files that need more than that. Before the first line: */
void keyed_start(struct keyed *keyed);

/*
 * Cuts everything up to the next known line, and that line, off the front of `rest`. Gives its row (of rows with one
 * key, the first) and what stands behind the mark; NULL when no known line is left.
 */
const struct field *keyed_next(const struct keyed *keyed, struct span *rest, struct span *ret_value);

/* Sets one number from the text behind the mark. */
void keyed_number(const struct keyed *keyed, const struct field *field, struct span value, void *record);

/* Sets one text, without the blanks around it. */
void keyed_text(const struct field *field, struct span value, void *record);

#endif
