#include "render/number.h"

#include <stdio.h>

static void right(struct buffer *buffer, const char *text, size_t width)
{
	size_t len = strlen(text);

	if (len < width)
		buffer_fill(buffer, ' ', width - len);
	buffer_text(buffer, text);
}

static const char suffixes[] = "kmgtpe";

void number_memory(struct buffer *buffer, int64_t bytes, size_t width, unsigned unit)
{
	double scaled = (double)bytes / 1024;
	char text[32];

	int len = snprintf(text, sizeof text, "%lld", (long long)(bytes / 1024));
	if (unit == 0 && (size_t)len <= width) {
		right(buffer, text, width);
		return;
	}
	for (unsigned i = 1; suffixes[i]; i++) {
		scaled /= 1024;
		len = snprintf(text, sizeof text, "%.1f%c", scaled, suffixes[i]);
		if (i >= unit && (size_t)len <= width) {
			right(buffer, text, width);
			return;
		}
	}
	right(buffer, "?", width);
}

void number_count(struct buffer *buffer, int64_t value, size_t width)
{
	double scaled = (double)value;
	char text[32];

	if ((size_t)snprintf(text, sizeof text, "%lld", (long long)value) <= width) {
		right(buffer, text, width);
		return;
	}
	for (unsigned i = 0; suffixes[i]; i++) {
		scaled /= 1024;
		if ((size_t)snprintf(text, sizeof text, "%.1f%c", scaled, suffixes[i]) <= width ||
		    (size_t)snprintf(text, sizeof text, "%.0f%c", scaled, suffixes[i]) <= width) {
			right(buffer, text, width);
			return;
		}
	}
	right(buffer, "?", width);
}

void number_percent(struct buffer *buffer, int64_t percent, size_t width)
{
	double value = (double)percent / 10000;
	char text[32];

	if ((size_t)snprintf(text, sizeof text, "%#.1f", value) > width &&
	    (size_t)snprintf(text, sizeof text, "%.0f", value) > width)
		snprintf(text, sizeof text, "?");
	right(buffer, text, width);
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
