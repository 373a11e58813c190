#include "kernel/pid_maps.h"

#include <errno.h>

/* A line on its way through the parser. */
struct cursor {
	const char *at, *end;
};

/* One more than what a digit is worth; 0 for what is none. */
static const uint8_t digits[256] = {
	['0'] = 1, ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,  ['6'] = 7,  ['7'] = 8,
	['8'] = 9, ['9'] = 10, ['a'] = 11, ['b'] = 12, ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16,
};

/* Digits of `base` up to `mark`, which goes too. */
static inline bool number(struct cursor *line, unsigned base, unsigned digits_most, char mark, int64_t *ret)
{
	const char *first = line->at, *at = first;
	uint64_t value = 0;
	unsigned digit;

	for (; at < line->end && (digit = digits[(unsigned char)*at] - 1U) < base; at++)
		value = value * base + digit;
	if (at == first || at - first > (ptrdiff_t)digits_most || at == line->end || *at != mark)
		return false;
	line->at = at + 1;
	*ret = (int64_t)value;
	return true;
}

static inline bool perms_of(struct cursor *line, struct span *ret)
{
	enum { PERMS = 4 };

	if (line->end - line->at <= PERMS || line->at[PERMS] != ' ')
		return false;
	*ret = (struct span){ line->at, PERMS };
	line->at += PERMS + 1;
	return true;
}

int pid_maps_parse(struct span bytes, struct mapping *mapping)
{
	enum { HEX_DIGITS = 16, DEVICE_DIGITS = 8, DECIMAL_DIGITS = 19 };
	struct cursor line = { bytes.at, bytes.at + bytes.len };
	int64_t start, end, offset, major, minor, inode;
	struct span perms;

	if (!number(&line, 16, HEX_DIGITS, '-', &start) || !number(&line, 16, HEX_DIGITS, ' ', &end) ||
	    !perms_of(&line, &perms) || !number(&line, 16, HEX_DIGITS, ' ', &offset) ||
	    !number(&line, 16, DEVICE_DIGITS, ':', &major) || !number(&line, 16, DEVICE_DIGITS, ' ', &minor) ||
	    !number(&line, 10, DECIMAL_DIGITS, ' ', &inode) || (uint64_t)end < (uint64_t)start)
		return -EBADMSG;
	mapping_set(mapping, start, start);
	mapping_set(mapping, end, end);
	if ((uint64_t)end - (uint64_t)start <= INT64_MAX)
		mapping_set(mapping, size_bytes, (int64_t)((uint64_t)end - (uint64_t)start));
	mapping_set(mapping, perms, perms);
	mapping_set(mapping, offset_bytes, offset);
	mapping_set(mapping, device_major, major);
	mapping_set(mapping, device_minor, minor);
	mapping_set(mapping, inode, inode);
	while (line.at < line.end && *line.at == ' ')
		line.at++;
	if (line.at < line.end)
		mapping_set(mapping, name, ((struct span){ line.at, (size_t)(line.end - line.at) }));
	return 0;
}

int pid_maps_next(struct span *rest, struct mapping *ret)
{
	struct span line;

	if (!span_whole_line(rest, &line))
		return 0;
	ret->have = (struct field_set){ 0 };
	int r = pid_maps_parse(line, ret);
	return r < 0 ? r : 1;
}
