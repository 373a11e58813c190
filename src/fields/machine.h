/* struct machine, its ids and its field table: all made from machine.def. */
#ifndef FIELDS_MACHINE_H
#define FIELDS_MACHINE_H

#include "fields/field.h"

enum machine_id {
#define FIELD(name, ...)   MACHINE_##name,
#define TEXT(name, ...)    MACHINE_##name,
#define DERIVED(name, ...) MACHINE_##name,
#define PAIRED(name, ...)  MACHINE_##name,
#include "fields/machine.def"
#undef FIELD
#undef TEXT
#undef DERIVED
#undef PAIRED
	MACHINE_FIELDS
};

struct machine {
	struct field_set have;
#define FIELD(name, ...) int64_t name;
#define TEXT(name, ...)  struct span name;
#define DERIVED(name, ...)
#define PAIRED(name, ...)
#include "fields/machine.def"
#undef FIELD
#undef TEXT
#undef DERIVED
#undef PAIRED
};

extern const struct field machine_fields[MACHINE_FIELDS];
extern const struct field_table machine_table;

/* The only way a member is written: value and `have` bit go together. */
#define machine_set(machine, name, value) ((machine)->name = (value), field_set_add(&(machine)->have, MACHINE_##name))
#define machine_has(machine, name)        field_set_has(&(machine)->have, MACHINE_##name)

#endif
