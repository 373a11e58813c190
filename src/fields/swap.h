/* struct swap, its ids and its field table: all made from swap.def. */
#ifndef FIELDS_SWAP_H
#define FIELDS_SWAP_H

#include "fields/field.h"

#define ROWS         "fields/swap.def"
#define ROW_ID(name) SWAP_##name

enum swap_id {
#include "fields/expand_ids.h"
	SWAP_FIELDS
};

struct swap {
	struct field_set have;
#include "fields/expand_members.h"
};

#undef ROWS
#undef ROW_ID

extern const struct field swap_fields[SWAP_FIELDS];
extern const struct field_table swap_table;

/* The only way a member is written: value and `have` bit go together. */
#define swap_set(swap, name, value) ((swap)->name = (value), field_set_add(&(swap)->have, SWAP_##name))
#define swap_has(swap, name)        field_set_has(&(swap)->have, SWAP_##name)

#endif
