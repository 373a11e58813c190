#include "base/span.h"

/* Tables, as /proc is read a byte at a time and a look-up is the shortest way to say what a byte is. */
static const bool is_blank[256] = { [' '] = true, ['\t'] = true, ['\n'] = true };

/* A digit's value + 1; 0 for what is none. */
static const uint8_t digit_of[256] = {
	['0'] = 1,  ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,  ['6'] = 7,  ['7'] = 8,
	['8'] = 9,  ['9'] = 10, ['a'] = 11, ['b'] = 12, ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16,
	['A'] = 11, ['B'] = 12, ['C'] = 13, ['D'] = 14, ['E'] = 15, ['F'] = 16,
};

static inline bool blank(char c)
{
	return is_blank[(unsigned char)c];
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
	const char *found = whole.len ? memrchr(whole.at, mark, whole.len) : NULL;

	return found ? found - whole.at : -1;
}

/* Decimal digits of one word; false on any other byte and on overflow of 64 bits. */
static bool digits(struct span word, uint64_t *ret)
{
	uint64_t value = 0;

	if (word.len == 0)
		return false;
	for (size_t i = 0; i < word.len; i++) {
		unsigned digit = (unsigned)(unsigned char)word.at[i] - '0';
		if (digit > 9 || __builtin_mul_overflow(value, 10, &value) ||
		    __builtin_add_overflow(value, digit, &value))
			return false;
	}
	*ret = value;
	return true;
}

/*
 * The next word between `at` and `end` as a sign and decimal digits; gives where it ends, NULL when it is something
 * else. Of the time of reading /proc that is not the kernel's, most is spent here.
 */
static inline const char *decimal(const char *at, const char *end, bool *ret_negative, uint64_t *ret)
{
	enum { SAFE_DIGITS = 19 }; /* 10^19 < 2^64 */
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
		return NULL;
	if (count > SAFE_DIGITS && !digits((struct span){ first, count }, &value))
		return NULL;
	*ret = value;
	return at;
}

bool span_i64(struct span *rest, int64_t *ret)
{
	const char *end = rest->at + rest->len;
	uint64_t value;
	bool negative;

	const char *at = decimal(rest->at, end, &negative, &value);
	if (!at || value > INT64_MAX)
		return false;
	*ret = negative ? -(int64_t)value : (int64_t)value;
	*rest = (struct span){ at, (size_t)(end - at) };
	return true;
}

/* One blank and up to 18 digits, as nearly all numbers in /proc stand there. NULL: it takes a closer look. */
static inline const char *plain_number(const char *at, const char *end, int64_t *ret)
{
	enum { SAFE_DIGITS = 18 };
	unsigned digit;

	at += at < end && *at == ' ';
	const char *first = at;
	int64_t value = 0;
	for (; at < end && (digit = (unsigned)(unsigned char)*at - '0') < 10; at++)
		value = (int64_t)((uint64_t)value * 10 + digit);
	if (at == end || *at != ' ' || at == first || at - first > SAFE_DIGITS)
		return NULL;
	*ret = value;
	return at;
}

size_t span_numbers(struct span *rest, int64_t *ret, size_t capacity)
{
	const char *at = rest->at, *end = at + rest->len, *behind;
	size_t count = 0;
	uint64_t value;
	bool negative;

	for (; count < capacity; at = behind, count++) {
		if ((behind = plain_number(at, end, &ret[count])))
			continue;
		behind = decimal(at, end, &negative, &value);
		if (!behind || (negative && value > INT64_MAX))
			break;
		ret[count] = negative ? -(int64_t)value : (int64_t)value;
	}
	*rest = (struct span){ at, (size_t)(end - at) };
	return count;
}

bool span_u64(struct span *rest, int64_t *ret)
{
	const char *end = rest->at + rest->len;
	uint64_t value;
	bool negative;

	const char *at = decimal(rest->at, end, &negative, &value);
	if (!at || negative)
		return false;
	*ret = (int64_t)value;
	*rest = (struct span){ at, (size_t)(end - at) };
	return true;
}

bool span_hex(struct span *rest, int64_t *ret)
{
	enum { MOST = 16 };
	struct span after = *rest, word;
	uint64_t value = 0;

	if (!span_word(&after, &word) || word.len > MOST)
		return false;
	for (size_t i = 0; i < word.len; i++) {
		unsigned digit = digit_of[(unsigned char)word.at[i]];
		if (digit == 0)
			return false;
		value = value << 4 | (digit - 1);
	}
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
	if (!digits(whole, &value) || (fraction.len && !digits(fraction, &part)))
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
