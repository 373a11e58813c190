/* struct cgroup, its ids and its field table: all made from cgroup.def. */
#ifndef FIELDS_CGROUP_H
#define FIELDS_CGROUP_H

#include "fields/field.h"

enum cgroup_id {
#define CGROUP(name, ...) CGROUP_##name,
#include "fields/cgroup.def"
#undef CGROUP
	CGROUP_FIELDS
};

struct cgroup {
	struct field_set have;
#define CGROUP(name, ...) int64_t name;
#include "fields/cgroup.def"
#undef CGROUP
};

/* Their keys are those of cgroup v2; cgroup_v1_keys has the others. */
extern const struct field cgroup_fields[CGROUP_FIELDS];
extern const char *const cgroup_v1_keys[CGROUP_FIELDS];
extern const struct field_table cgroup_table;

/* The only way a member is written: value and `have` bit go together. */
#define cgroup_set(cgroup, name, value) ((cgroup)->name = (value), field_set_add(&(cgroup)->have, CGROUP_##name))
#define cgroup_has(cgroup, name)        field_set_has(&(cgroup)->have, CGROUP_##name)

#endif
