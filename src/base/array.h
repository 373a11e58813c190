/* Arrays that grow by doubling. */
#ifndef BASE_ARRAY_H
#define BASE_ARRAY_H

#include <stddef.h>
#include <stdlib.h>

/*
 * Where the array is that has room for one more behind `count` elements of `size` bytes: at `at`, or moved. NULL
 * without memory; then `at` and `*capacity` stay as they were.
 */
static inline void *array_room(void *at, size_t count, size_t *capacity, size_t size)
{
	size_t wanted = *capacity ? 2 * *capacity : 16;

	if (count < *capacity)
		return at;
	at = reallocarray(at, wanted, size);
	if (at)
		*capacity = wanted;
	return at;
}

#endif
