/* struct slab, its ids and its field table: all made from slab.def. */
#ifndef FIELDS_SLAB_H
#define FIELDS_SLAB_H

#include "fields/field.h"

enum slab_id {
#define FIELD(name, ...)   SLAB_##name,
#define TEXT(name, ...)    SLAB_##name,
#define DERIVED(name, ...) SLAB_##name,
#include "fields/slab.def"
#undef FIELD
#undef TEXT
#undef DERIVED
	SLAB_FIELDS
};

struct slab {
	struct field_set have;
#define FIELD(name, ...) int64_t name;
#define TEXT(name, ...)  struct span name;
#define DERIVED(name, ...)
#include "fields/slab.def"
#undef FIELD
#undef TEXT
#undef DERIVED
};

extern const struct field slab_fields[SLAB_FIELDS];
extern const struct field_table slab_table;

/* The only way a member is written: value and `have` bit go together. */
#define slab_set(slab, name, value) ((slab)->name = (value), field_set_add(&(slab)->have, SLAB_##name))
#define slab_has(slab, name)        field_set_has(&(slab)->have, SLAB_##name)

#endif
