#include "fields/disk.h"

#define ROWS         "fields/disk.def"
#define ROW_ID(name) DISK_##name
#define RECORD       struct disk

const struct field disk_fields[DISK_FIELDS] = {
#include "fields/expand_fields.h"
};

const struct field_table disk_table = { "disk", disk_fields, DISK_FIELDS };

_Static_assert((int)DISK_FIELDS <= (int)FIELDS_MAX, "struct field_set is full");
