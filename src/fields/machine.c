#include "fields/machine.h"

#define NEEDS(...) ((const uint8_t[]){ __VA_ARGS__ }), sizeof((const uint8_t[]){ __VA_ARGS__ })

const struct field machine_fields[MACHINE_FIELDS] = {
#define FIELD(name, kind, unit, from, key, header, meaning) \
	{ #name, key, header, meaning, kind, unit, from, offsetof(struct machine, name), MACHINE_##name, NULL, 0 },
#define TEXT(name, from, key, header, meaning) \
	{ #name, key, header, meaning, TEXT, PLAIN, from, offsetof(struct machine, name), MACHINE_##name, NULL, 0 },
#define DERIVED(name, kind, unit, header, needs, meaning) \
	{ #name, "", header, meaning, kind, unit, FROM_NOWHERE, 0, MACHINE_##name, needs },
#define PAIRED(name, unit, header, needs, meaning) \
	{ #name, "", header, meaning, GAUGE, unit, FROM_NOWHERE, 0, MACHINE_##name, needs },
#include "fields/machine.def"
#undef FIELD
#undef TEXT
#undef DERIVED
#undef PAIRED
};

const struct field_table machine_table = { "machine", machine_fields, MACHINE_FIELDS };

_Static_assert((int)MACHINE_FIELDS <= (int)FIELDS_MAX, "struct field_set is full");
