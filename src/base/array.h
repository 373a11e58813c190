/* Arrays: how they grow, by doubling, and how numbers are sorted and found in them. */
#ifndef BASE_ARRAY_H
#define BASE_ARRAY_H

#include <stddef.h>
#include <stdint.h>
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

/* For qsort() and bsearch() of int64_t, ascending. */
static inline int compare_i64(const void *left, const void *right)
{
	const int64_t *a = left, *b = right;

	return *a < *b ? -1 : *a > *b;
}

#endif
