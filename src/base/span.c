#include "base/span.h"

static bool blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

bool span_word(struct span *rest, struct span *ret_word)
{
	const char *at = rest->at, *end = at + rest->len;

	while (at < end && blank(*at))
		at++;
	const char *start = at;
	while (at < end && !blank(*at))
		at++;
	if (at == start)
		return false;
	*ret_word = (struct span){ start, (size_t)(at - start) };
	*rest = (struct span){ at, (size_t)(end - at) };
	return true;
}

bool span_line(struct span *rest, struct span *ret_line)
{
	if (rest->len == 0)
		return false;
	if (!span_until(rest, '\n', ret_line)) {
		*ret_line = *rest;
		*rest = span_skip(*rest, rest->len);
	}
	return true;
}

bool span_whole_line(struct span *rest, struct span *ret_line)
{
	return span_until(rest, '\n', ret_line);
}

bool span_until(struct span *rest, char mark, struct span *ret_before)
{
	const char *found = rest->len ? memchr(rest->at, mark, rest->len) : NULL;

	if (!found)
		return false;
	*ret_before = (struct span){ rest->at, (size_t)(found - rest->at) };
	*rest = span_skip(*rest, ret_before->len + 1);
	return true;
}

struct span span_trim(struct span whole)
{
	while (whole.len && blank(whole.at[0]))
		whole = span_skip(whole, 1);
	while (whole.len && blank(whole.at[whole.len - 1]))
		whole.len--;
	return whole;
}

ptrdiff_t span_last(struct span whole, char mark)
{
	for (size_t i = whole.len; i-- > 0;)
		if (whole.at[i] == mark)
			return (ptrdiff_t)i;
	return -1;
}

static unsigned digit_value(unsigned c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 32;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : 16;
}

/* Digits of one word; false on any other byte and on overflow of 64 bits. */
static bool digits(struct span word, unsigned base, uint64_t *ret)
{
	uint64_t value = 0;

	if (word.len == 0)
		return false;
	for (size_t i = 0; i < word.len; i++) {
		unsigned digit = digit_value((unsigned char)word.at[i]);
		if (digit >= base || __builtin_mul_overflow(value, base, &value) ||
		    __builtin_add_overflow(value, digit, &value))
			return false;
	}
	*ret = value;
	return true;
}

/* The next word as a sign and decimal digits. This is where most of the time of reading /proc goes that is not the
 * kernel's. */
static inline bool decimal(struct span *rest, bool *ret_negative, uint64_t *ret)
{
	enum { SAFE_DIGITS = 18 };
	const char *at = rest->at, *end = at + rest->len;
	uint64_t value = 0;
	unsigned digit;

	while (at < end && blank(*at))
		at++;
	*ret_negative = at < end && *at == '-';
	at += *ret_negative;
	const char *first = at;
	for (; at < end && (digit = (unsigned)(unsigned char)*at - '0') < 10; at++)
		value = value * 10 + digit;
	size_t count = (size_t)(at - first);
	if (count == 0 || (at < end && !blank(*at)))
		return false;
	if (count > SAFE_DIGITS && !digits((struct span){ first, count }, 10, &value))
		return false;
	*ret = value;
	*rest = (struct span){ at, (size_t)(end - at) };
	return true;
}

bool span_i64(struct span *rest, int64_t *ret)
{
	struct span after = *rest;
	uint64_t value;
	bool negative;

	if (!decimal(&after, &negative, &value) || value > INT64_MAX)
		return false;
	*ret = negative ? -(int64_t)value : (int64_t)value;
	*rest = after;
	return true;
}

bool span_u64(struct span *rest, int64_t *ret)
{
	struct span after = *rest;
	uint64_t value;
	bool negative;

	if (!decimal(&after, &negative, &value) || negative)
		return false;
	*ret = (int64_t)value;
	*rest = after;
	return true;
}

bool span_hex(struct span *rest, int64_t *ret)
{
	struct span after = *rest, word;
	uint64_t value;

	if (!span_word(&after, &word) || !digits(word, 16, &value))
		return false;
	*ret = (int64_t)value;
	*rest = after;
	return true;
}

bool span_fixed(struct span *rest, unsigned decimals, int64_t *ret)
{
	struct span after = *rest, word, whole;
	uint64_t value, part = 0;

	if (!span_word(&after, &word))
		return false;
	struct span fraction = word;
	if (!span_until(&fraction, '.', &whole)) {
		whole = word;
		fraction.len = 0;
	}
	if (fraction.len > decimals)
		fraction.len = decimals;
	if (!digits(whole, 10, &value) || (fraction.len && !digits(fraction, 10, &part)))
		return false;
	for (unsigned i = 0; i < decimals; i++)
		if (__builtin_mul_overflow(value, 10, &value) ||
		    (i >= fraction.len && __builtin_mul_overflow(part, 10, &part)))
			return false;
	if (__builtin_add_overflow(value, part, &value) || value > INT64_MAX)
		return false;
	*ret = (int64_t)value;
	*rest = after;
	return true;
}
