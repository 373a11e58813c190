/* struct cpu, its ids and its field table: all made from cpu.def. */
#ifndef FIELDS_CPU_H
#define FIELDS_CPU_H

#include "fields/field.h"

enum cpu_id {
#define FIELD(name, ...)   CPU_##name,
#define TEXT(name, ...)    CPU_##name,
#define DERIVED(name, ...) CPU_##name,
#include "fields/cpu.def"
#undef FIELD
#undef TEXT
#undef DERIVED
	CPU_FIELDS
};

struct cpu {
	struct field_set have;
#define FIELD(name, ...) int64_t name;
#define TEXT(name, ...)  struct span name;
#define DERIVED(name, ...)
#include "fields/cpu.def"
#undef FIELD
#undef TEXT
#undef DERIVED
};

extern const struct field cpu_fields[CPU_FIELDS];
extern const struct field_table cpu_table;

/* The only way a member is written: value and `have` bit go together. */
#define cpu_set(cpu, name, value) ((cpu)->name = (value), field_set_add(&(cpu)->have, CPU_##name))
#define cpu_has(cpu, name)        field_set_has(&(cpu)->have, CPU_##name)

#endif
