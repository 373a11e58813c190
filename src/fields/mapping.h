/* struct mapping, its ids and its field table: all made from mapping.def. */
#ifndef FIELDS_MAPPING_H
#define FIELDS_MAPPING_H

#include "fields/field.h"

enum mapping_id {
#define FIELD(name, ...)   MAPPING_##name,
#define TEXT(name, ...)    MAPPING_##name,
#define DERIVED(name, ...) MAPPING_##name,
#include "fields/mapping.def"
#undef FIELD
#undef TEXT
#undef DERIVED
	MAPPING_FIELDS
};

struct mapping {
	struct field_set have;
#define FIELD(name, ...) int64_t name;
#define TEXT(name, ...)  struct span name;
#define DERIVED(name, ...)
#include "fields/mapping.def"
#undef FIELD
#undef TEXT
#undef DERIVED
};

extern const struct field mapping_fields[MAPPING_FIELDS];
extern const struct field_table mapping_table;

/* The only way a member is written: value and `have` bit go together. */
#define mapping_set(mapping, name, value) ((mapping)->name = (value), field_set_add(&(mapping)->have, MAPPING_##name))
#define mapping_has(mapping, name)        field_set_has(&(mapping)->have, MAPPING_##name)

#endif
