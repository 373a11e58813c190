#include "render/utf8.h"

size_t utf8_length(struct span rest)
{
	static const struct {
		unsigned char mask, mark;
		uint32_t least;
	} forms[] = { { 0x80, 0x00, 0 }, { 0xe0, 0xc0, 0x80 }, { 0xf0, 0xe0, 0x800 }, { 0xf8, 0xf0, 0x10000 } };
	unsigned char first = (unsigned char)rest.at[0];

	for (size_t len = 1; len <= 4; len++) {
		if ((first & forms[len - 1].mask) != forms[len - 1].mark)
			continue;
		uint32_t value = first & (unsigned char)~forms[len - 1].mask;
		for (size_t i = 1; i < len; i++) {
			if (i >= rest.len || ((unsigned char)rest.at[i] & 0xc0) != 0x80)
				return 0;
			value = value << 6 | ((unsigned char)rest.at[i] & 0x3f);
		}
		bool surrogate = value >= 0xd800 && value < 0xe000;
		return value >= forms[len - 1].least && value < 0x110000 && !surrogate ? len : 0;
	}
	return 0;
}
