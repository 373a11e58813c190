#include "base/buffer.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/decimal.h"

void buffer_done(struct buffer *buffer)
{
	free(buffer->at);
	*buffer = (struct buffer){ 0 };
}

char *buffer_grow(struct buffer *buffer, size_t count)
{
	size_t size = buffer->size ? buffer->size * 2 : 256;

	while (size - buffer->len < count)
		size *= 2;
	char *at = realloc(buffer->at, size);
	if (!at) {
		buffer->failed = true;
		return NULL;
	}
	buffer->at = at;
	buffer->size = size;
	return buffer->at + buffer->len;
}

static void number(struct buffer *buffer, bool negative, uint64_t value, size_t width)
{
	size_t count = decimal_length(value) + negative, blanks = count < width ? width - count : 0;

	if (!buffer_room(buffer, blanks + count))
		return;
	if (blanks)
		buffer_fill(buffer, ' ', blanks);
	buffer->len += count;
	char *first = decimal_write(buffer->at + buffer->len, value);
	if (negative)
		first[-1] = '-';
}

void buffer_i64(struct buffer *buffer, int64_t value, size_t width)
{
	number(buffer, value < 0, value < 0 ? -(uint64_t)value : (uint64_t)value, width);
}

void buffer_u64(struct buffer *buffer, uint64_t value, size_t width)
{
	number(buffer, false, value, width);
}

void buffer_right(struct buffer *buffer, size_t start, size_t width)
{
	size_t len = buffer->len - start;

	if (len >= width || !buffer_room(buffer, width - len))
		return;
	memmove(buffer->at + start + width - len, buffer->at + start, len);
	memset(buffer->at + start, ' ', width - len);
	buffer->len = start + width;
}

void buffer_vformat(struct buffer *buffer, const char *format, va_list args)
{
	va_list again;

	va_copy(again, args);
	int len = vsnprintf(NULL, 0, format, args);
	char *into = len < 0 ? NULL : buffer_room(buffer, (size_t)len + 1);
	if (into) {
		vsnprintf(into, (size_t)len + 1, format, again);
		buffer->len += (size_t)len;
	}
	va_end(again);
}

void buffer_hex(struct buffer *buffer, uint64_t value, size_t digits)
{
	enum { MOST = 16 };
	size_t count = (size_t)(64 - __builtin_clzll(value | 1) + 3) / 4;

	if (count < digits)
		count = digits < MOST ? digits : MOST;
	char *into = buffer_room(buffer, count);
	if (!into)
		return;
	for (size_t i = count; i > 0; value /= 16)
		into[--i] = "0123456789abcdef"[value % 16];
	buffer->len += count;
}

void buffer_format(struct buffer *buffer, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	buffer_vformat(buffer, format, args);
	va_end(args);
}

const char *buffer_cstr(struct buffer *buffer)
{
	char *end = buffer_room(buffer, 1);

	if (!end)
		return "";
	*end = '\0';
	return buffer->at;
}
