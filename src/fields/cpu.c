#include "fields/cpu.h"

#define NEEDS(...) ((const uint8_t[]){ __VA_ARGS__ }), sizeof((const uint8_t[]){ __VA_ARGS__ })

const struct field cpu_fields[CPU_FIELDS] = {
#define FIELD(name, kind, unit, from, key, header, meaning) \
	{ #name, key, header, meaning, kind, unit, from, offsetof(struct cpu, name), CPU_##name, NULL, 0 },
#define TEXT(name, from, key, header, meaning) \
	{ #name, key, header, meaning, TEXT, PLAIN, from, offsetof(struct cpu, name), CPU_##name, NULL, 0 },
#define DERIVED(name, kind, unit, header, needs, meaning) \
	{ #name, "", header, meaning, kind, unit, FROM_NOWHERE, 0, CPU_##name, needs },
#include "fields/cpu.def"
#undef FIELD
#undef TEXT
#undef DERIVED
};

const struct field_table cpu_table = { "cpu", cpu_fields, CPU_FIELDS };

_Static_assert((int)CPU_FIELDS <= (int)FIELDS_MAX, "struct field_set is full");
