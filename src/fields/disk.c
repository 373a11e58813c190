#include "fields/disk.h"

#define NEEDS(...) ((const uint8_t[]){ __VA_ARGS__ }), sizeof((const uint8_t[]){ __VA_ARGS__ })

const struct field disk_fields[DISK_FIELDS] = {
#define FIELD(name, kind, unit, from, key, header, meaning) \
	{ #name, key, header, meaning, kind, unit, from, offsetof(struct disk, name), DISK_##name, NULL, 0 },
#define TEXT(name, from, key, header, meaning) \
	{ #name, key, header, meaning, TEXT, PLAIN, from, offsetof(struct disk, name), DISK_##name, NULL, 0 },
#define DERIVED(name, kind, unit, header, needs, meaning) \
	{ #name, "", header, meaning, kind, unit, FROM_NOWHERE, 0, DISK_##name, needs },
#include "fields/disk.def"
#undef FIELD
#undef TEXT
#undef DERIVED
};

const struct field_table disk_table = { "disk", disk_fields, DISK_FIELDS };

_Static_assert((int)DISK_FIELDS <= (int)FIELDS_MAX, "struct field_set is full");
