/* The columns that try out the layout of the page: texts of many lengths that stand for nothing. */
#include "render/text.h"
#include "tools/ps_cells.h"

static size_t put(const struct ps_row *row, const char *const *texts, unsigned count, size_t room, struct buffer *into)
{
	return text_put(into, span_of(texts[row->number % count]), room);
}

#define PUT(room, ...) \
	static const char *const texts[] = { __VA_ARGS__ }; \
	(void)field; \
	return put(row, texts, sizeof texts / sizeof *texts, room, into)

CELL(sample_left)
{
	(void)room;
	PUT(PS_PAGE_MOST, "tty7", "pts/9999", "iseries/vtty42", "ttySMX0", "3270/tty4");
}

CELL(sample_left2)
{
	(void)room;
	PUT(PS_PAGE_MOST, "tty7", "pts/9999", "ttySMX0", "3270/tty4");
}

CELL(sample_right)
{
	(void)room;
	PUT(PS_PAGE_MOST, "999-23:59:59", "99-23:59:59", "9-23:59:59", "59:59");
}

CELL(sample_right2)
{
	(void)room;
	PUT(PS_PAGE_MOST, "999-23:59:59", "99-23:59:59", "9-23:59:59");
}

CELL(sample_unlimited)
{
	PUT(room, "[123456789-12345] <defunct>", "ps", "123456789-123456");
}

CELL(sample_unlimited2)
{
	PUT(room, "unlimited", "[123456789-12345] <defunct>", "ps", "123456789-123456");
}
