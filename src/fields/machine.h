/* struct machine, its ids and its field table: all made from machine.def. */
#ifndef FIELDS_MACHINE_H
#define FIELDS_MACHINE_H

#include "fields/field.h"

#define ROWS         "fields/machine.def"
#define ROW_ID(name) MACHINE_##name

enum machine_id {
#include "fields/expand_ids.h"
	MACHINE_FIELDS
};

struct machine {
	struct field_set have;
#include "fields/expand_members.h"
};

#undef ROWS
#undef ROW_ID

extern const struct field machine_fields[MACHINE_FIELDS];
extern const struct field_table machine_table;

/* The only way a member is written: value and `have` bit go together. */
#define machine_set(machine, name, value) ((machine)->name = (value), field_set_add(&(machine)->have, MACHINE_##name))
#define machine_has(machine, name)        field_set_has(&(machine)->have, MACHINE_##name)

#endif
