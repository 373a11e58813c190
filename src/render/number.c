#include "render/number.h"

#include <stdio.h>

#include "render/digits.h"

static const char suffixes[] = "kmgtpe";

void number_memory(struct buffer *buffer, int64_t bytes, size_t width, unsigned unit)
{
	char text[DIGITS_MOST + 1];

	size_t len = digits_whole(text, bytes / 1024);
	if (unit == 0 && len <= width) {
		digits_right(buffer, text, len, width);
		return;
	}
	for (unsigned i = 1; suffixes[i]; i++) {
		len = digits_tenths(text, bytes, INT64_C(1024) << 10 * i);
		text[len++] = suffixes[i];
		if (i >= unit && len <= width) {
			digits_right(buffer, text, len, width);
			return;
		}
	}
	digits_right(buffer, "?", 1, width);
}

void number_count(struct buffer *buffer, int64_t value, size_t width)
{
	double scaled = (double)value;
	char text[DIGITS_MOST];

	size_t len = digits_whole(text, value);
	for (unsigned i = 0; len > width && suffixes[i]; i++) {
		scaled /= 1024;
		len = (size_t)snprintf(text, sizeof text, "%.1f%c", scaled, suffixes[i]);
		if (len > width)
			len = (size_t)snprintf(text, sizeof text, "%.0f%c", scaled, suffixes[i]);
	}
	if (len <= width)
		digits_right(buffer, text, len, width);
	else
		digits_right(buffer, "?", 1, width);
}

void number_percent(struct buffer *buffer, int64_t percent, size_t width)
{
	char text[DIGITS_MOST];

	size_t len = digits_tenths(text, percent, 10000);
	if (len > width)
		len = (size_t)snprintf(text, sizeof text, "%.0f", (double)percent / 10000);
	if (len <= width)
		digits_right(buffer, text, len, width);
	else
		digits_right(buffer, "?", 1, width);
}

void number_size(struct buffer *buffer, int64_t bytes)
{
	static const char letters[] = "KMGTPE";
	size_t i = 0;

	if (bytes < 0)
		buffer_char(buffer, '-');
	uint64_t size = bytes < 0 ? -(uint64_t)bytes : (uint64_t)bytes;
	while (i < 5 && size >> 10 * (i + 1) >= 1024)
		i++;
	double scaled = (double)size / (double)(UINT64_C(1) << 10 * (i + 1));
	if (size < 1024)
		buffer_format(buffer, size ? "%lluB" : "0", (unsigned long long)size);
	else if (i == 0 || scaled >= 99.95)
		buffer_format(buffer, "%llu%c", (unsigned long long)(scaled + (i ? 0.5 : 0)), letters[i]);
	else
		buffer_format(buffer, scaled < 9.995 ? "%.2f%c" : "%.1f%c", scaled, letters[i]);
}

void number_human(struct buffer *buffer, int64_t bytes, bool si)
{
	static const char letters[] = "BKMGTP";
	double base = si ? 1000 : 1024, scaled = (double)bytes;
	size_t most = si ? 4 : 5;
	char text[32];

	if ((size_t)snprintf(text, sizeof text, "%lldB", (long long)bytes) <= 4) {
		buffer_text(buffer, text);
		return;
	}
	for (unsigned i = 1; letters[i]; i++) {
		const char *mark = si ? "" : "i";
		scaled /= base;
		if ((size_t)snprintf(text, sizeof text, "%.1f%c%s", (float)scaled, letters[i], mark) <= most ||
		    (size_t)snprintf(text, sizeof text, "%lld%c%s", (long long)scaled, letters[i], mark) <= most)
			break;
	}
	buffer_text(buffer, text);
}

void number_fixed(struct buffer *buffer, int64_t value, unsigned decimals)
{
	int64_t scale = 1;

	for (unsigned i = 0; i < decimals; i++)
		scale *= 10;
	if (value < 0)
		buffer_char(buffer, '-');
	uint64_t magnitude = value < 0 ? -(uint64_t)value : (uint64_t)value;
	buffer_u64(buffer, magnitude / (uint64_t)scale, 0);
	uint64_t fraction = magnitude % (uint64_t)scale;
	if (fraction == 0)
		return;
	buffer_char(buffer, '.');
	for (scale /= 10; fraction; scale /= 10) {
		buffer_char(buffer, (char)('0' + fraction / (uint64_t)scale));
		fraction %= (uint64_t)scale;
	}
}
