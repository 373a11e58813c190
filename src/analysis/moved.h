/* What has moved in an address space between two moments. Pure: two lists of mappings by address, and the differences.
 */
#ifndef ANALYSIS_MOVED_H
#define ANALYSIS_MOVED_H

#include "analysis/space.h"

/* What is kept of one mapping. */
struct held {
	uint64_t start, end;
	int64_t rss_bytes, pss_bytes, swap_bytes;
	enum space_class class;
	char perms[5];
	struct span name; /* empty for none; the caller's */
};

enum moved_how { MOVED_NEW, MOVED_GONE, MOVED_CHANGED };

struct moved {
	enum moved_how how;
	const struct held *before, *now; /* NULL for a new or a gone one */
	int64_t size_bytes, rss_bytes;   /* how much more; negative for less */
};

/*
 * The mappings that differ in where they end, in RES or in swap, or are in one list only, those with the largest change
 * of RES first. The lists are by address. Gives an array of `*ret_count`, the caller's to free. -ENOMEM.
 */
int moved_new(const struct held *before, size_t before_count, const struct held *now, size_t now_count,
              struct moved **ret, size_t *ret_count);

#endif
