#include "fields/mapping.h"

#define NEEDS(...) ((const uint8_t[]){ __VA_ARGS__ }), sizeof((const uint8_t[]){ __VA_ARGS__ })

const struct field mapping_fields[MAPPING_FIELDS] = {
#define FIELD(name, kind, unit, from, key, header, meaning) \
	{ #name, key, header, meaning, kind, unit, from, offsetof(struct mapping, name), MAPPING_##name, NULL, 0 },
#define TEXT(name, from, key, header, meaning) \
	{ #name, key, header, meaning, TEXT, PLAIN, from, offsetof(struct mapping, name), MAPPING_##name, NULL, 0 },
#define DERIVED(name, kind, unit, header, needs, meaning) \
	{ #name, "", header, meaning, kind, unit, FROM_NOWHERE, 0, MAPPING_##name, needs },
#include "fields/mapping.def"
#undef FIELD
#undef TEXT
#undef DERIVED
};

const struct field_table mapping_table = { "mapping", mapping_fields, MAPPING_FIELDS };

_Static_assert((int)MAPPING_FIELDS <= (int)FIELDS_MAX, "struct field_set is full");
