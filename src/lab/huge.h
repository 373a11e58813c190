/* Memory that begins at a multiple of 2 MiB, with or without huge pages. */
#ifndef LAB_HUGE_H
#define LAB_HUGE_H

#include <stdbool.h>
#include <stddef.h>

enum { HUGE_PAGE = 2 << 20 };

/* Private memory of that size, a multiple of HUGE_PAGE, nothing of it touched. NULL when it cannot be had. */
char *huge_memory(size_t size, bool huge);

/* Why there are no huge pages for who asks for them, or NULL: for `missing`. */
const char *huge_missing(void);

#endif
