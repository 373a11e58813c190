#include "base/escape.h"

static bool octal(struct span text, char *ret)
{
	unsigned value = 0;

	if (text.len < 3)
		return false;
	for (int i = 0; i < 3; i++) {
		unsigned digit = (unsigned)(unsigned char)text.at[i] - '0';
		if (digit > 7)
			return false;
		value = value * 8 + digit;
	}
	*ret = (char)value;
	return value <= 255;
}

struct span escape_undo(struct span name, struct arena *arena)
{
	char *copy = arena_new(arena, name.len);
	size_t len = 0;

	if (!copy)
		return (struct span){ "", 0 };
	while (name.len) {
		bool escaped = name.at[0] == '\\' && octal(span_skip(name, 1), &copy[len]);
		if (!escaped)
			copy[len] = name.at[0];
		len++;
		name = span_skip(name, escaped ? 4 : 1);
	}
	return (struct span){ copy, len };
}
