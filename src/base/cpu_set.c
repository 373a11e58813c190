#include "base/cpu_set.h"

#include <errno.h>
#include <stdlib.h>

enum { WORD_BITS = 64 };

void cpu_set_done(struct cpu_set *set)
{
	free(set->words);
	*set = (struct cpu_set){ 0 };
}

int cpu_set_reserve(struct cpu_set *set, size_t cpus)
{
	size_t count = (cpus + WORD_BITS - 1) / WORD_BITS;

	if (count <= set->count)
		return 0;
	uint64_t *words = reallocarray(set->words, count, sizeof *words);
	if (!words)
		return -ENOMEM;
	memset(words + set->count, 0, (count - set->count) * sizeof *words);
	set->words = words;
	set->count = count;
	return 0;
}

int cpu_set_add(struct cpu_set *set, uint64_t cpu)
{
	if (cpu >= CPUS_MAX)
		return 0;
	int r = cpu_set_reserve(set, (size_t)cpu + 1);
	if (r == 0)
		set->words[cpu / WORD_BITS] |= UINT64_C(1) << (cpu % WORD_BITS);
	return r;
}

bool cpu_set_has(const struct cpu_set *set, uint64_t cpu)
{
	return cpu / WORD_BITS < set->count && set->words[cpu / WORD_BITS] >> (cpu % WORD_BITS) & 1;
}

void cpu_set_meet(struct cpu_set *set, const struct cpu_set *other)
{
	for (size_t i = 0; i < set->count; i++)
		set->words[i] &= i < other->count ? other->words[i] : 0;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

int cpu_set_parse_mask(struct span text, struct cpu_set *ret)
{
	struct span digits = span_skip(text, span_starts(text, SPAN("0x")) ? 2 : 0);
	uint64_t base = 0;

	for (size_t i = digits.len; i > 0; i--) {
		if (digits.at[i - 1] == ',' && --i == 0)
			return -EINVAL;
		int digit = hex_digit(digits.at[i - 1]);
		if (digit < 0)
			return -EINVAL;
		for (unsigned bit = 0; bit < 4; bit++)
			if (digit >> bit & 1 && cpu_set_add(ret, base + bit) < 0)
				return -ENOMEM;
		base += 4;
	}
	return 0;
}

/* Digits and nothing else, in front of `text`. */
static bool cut_number(struct span *text, uint64_t most, uint64_t *ret)
{
	uint64_t number = 0;
	size_t len = 0;

	for (; len < text->len && text->at[len] >= '0' && text->at[len] <= '9'; len++) {
		if (number > most / 10)
			return false;
		number = number * 10 + (uint64_t)(text->at[len] - '0');
	}
	if (len == 0 || number > most)
		return false;
	*text = span_skip(*text, len);
	*ret = number;
	return true;
}

static bool cut_char(struct span *text, char c)
{
	if (text->len == 0 || text->at[0] != c)
		return false;
	*text = span_skip(*text, 1);
	return true;
}

static int add_range(struct cpu_set *set, uint64_t first, uint64_t last, uint64_t step)
{
	int r = 0;

	for (uint64_t cpu = first; r == 0 && cpu <= last && cpu < CPUS_MAX; cpu += step)
		r = cpu_set_add(set, cpu);
	return r;
}

int cpu_set_parse_list(struct span text, struct cpu_set *ret)
{
	uint64_t first, last, step = 1;

	do {
		step = 1;
		if (!cut_number(&text, UINT32_MAX, &first))
			return -EINVAL;
		last = first;
		if (cut_char(&text, '-')) {
			if (!cut_number(&text, UINT32_MAX, &last))
				return -EINVAL;
			if (cut_char(&text, ':') && !cut_number(&text, INT64_MAX, &step))
				return -EINVAL;
		}
		if (last < first || step == 0)
			return -EINVAL;
		int r = add_range(ret, first, last, step);
		if (r < 0)
			return r;
	} while (cut_char(&text, ','));
	return text.len ? -EINVAL : 0;
}

void cpu_set_put_mask(struct buffer *buffer, const struct cpu_set *set)
{
	bool begun = false;

	for (size_t i = set->count * (WORD_BITS / 4); i > 0; i--) {
		unsigned digit = set->words[(i - 1) / 16] >> ((i - 1) % 16 * 4) & 0xf;
		begun |= digit != 0;
		if (begun)
			buffer_char(buffer, "0123456789abcdef"[digit]);
	}
	if (!begun)
		buffer_char(buffer, '0');
}

void cpu_set_put_list(struct buffer *buffer, const struct cpu_set *set)
{
	const char *comma = "";

	for (uint64_t cpu = 0; cpu < set->count * WORD_BITS; cpu++) {
		uint64_t last = cpu;
		if (!cpu_set_has(set, cpu))
			continue;
		while (cpu_set_has(set, last + 1))
			last++;
		buffer_text(buffer, comma);
		buffer_u64(buffer, cpu, 0);
		if (last > cpu) {
			buffer_char(buffer, last == cpu + 1 ? ',' : '-');
			buffer_u64(buffer, last, 0);
		}
		comma = ",";
		cpu = last;
	}
}
