/* What the kernel counts in, so that the parsers can convert on the line that parses. */
#ifndef KERNEL_UNITS_H
#define KERNEL_UNITS_H

#include "base/span.h"
#include "fields/field.h"

struct kernel_units {
	int64_t page_bytes;
	int64_t tick_ns; /* one USER_HZ tick: 10 ms nearly everywhere */
};

/* Those of the running kernel. */
struct kernel_units kernel_units_live(void);

/*
 * Those of a captured machine, from the lines "page_bytes N" and "ticks_per_second N" of the file `captured` that
 * `./dev capture-root` leaves beside its proc/. -EBADMSG, and nothing set, when one is missing or makes no sense.
 */
int kernel_units_parse(struct span bytes, struct kernel_units *ret);

/* The same from below a root directory. -errno: -ENOENT for a tree that was made without. */
int kernel_units_read(int root_dirfd, struct kernel_units *ret);

/* Writes `count` of that unit into `record`; what does not fit stays absent. */
static inline void units_set(const struct field *field, void *record, int64_t count, int64_t unit)
{
	int64_t product;

	if (!__builtin_mul_overflow(count, unit, &product))
		record_set(field, record, product);
}

#endif
