/* Where all of MemTotal went, to the last page. Pure arithmetic on one machine record. */
#ifndef ANALYSIS_LEDGER_H
#define ANALYSIS_LEDGER_H

#include "fields/machine.h"

enum { LEDGER_PARTS = 20, LEDGER_CLAIMS = 5 };

struct ledger_part {
	const char *name;    /* stable key for programs */
	const char *title;   /* for people */
	const char *meaning; /* what it is, in one sentence */
	int64_t bytes;       /* negative only for "unaccounted": counted twice somewhere */
	bool reclaimable;    /* the kernel can take it back without killing or swapping */
};

/* The parts, "unaccounted" among them, add up to total_bytes exactly. */
struct ledger {
	int64_t total_bytes;
	struct ledger_part parts[LEDGER_PARTS];
	size_t count;
};

/* What another tool would call "used" on the same machine, and how it gets there. */
struct ledger_claim {
	const char *tool, *formula;
	int64_t bytes;
};

/* -ENODATA when the record lacks MemTotal or MemFree. Parts that the kernel does not name are left out. */
int ledger_make(const struct machine *machine, struct ledger *ret);

/* Those that can be computed; gives how many. */
size_t ledger_claims(const struct machine *machine, struct ledger_claim ret[LEDGER_CLAIMS]);

/* The machine fields that the ledger reads. */
extern const uint8_t ledger_fields[];
extern const size_t ledger_field_count;

#endif
