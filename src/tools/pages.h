/* vires pages: what it has found, and how that is shown. */
#ifndef TOOLS_PAGES_H
#define TOOLS_PAGES_H

#include "analysis/page_table.h"
#include "collect/pages.h"
#include "tools/mappings.h"

enum { STRIP_CELLS = 32, GRID_COLUMNS = 64, GRID_ROWS = 32 };

/* Pages of each kind, and what most of those in each of `cell_count` equal parts of the mapping are. */
struct page_map {
	uint64_t start, end;
	int64_t bytes[PAGE_KINDS];
	uint8_t cells[GRID_COLUMNS * GRID_ROWS]; /* enum page_kind */
	int64_t cell_bytes[GRID_COLUMNS * GRID_ROWS];
	size_t cell_count;
	uint64_t bytes_each; /* of a cell, whole pages */
};

struct pages {
	struct mappings mappings;
	bool has_address, found;
	uint64_t address, page_bytes;
	struct page_map map; /* of the mapping in hand; in the end, of the one that holds the address */
	struct table_cost cost;
	int64_t total[PAGE_KINDS];
	bool unread; /* the pages of some mapping could not be read: reason in `error` */
	int error;
	size_t shown;
};

/* pages_put.c: adds a part of the report, as text or JSON, to `mappings.out`. */
void pages_put_head(struct mappings *mappings);
void pages_put_mapping(struct pages *pages, const struct mapping *mapping);
void pages_put_total(struct pages *pages);
void pages_put_address(struct pages *pages, const struct mapping *mapping);
void pages_put_nowhere(struct pages *pages);

#endif
