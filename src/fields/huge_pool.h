/* struct huge_pool, its ids and its field table: all made from huge_pool.def. */
#ifndef FIELDS_HUGE_POOL_H
#define FIELDS_HUGE_POOL_H

#include "fields/field.h"

#define ROWS         "fields/huge_pool.def"
#define ROW_ID(name) HUGE_POOL_##name

enum huge_pool_id {
#include "fields/expand_ids.h"
	HUGE_POOL_FIELDS
};

struct huge_pool {
	struct field_set have;
#include "fields/expand_members.h"
};

#undef ROWS
#undef ROW_ID

extern const struct field huge_pool_fields[HUGE_POOL_FIELDS];
extern const struct field_table huge_pool_table;

/* The only way a member is written: value and `have` bit go together. */
#define huge_pool_set(huge_pool, name, value) \
	((huge_pool)->name = (value), field_set_add(&(huge_pool)->have, HUGE_POOL_##name))
#define huge_pool_has(huge_pool, name) field_set_has(&(huge_pool)->have, HUGE_POOL_##name)

#endif
