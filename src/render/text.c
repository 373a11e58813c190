#include "render/text.h"

#include <langinfo.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>

/* The next character: its bytes, and its columns; 0 columns for those that combine. -1: not to be shown. */
static int next(struct span rest, size_t *ret_bytes)
{
	unsigned char first = (unsigned char)rest.at[0];
	mbstate_t state = { 0 };
	wchar_t wide;

	*ret_bytes = 1;
	if (first < 0x80)
		return first >= ' ' && first != 0x7f ? 1 : -1;
	size_t len = mbrtowc(&wide, rest.at, rest.len, &state);
	if (len == 0 || len > rest.len)
		return -1;
	*ret_bytes = len;
	int columns = iswprint((wint_t)wide) ? wcwidth(wide) : -1;
	return columns;
}

/* Whether a character of UTF-8 may begin here: the length that its first byte says is there. */
static bool may_begin(struct span rest)
{
	unsigned char first = (unsigned char)rest.at[0];
	size_t len = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;

	return len && len <= rest.len;
}

static size_t put(struct buffer *buffer, struct span text, size_t columns)
{
	bool utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
	size_t used = 0, bytes;

	while (text.len) {
		int width = next(text, &bytes);
		size_t need = width < 0 ? 1 : (size_t)width;
		if (used + need > columns)
			break;
		utf8 = utf8 && may_begin(text);
		if (buffer && width < 0)
			buffer_char(buffer, utf8 || (unsigned char)text.at[0] >= 0x80 ? '?' : '.');
		else if (buffer)
			buffer_add(buffer, (struct span){ text.at, bytes });
		used += need;
		text = span_skip(text, bytes);
	}
	return used;
}

/* Whether one of eight bytes is a control character, DEL or no ASCII: a borrow or carry comes only out of one that is.
 */
static uint64_t odd_of(const char *at)
{
	const uint64_t each = UINT64_C(0x0101010101010101);
	uint64_t bytes;

	memcpy(&bytes, at, sizeof bytes);
	return (bytes | (bytes - ' ' * each) | (bytes + each)) & 0x80 * each;
}

/* Most text is plain ASCII: found out eight bytes at a time, and added in one go. */
static bool plain(struct span text)
{
	enum { STEP = sizeof(uint64_t) };
	uint64_t odd = 0;

	if (text.len < STEP) {
		for (size_t i = 0; i < text.len; i++)
			odd |= text.at[i] < ' ' || text.at[i] > '~';
		return !odd;
	}
	for (size_t i = 0; i + STEP <= text.len; i += STEP)
		odd |= odd_of(text.at + i);
	return !(odd | odd_of(text.at + text.len - STEP));
}

void text_visible(struct buffer *buffer, struct span text)
{
	size_t bytes;

	for (; text.len; text = span_skip(text, bytes)) {
		int width = next(text, &bytes);
		unsigned char first = (unsigned char)text.at[0];
		if (width >= 0)
			buffer_add(buffer, (struct span){ text.at, bytes });
		else if (first < ' ' || first == 0x7f)
			buffer_format(buffer, "^%c", first ^ 0x40);
		else
			for (size_t i = 0; i < bytes; i++)
				buffer_format(buffer, "<%02X>", (unsigned char)text.at[i]);
	}
}

struct span text_skip(struct span text, size_t columns)
{
	size_t used = 0, bytes;

	while (text.len && used < columns) {
		int width = next(text, &bytes);
		used += width < 0 ? 1 : (size_t)width;
		text = span_skip(text, bytes);
	}
	return text;
}

size_t text_put(struct buffer *buffer, struct span text, size_t columns)
{
	if (!plain(text))
		return put(buffer, text, columns);
	text.len = text.len < columns ? text.len : columns;
	buffer_add(buffer, text);
	return text.len;
}

size_t text_width(struct span text, size_t columns)
{
	if (!plain(text))
		return put(NULL, text, columns);
	return text.len < columns ? text.len : columns;
}

void text_cell(struct buffer *buffer, struct span text, size_t columns, bool right)
{
	if (right) {
		size_t width = text_width(text, columns);
		buffer_fill(buffer, ' ', columns - width);
		text_put(buffer, text, columns);
	} else {
		size_t used = text_put(buffer, text, columns);
		buffer_fill(buffer, ' ', columns - used);
	}
}

void text_cell_marked(struct buffer *buffer, struct span text, size_t columns)
{
	if (columns == 0 || text_width(text, columns + 1) <= columns) {
		text_cell(buffer, text, columns, false);
		return;
	}
	text_cell(buffer, text, columns - 1, false);
	buffer_char(buffer, '+');
}

static void wrap_line(struct buffer *buffer, struct span line, size_t columns, size_t indent)
{
	size_t used = 0;

	while (line.len) {
		size_t blanks = 0, len = 0;
		while (blanks < line.len && line.at[blanks] == ' ')
			blanks++;
		while (blanks + len < line.len && line.at[blanks + len] != ' ')
			len++;
		struct span word = { line.at + blanks, len };
		size_t width = text_width(word, SIZE_MAX);
		if (used > indent && used + blanks + width > columns) {
			buffer_char(buffer, '\n');
			buffer_fill(buffer, ' ', indent);
			used = indent;
			blanks = 0;
		}
		buffer_fill(buffer, ' ', blanks);
		used += blanks + text_put(buffer, word, SIZE_MAX);
		line = span_skip(line, (size_t)(word.at - line.at) + len);
	}
	buffer_char(buffer, '\n');
}

void text_wrap(struct buffer *buffer, struct span text, size_t columns, size_t indent)
{
	struct span line;

	while (span_line(&text, &line))
		wrap_line(buffer, line, columns, indent);
}

static void add_arguments(struct buffer *buffer, struct span cmdline, char newline)
{
	while (cmdline.len && cmdline.at[cmdline.len - 1] == '\0')
		cmdline.len--;
	char *into = buffer_room(buffer, cmdline.len);
	if (!into)
		return;
	for (size_t i = 0; i < cmdline.len; i++) {
		char c = cmdline.at[i];
		into[i] = c == '\0' ? ' ' : c == '\n' ? newline : c;
	}
	buffer->len += cmdline.len;
}

void text_arguments(struct buffer *buffer, struct span cmdline)
{
	add_arguments(buffer, cmdline, '\n');
}

void text_command(struct buffer *buffer, struct span cmdline)
{
	size_t before = buffer->len;

	add_arguments(buffer, cmdline, ' ');
	if (buffer->len == before)
		buffer_char(buffer, '?');
}
