/* struct disk, its ids and its field table: all made from disk.def. */
#ifndef FIELDS_DISK_H
#define FIELDS_DISK_H

#include "fields/field.h"

#define ROWS         "fields/disk.def"
#define ROW_ID(name) DISK_##name

enum disk_id {
#include "fields/expand_ids.h"
	DISK_FIELDS
};

struct disk {
	struct field_set have;
#include "fields/expand_members.h"
};

#undef ROWS
#undef ROW_ID

extern const struct field disk_fields[DISK_FIELDS];
extern const struct field_table disk_table;

/* The only way a member is written: value and `have` bit go together. */
#define disk_set(disk, name, value) ((disk)->name = (value), field_set_add(&(disk)->have, DISK_##name))
#define disk_has(disk, name)        field_set_has(&(disk)->have, DISK_##name)

#endif
