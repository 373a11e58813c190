/* The tree of page tables: how an address is cut into indexes, and what trees of different shapes cost. Pure. */
#ifndef ANALYSIS_PAGE_TABLE_H
#define ANALYSIS_PAGE_TABLE_H

#include <stdint.h>

/* Four levels of 9 bits above a page of 4 KiB, as on x86-64 and most arm64; entries of 8 bytes. */
enum { TABLE_LEVELS = 4, TABLE_BITS = 9, TABLE_PAGE_BITS = 12, TABLE_BYTES = 4096, TABLE_ENTRY_BYTES = 8 };

/* The index into the table of `level`: 0 is the root. */
unsigned table_index(uint64_t address, unsigned level);

/* How much address space one entry of that level covers. */
uint64_t table_covers(unsigned level);

/* "PGD", "PUD", "PMD", "PTE". */
const char *table_name(unsigned level);

/* Costs in bytes. Begin with zeroes. */
struct table_cost {
	int64_t tree_bytes;          /* of the tree, once every page that was added is there */
	int64_t two_level_bytes;     /* of the textbook's two levels: a directory, and a table for each GiB in use */
	int64_t flat_bytes;          /* of one table for the whole address space */
	uint64_t ends[TABLE_LEVELS]; /* of what the tables that are counted cover, at each level */
};

/* Adds addresses from `start` up to `end`. Call it by address, with what does not overlap. */
void table_cost_add(struct table_cost *cost, uint64_t start, uint64_t end);

#endif
