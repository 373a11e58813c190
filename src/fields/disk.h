/* struct disk, its ids and its field table: all made from disk.def. */
#ifndef FIELDS_DISK_H
#define FIELDS_DISK_H

#include "fields/field.h"

enum disk_id {
#define FIELD(name, ...)   DISK_##name,
#define TEXT(name, ...)    DISK_##name,
#define DERIVED(name, ...) DISK_##name,
#include "fields/disk.def"
#undef FIELD
#undef TEXT
#undef DERIVED
	DISK_FIELDS
};

struct disk {
	struct field_set have;
#define FIELD(name, ...) int64_t name;
#define TEXT(name, ...)  struct span name;
#define DERIVED(name, ...)
#include "fields/disk.def"
#undef FIELD
#undef TEXT
#undef DERIVED
};

extern const struct field disk_fields[DISK_FIELDS];
extern const struct field_table disk_table;

/* The only way a member is written: value and `have` bit go together. */
#define disk_set(disk, name, value) ((disk)->name = (value), field_set_add(&(disk)->have, DISK_##name))
#define disk_has(disk, name)        field_set_has(&(disk)->have, DISK_##name)

#endif
