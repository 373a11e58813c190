/* struct slab, its ids and its field table: all made from slab.def. */
#ifndef FIELDS_SLAB_H
#define FIELDS_SLAB_H

#include "fields/field.h"

#define ROWS         "fields/slab.def"
#define ROW_ID(name) SLAB_##name

enum slab_id {
#include "fields/expand_ids.h"
	SLAB_FIELDS
};

struct slab {
	struct field_set have;
#include "fields/expand_members.h"
};

#undef ROWS
#undef ROW_ID

extern const struct field slab_fields[SLAB_FIELDS];
extern const struct field_table slab_table;

/* The only way a member is written: value and `have` bit go together. */
#define slab_set(slab, name, value) ((slab)->name = (value), field_set_add(&(slab)->have, SLAB_##name))

#endif
