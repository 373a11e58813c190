#include "fields/mapping.h"

#define ROWS         "fields/mapping.def"
#define ROW_ID(name) MAPPING_##name
#define RECORD       struct mapping

const struct field mapping_fields[MAPPING_FIELDS] = {
#include "fields/expand_fields.h"
};

const struct field_table mapping_table = { "mapping", mapping_fields, MAPPING_FIELDS };

_Static_assert((int)MAPPING_FIELDS <= (int)FIELDS_MAX, "struct field_set is full");
