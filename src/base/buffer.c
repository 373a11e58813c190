#include "base/buffer.h"

#include <stdio.h>
#include <stdlib.h>

void buffer_done(struct buffer *buffer)
{
	free(buffer->at);
	*buffer = (struct buffer){ 0 };
}

char *buffer_room(struct buffer *buffer, size_t count)
{
	if (buffer->size - buffer->len < count) {
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
	}
	return buffer->at + buffer->len;
}

void buffer_add(struct buffer *buffer, struct span bytes)
{
	char *into = buffer_room(buffer, bytes.len);

	if (into && bytes.len) {
		memcpy(into, bytes.at, bytes.len);
		buffer->len += bytes.len;
	}
}

void buffer_char(struct buffer *buffer, char c)
{
	char *into = buffer_room(buffer, 1);

	if (into) {
		*into = c;
		buffer->len++;
	}
}

void buffer_fill(struct buffer *buffer, char c, size_t count)
{
	char *into = buffer_room(buffer, count);

	if (into && count) {
		memset(into, c, count);
		buffer->len += count;
	}
}

static void number(struct buffer *buffer, bool negative, uint64_t value, size_t width)
{
	char digits[24];
	size_t count = 0;

	do
		digits[sizeof digits - ++count] = (char)('0' + value % 10);
	while (value /= 10);
	if (negative)
		digits[sizeof digits - ++count] = '-';
	if (count < width)
		buffer_fill(buffer, ' ', width - count);
	buffer_add(buffer, (struct span){ digits + sizeof digits - count, count });
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
	char text[16];
	size_t count = 0;

	do
		text[sizeof text - ++count] = "0123456789abcdef"[value % 16];
	while ((value /= 16) || (count < digits && count < sizeof text));
	buffer_add(buffer, (struct span){ text + sizeof text - count, count });
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
