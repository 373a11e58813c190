#include "fields/slab.h"

#define NEEDS(...) ((const uint8_t[]){ __VA_ARGS__ }), sizeof((const uint8_t[]){ __VA_ARGS__ })

const struct field slab_fields[SLAB_FIELDS] = {
#define FIELD(name, kind, unit, from, key, header, meaning) \
	{ #name, key, header, meaning, kind, unit, from, offsetof(struct slab, name), SLAB_##name, NULL, 0 },
#define TEXT(name, from, key, header, meaning) \
	{ #name, key, header, meaning, TEXT, PLAIN, from, offsetof(struct slab, name), SLAB_##name, NULL, 0 },
#define DERIVED(name, kind, unit, header, needs, meaning) \
	{ #name, "", header, meaning, kind, unit, FROM_NOWHERE, 0, SLAB_##name, needs },
#include "fields/slab.def"
#undef FIELD
#undef TEXT
#undef DERIVED
};

const struct field_table slab_table = { "slab", slab_fields, SLAB_FIELDS };

_Static_assert((int)SLAB_FIELDS <= (int)FIELDS_MAX, "struct field_set is full");
