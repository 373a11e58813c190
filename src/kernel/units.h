/* What the kernel counts in, so that the parsers can convert on the line that parses. */
#ifndef KERNEL_UNITS_H
#define KERNEL_UNITS_H

#include <stdint.h>

struct kernel_units {
	int64_t page_bytes;
	int64_t tick_ns; /* one USER_HZ tick: 10 ms nearly everywhere */
};

/* Those of the running kernel. */
struct kernel_units kernel_units_live(void);

#endif
