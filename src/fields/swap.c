#include "fields/swap.h"

#define NEEDS(...) ((const uint8_t[]){ __VA_ARGS__ }), sizeof((const uint8_t[]){ __VA_ARGS__ })

const struct field swap_fields[SWAP_FIELDS] = {
#define FIELD(name, kind, unit, from, key, header, meaning) \
	{ #name, key, header, meaning, kind, unit, from, offsetof(struct swap, name), SWAP_##name, NULL, 0 },
#define TEXT(name, from, key, header, meaning) \
	{ #name, key, header, meaning, TEXT, PLAIN, from, offsetof(struct swap, name), SWAP_##name, NULL, 0 },
#define DERIVED(name, kind, unit, header, needs, meaning) \
	{ #name, "", header, meaning, kind, unit, FROM_NOWHERE, 0, SWAP_##name, needs },
#include "fields/swap.def"
#undef FIELD
#undef TEXT
#undef DERIVED
};

const struct field_table swap_table = { "swap", swap_fields, SWAP_FIELDS };

_Static_assert((int)SWAP_FIELDS <= (int)FIELDS_MAX, "struct field_set is full");
