#include "fields/huge_pool.h"

#define NEEDS(...) ((const uint8_t[]){ __VA_ARGS__ }), sizeof((const uint8_t[]){ __VA_ARGS__ })

const struct field huge_pool_fields[HUGE_POOL_FIELDS] = {
#define FIELD(name, kind, unit, from, key, header, meaning) \
	{ #name, key, header, meaning, kind, unit, from, offsetof(struct huge_pool, name), HUGE_POOL_##name, NULL, 0 },
#define TEXT(name, from, key, header, meaning) \
	{ #name, key, header, meaning, TEXT, PLAIN, from, offsetof(struct huge_pool, name), HUGE_POOL_##name, NULL, 0 },
#define DERIVED(name, kind, unit, header, needs, meaning) \
	{ #name, "", header, meaning, kind, unit, FROM_NOWHERE, 0, HUGE_POOL_##name, needs },
#include "fields/huge_pool.def"
#undef FIELD
#undef TEXT
#undef DERIVED
};

const struct field_table huge_pool_table = { "huge_pool", huge_pool_fields, HUGE_POOL_FIELDS };

_Static_assert((int)HUGE_POOL_FIELDS <= (int)FIELDS_MAX, "struct field_set is full");
