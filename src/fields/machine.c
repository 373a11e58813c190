#include "fields/machine.h"

#define ROWS         "fields/machine.def"
#define ROW_ID(name) MACHINE_##name
#define RECORD       struct machine

const struct field machine_fields[MACHINE_FIELDS] = {
#include "fields/expand_fields.h"
};

const struct field_table machine_table = { "machine", machine_fields, MACHINE_FIELDS };

_Static_assert((int)MACHINE_FIELDS <= (int)FIELDS_MAX, "struct field_set is full");
