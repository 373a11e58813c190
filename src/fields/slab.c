#include "fields/slab.h"

#define ROWS         "fields/slab.def"
#define ROW_ID(name) SLAB_##name
#define RECORD       struct slab

const struct field slab_fields[SLAB_FIELDS] = {
#include "fields/expand_fields.h"
};

const struct field_table slab_table = { "slab", slab_fields, SLAB_FIELDS };

_Static_assert((int)SLAB_FIELDS <= (int)FIELDS_MAX, "struct field_set is full");
