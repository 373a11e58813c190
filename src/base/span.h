/* A stretch of bytes that somebody else owns. Parsers take spans and give spans; nobody copies to look. */
#ifndef BASE_SPAN_H
#define BASE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

struct span {
	const char *at;
	size_t len;
};

#define SPAN(literal) ((struct span){ "" literal, sizeof(literal) - 1 })

static inline struct span span_of(const char *text)
{
	return (struct span){ text, strlen(text) };
}

static inline bool span_equal(struct span a, struct span b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

static inline bool span_is(struct span a, const char *text)
{
	return span_equal(a, span_of(text));
}

/* Letters of ASCII are the same large and small. */
static inline bool span_is_any_case(struct span a, const char *text)
{
	return a.len == strlen(text) && strncasecmp(a.at, text, a.len) == 0;
}

static inline bool span_starts(struct span whole, struct span start)
{
	return whole.len >= start.len && (start.len == 0 || memcmp(whole.at, start.at, start.len) == 0);
}

/* What is left of `whole` behind its first `count` bytes. */
static inline struct span span_skip(struct span whole, size_t count)
{
	count = count < whole.len ? count : whole.len;
	return (struct span){ whole.at + count, whole.len - count };
}

/* Cuts the next word (ends at a blank or newline) off the front of `rest`. False when none is left. */
bool span_word(struct span *rest, struct span *ret_word);

/* Cuts the next line off the front of `rest`; the newline belongs to neither. False when nothing is left. */
bool span_line(struct span *rest, struct span *ret_line);

/* The same, but a last line without its newline is none: kernel files end every line, so that one was cut short. */
bool span_whole_line(struct span *rest, struct span *ret_line);

/* Cuts everything up to `mark` off the front of `rest`, and the mark itself away. False, nothing changed, without a
 * mark. */
bool span_until(struct span *rest, char mark, struct span *ret_before);

/* The part of `whole` without blanks and newlines at either end. */
struct span span_trim(struct span whole);

/* Finds `mark` from the end; -1 when there is none. */
ptrdiff_t span_last(struct span whole, char mark);

/* What stands behind the last '/' of a path; all of it without one. */
static inline struct span span_base(struct span path)
{
	return span_skip(path, (size_t)(span_last(path, '/') + 1));
}

/* Reads the next word as a decimal number. False, and nothing changed, when it is not one or does not fit. */
bool span_i64(struct span *rest, int64_t *ret);

/* The same for numbers up to 2^64-1: a larger value than INT64_MAX is given as its two's complement bits. */
bool span_u64(struct span *rest, int64_t *ret);

/* Reads a row of decimal numbers, at most `capacity`; each as span_i64 or else span_u64 would. Gives how many. */
size_t span_numbers(struct span *rest, int64_t *ret, size_t capacity);

/* Reads the next word in base 16, without a 0x in front; all 64 bits. */
bool span_hex(struct span *rest, int64_t *ret);

/* Reads the next word as a decimal fraction, `decimals` digits behind the point kept: "1.25" with 3 gives 1250. */
bool span_fixed(struct span *rest, unsigned decimals, int64_t *ret);

#endif
