#include "render/digits.h"

#include <langinfo.h>
#include <stdio.h>

#include "base/decimal.h"

size_t digits_whole(char *at, int64_t value)
{
	uint64_t magnitude = value < 0 ? -(uint64_t)value : (uint64_t)value;
	size_t len = decimal_length(magnitude) + (value < 0);

	char *first = decimal_write(at + len, magnitude);
	if (value < 0)
		first[-1] = '-';
	return len;
}

size_t digits_two(char *at, int64_t value)
{
	at[0] = (char)('0' + value / 10 % 10);
	at[1] = (char)('0' + value % 10);
	return 2;
}

size_t digits_tenths(char *at, int64_t value, int64_t scale)
{
	enum { EXACT_BITS = 53 }; /* a double holds every integer below 2^53 */

	if (value >= 0 && value < (INT64_C(1) << EXACT_BITS) / 10 && scale < INT64_C(1) << EXACT_BITS) {
		int64_t tenths = value * 10 / scale, rest = value * 10 % scale;
		if (rest * 2 != scale) {
			tenths += rest * 2 > scale;
			size_t len = digits_whole(at, tenths / 10);
			for (const char *sign = nl_langinfo(RADIXCHAR); *sign; sign++)
				at[len++] = *sign;
			at[len++] = (char)('0' + tenths % 10);
			return len;
		}
	}
	/* Half way between two: the last bit of the double decides. */
	int len = snprintf(at, DIGITS_MOST, "%.1f", (double)value / (double)scale);
	return len > 0 && len < DIGITS_MOST ? (size_t)len : 0;
}

void digits_right(struct buffer *buffer, const char *text, size_t len, size_t width)
{
	if (len < width)
		buffer_fill(buffer, ' ', width - len);
	buffer_add(buffer, (struct span){ text, len });
}
