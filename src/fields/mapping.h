/* struct mapping, its ids and its field table: all made from mapping.def. */
#ifndef FIELDS_MAPPING_H
#define FIELDS_MAPPING_H

#include "fields/field.h"

#define ROWS         "fields/mapping.def"
#define ROW_ID(name) MAPPING_##name

enum mapping_id {
#include "fields/expand_ids.h"
	MAPPING_FIELDS
};

struct mapping {
	struct field_set have;
#include "fields/expand_members.h"
};

#undef ROWS
#undef ROW_ID

extern const struct field mapping_fields[MAPPING_FIELDS];
extern const struct field_table mapping_table;

/* The only way a member is written: value and `have` bit go together. */
#define mapping_set(mapping, name, value) ((mapping)->name = (value), field_set_add(&(mapping)->have, MAPPING_##name))
#define mapping_has(mapping, name)        field_set_has(&(mapping)->have, MAPPING_##name)

/* For sums: what the kernel did not say adds nothing. */
#define mapping_or_zero(mapping, name) (mapping_has(mapping, name) ? (mapping)->name : 0)

#endif
