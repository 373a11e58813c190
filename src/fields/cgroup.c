#include "fields/cgroup.h"

#define ROWS         "fields/cgroup.def"
#define ROW_ID(name) CGROUP_##name
#define CGROUP(name, kind, unit, key, v1_key, header, meaning) \
	FIELD(name, kind, unit, FROM_CGROUP_MEMORY, key, header, meaning)
#define RECORD struct cgroup

const struct field cgroup_fields[CGROUP_FIELDS] = {
#include "fields/expand_fields.h"
};
#undef CGROUP

const char *const cgroup_v1_keys[CGROUP_FIELDS] = {
#define CGROUP(name, kind, unit, key, v1_key, ...) v1_key,
#include "fields/cgroup.def"
#undef CGROUP
};

const struct field_table cgroup_table = { "cgroup", cgroup_fields, CGROUP_FIELDS };

_Static_assert((int)CGROUP_FIELDS <= (int)FIELDS_MAX, "struct field_set is full");
