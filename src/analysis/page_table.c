#include "analysis/page_table.h"

enum { ADDRESS_BITS = TABLE_PAGE_BITS + TABLE_LEVELS * TABLE_BITS, HALF_BITS = TABLE_LEVELS * TABLE_BITS / 2 };

static unsigned shift_of(unsigned level)
{
	return TABLE_PAGE_BITS + (TABLE_LEVELS - 1 - level) * TABLE_BITS;
}

unsigned table_index(uint64_t address, unsigned level)
{
	return (unsigned)(address >> shift_of(level)) & ((1U << TABLE_BITS) - 1);
}

uint64_t table_covers(unsigned level)
{
	return UINT64_C(1) << shift_of(level);
}

const char *table_name(unsigned level)
{
	static const char *const names[TABLE_LEVELS] = { "PGD", "PUD", "PMD", "PTE" };

	return names[level];
}

/* How many pieces of `size` the range touches that end behind `*end`, which then is where the last of them ends. */
static int64_t fresh_pieces(uint64_t start, uint64_t last, uint64_t size, uint64_t *end)
{
	uint64_t first_piece = start / size, last_piece = last / size, counted = *end / size;

	if (first_piece < counted)
		first_piece = counted;
	if (last_piece < first_piece)
		return 0;
	*end = (last_piece + 1) * size;
	return (int64_t)(last_piece - first_piece + 1);
}

void table_cost_add(struct table_cost *cost, uint64_t start, uint64_t end)
{
	const int64_t half_bytes = INT64_C(1) << HALF_BITS << 3;
	const uint64_t half_covers = UINT64_C(1) << (TABLE_PAGE_BITS + HALF_BITS);

	if (!cost->flat_bytes) {
		cost->flat_bytes = (INT64_C(1) << (ADDRESS_BITS - TABLE_PAGE_BITS)) * TABLE_ENTRY_BYTES;
		cost->two_level_bytes = half_bytes;
		cost->tree_bytes = TABLE_BYTES;
	}
	if (end <= start)
		return;
	/* A table of a level covers what one entry of the level above does; the root is there always. */
	for (unsigned level = 1; level < TABLE_LEVELS; level++)
		cost->tree_bytes +=
			TABLE_BYTES * fresh_pieces(start, end - 1, table_covers(level - 1), &cost->ends[level]);
	cost->two_level_bytes += half_bytes * fresh_pieces(start, end - 1, half_covers, &cost->ends[0]);
}
