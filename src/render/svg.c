#include "render/svg.h"

#include "render/number.h"
#include "render/utf8.h"

void svg_begin(struct buffer *buffer, unsigned width, unsigned height, struct span title)
{
	buffer_format(
		buffer,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%u\" "
		"height=\"%u\" viewBox=\"0 0 %u %u\" font-family=\"sans-serif\" font-size=\"12\">\n<title>",
		width, height, width, height);
	svg_text(buffer, title);
	buffer_text(buffer, "</title>\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
}

void svg_end(struct buffer *buffer)
{
	buffer_text(buffer, "</svg>\n");
}

static const char *escape_of(char c)
{
	switch (c) {
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '&':
		return "&amp;";
	case '"':
		return "&quot;";
	}
	return (unsigned char)c < ' ' || c == 0x7f ? "\xef\xbf\xbd" : NULL;
}

void svg_text(struct buffer *buffer, struct span text)
{
	while (text.len) {
		size_t len = utf8_length(text);
		const char *escape = len == 0 ? "\xef\xbf\xbd" : escape_of(text.at[0]);
		if (escape)
			buffer_text(buffer, escape);
		else
			buffer_add(buffer, (struct span){ text.at, len });
		text = span_skip(text, len ? len : 1);
	}
}

void svg_number(struct buffer *buffer, int64_t thousandths)
{
	number_fixed(buffer, thousandths, 3);
}

const char *svg_colour(size_t n)
{
	/* Okabe and Ito, and lighter ones */
	static const char *const colours[] = { "#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00",
		                               "#f0e442", "#999999", "#66a9d1", "#f3c566", "#66c4ab", "#e1aeca" };

	return colours[n % (sizeof colours / sizeof *colours)];
}
