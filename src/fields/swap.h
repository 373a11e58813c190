/* struct swap, its ids and its field table: all made from swap.def. */
#ifndef FIELDS_SWAP_H
#define FIELDS_SWAP_H

#include "fields/field.h"

enum swap_id {
#define FIELD(name, ...)   SWAP_##name,
#define TEXT(name, ...)    SWAP_##name,
#define DERIVED(name, ...) SWAP_##name,
#include "fields/swap.def"
#undef FIELD
#undef TEXT
#undef DERIVED
	SWAP_FIELDS
};

struct swap {
	struct field_set have;
#define FIELD(name, ...) int64_t name;
#define TEXT(name, ...)  struct span name;
#define DERIVED(name, ...)
#include "fields/swap.def"
#undef FIELD
#undef TEXT
#undef DERIVED
};

extern const struct field swap_fields[SWAP_FIELDS];
extern const struct field_table swap_table;

/* The only way a member is written: value and `have` bit go together. */
#define swap_set(swap, name, value) ((swap)->name = (value), field_set_add(&(swap)->have, SWAP_##name))
#define swap_has(swap, name)        field_set_has(&(swap)->have, SWAP_##name)

#endif
