#include "fields/cpu.h"

#define ROWS         "fields/cpu.def"
#define ROW_ID(name) CPU_##name
#define RECORD       struct cpu

const struct field cpu_fields[CPU_FIELDS] = {
#include "fields/expand_fields.h"
};

const struct field_table cpu_table = { "cpu", cpu_fields, CPU_FIELDS };

_Static_assert((int)CPU_FIELDS <= (int)FIELDS_MAX, "struct field_set is full");
