/*
 * A growing stretch of bytes: lines of output, files of unknown length. Running out of memory is remembered, not
 * crashed on.
 */
#ifndef BASE_BUFFER_H
#define BASE_BUFFER_H

#include <stdarg.h>

#include "base/span.h"

struct buffer {
	char *at; /* owned */
	size_t len, size;
	bool failed; /* memory ran out; what was added since is missing */
};

void buffer_done(struct buffer *buffer);

static inline void buffer_clear(struct buffer *buffer)
{
	buffer->len = 0;
}

static inline struct span buffer_span(const struct buffer *buffer)
{
	return (struct span){ buffer->at, buffer->len };
}

/* What buffer_room() does when there is none left. */
char *buffer_grow(struct buffer *buffer, size_t count);

/* Room for at least `count` bytes behind the end, or NULL. The caller adds what it wrote to `len`. */
static inline char *buffer_room(struct buffer *buffer, size_t count)
{
	return buffer->size - buffer->len < count ? buffer_grow(buffer, count) : buffer->at + buffer->len;
}

static inline void buffer_add(struct buffer *buffer, struct span bytes)
{
	char *into = buffer_room(buffer, bytes.len);

	if (into && bytes.len) {
		memcpy(into, bytes.at, bytes.len);
		buffer->len += bytes.len;
	}
}

static inline void buffer_char(struct buffer *buffer, char c)
{
	char *into = buffer_room(buffer, 1);

	if (into) {
		*into = c;
		buffer->len++;
	}
}

/* Mostly few blanks: those are there at once. */
static inline void buffer_fill(struct buffer *buffer, char c, size_t count)
{
	enum { FEW = 16 };
	char *into = buffer_room(buffer, count > FEW ? count : FEW);

	if (!into)
		return;
	if (count <= FEW)
		memset(into, c, FEW);
	else
		memset(into, c, count);
	buffer->len += count;
}

static inline void buffer_text(struct buffer *buffer, const char *text)
{
	buffer_add(buffer, span_of(text));
}

/* Decimal, right-aligned in at least `width` columns. */
void buffer_i64(struct buffer *buffer, int64_t value, size_t width);
void buffer_u64(struct buffer *buffer, uint64_t value, size_t width);

/* Puts blanks in front of what was added since the length was `start`, until that is `width` bytes long. */
void buffer_right(struct buffer *buffer, size_t start, size_t width);

/* Base 16, small letters, at least `digits` of them. */
void buffer_hex(struct buffer *buffer, uint64_t value, size_t digits);

/* For what is not on a hot path. */
void buffer_format(struct buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buffer_vformat(struct buffer *buffer, const char *format, va_list args) __attribute__((format(printf, 2, 0)));

/* Adds a NUL that does not count and gives the text; "" when memory ran out. */
const char *buffer_cstr(struct buffer *buffer);

#endif
