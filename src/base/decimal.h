/* The digits of a number: how many they are, and then all of them at once, two by two, where they are to stand. */
#ifndef BASE_DECIMAL_H
#define BASE_DECIMAL_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

extern const char decimal_pairs[];      /* "00", "01", ... "99" */
extern const uint64_t decimal_powers[]; /* 0, 10, 100, ... 10^19 */

static inline size_t decimal_length(uint64_t value)
{
	unsigned bits = 64 - (unsigned)__builtin_clzll(value | 1);
	unsigned guess = bits * 1233 >> 12; /* a bit is log10(2) of a digit: right, or one too few */

	return guess + (value >= decimal_powers[guess]);
}

/* Writes the digits in front of `end`. Gives back where the first of them stands. */
static inline char *decimal_write(char *end, uint64_t value)
{
	for (; value >= 100; value /= 100)
		memcpy(end -= 2, decimal_pairs + value % 100 * 2, 2);
	if (value >= 10)
		return memcpy(end - 2, decimal_pairs + value * 2, 2);
	*--end = (char)('0' + value);
	return end;
}

#endif
