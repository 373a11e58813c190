#include "fields/swap.h"

#define ROWS         "fields/swap.def"
#define ROW_ID(name) SWAP_##name
#define RECORD       struct swap

const struct field swap_fields[SWAP_FIELDS] = {
#include "fields/expand_fields.h"
};

const struct field_table swap_table = { "swap", swap_fields, SWAP_FIELDS };

_Static_assert((int)SWAP_FIELDS <= (int)FIELDS_MAX, "struct field_set is full");
