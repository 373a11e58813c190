#include "fields/cgroup.h"

const struct field cgroup_fields[CGROUP_FIELDS] = {
#define CGROUP(name, kind, unit, key, v1_key, header, meaning) \
	{ #name,         key,  header, meaning, kind, unit, FROM_CGROUP_MEMORY, offsetof(struct cgroup, name), \
	  CGROUP_##name, NULL, 0 },
#include "fields/cgroup.def"
#undef CGROUP
};

const char *const cgroup_v1_keys[CGROUP_FIELDS] = {
#define CGROUP(name, kind, unit, key, v1_key, ...) v1_key,
#include "fields/cgroup.def"
#undef CGROUP
};

const struct field_table cgroup_table = { "cgroup", cgroup_fields, CGROUP_FIELDS };

_Static_assert((int)CGROUP_FIELDS <= (int)FIELDS_MAX, "struct field_set is full");
