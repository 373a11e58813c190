/* struct cpu, its ids and its field table: all made from cpu.def. */
#ifndef FIELDS_CPU_H
#define FIELDS_CPU_H

#include "fields/field.h"

#define ROWS         "fields/cpu.def"
#define ROW_ID(name) CPU_##name

enum cpu_id {
#include "fields/expand_ids.h"
	CPU_FIELDS
};

struct cpu {
	struct field_set have;
#include "fields/expand_members.h"
};

#undef ROWS
#undef ROW_ID

extern const struct field cpu_fields[CPU_FIELDS];
extern const struct field_table cpu_table;

/* The only way a member is written: value and `have` bit go together. */
#define cpu_set(cpu, name, value) ((cpu)->name = (value), field_set_add(&(cpu)->have, CPU_##name))
#define cpu_has(cpu, name)        field_set_has(&(cpu)->have, CPU_##name)

#endif
