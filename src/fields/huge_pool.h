/* struct huge_pool, its ids and its field table: all made from huge_pool.def. */
#ifndef FIELDS_HUGE_POOL_H
#define FIELDS_HUGE_POOL_H

#include "fields/field.h"

enum huge_pool_id {
#define FIELD(name, ...)   HUGE_POOL_##name,
#define TEXT(name, ...)    HUGE_POOL_##name,
#define DERIVED(name, ...) HUGE_POOL_##name,
#include "fields/huge_pool.def"
#undef FIELD
#undef TEXT
#undef DERIVED
	HUGE_POOL_FIELDS
};

struct huge_pool {
	struct field_set have;
#define FIELD(name, ...) int64_t name;
#define TEXT(name, ...)  struct span name;
#define DERIVED(name, ...)
#include "fields/huge_pool.def"
#undef FIELD
#undef TEXT
#undef DERIVED
};

extern const struct field huge_pool_fields[HUGE_POOL_FIELDS];
extern const struct field_table huge_pool_table;

/* The only way a member is written: value and `have` bit go together. */
#define huge_pool_set(huge_pool, name, value) \
	((huge_pool)->name = (value), field_set_add(&(huge_pool)->have, HUGE_POOL_##name))
#define huge_pool_has(huge_pool, name) field_set_has(&(huge_pool)->have, HUGE_POOL_##name)

#endif
