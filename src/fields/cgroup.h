/* struct cgroup, its ids and its field table: all made from cgroup.def. */
#ifndef FIELDS_CGROUP_H
#define FIELDS_CGROUP_H

#include "fields/field.h"

#define ROWS         "fields/cgroup.def"
#define ROW_ID(name) CGROUP_##name
#define CGROUP(name, kind, unit, key, v1_key, header, meaning) \
	FIELD(name, kind, unit, FROM_CGROUP_MEMORY, key, header, meaning)

enum cgroup_id {
#include "fields/expand_ids.h"
	CGROUP_FIELDS
};

struct cgroup {
	struct field_set have;
#include "fields/expand_members.h"
};

#undef ROWS
#undef ROW_ID
#undef CGROUP

/* Their keys are those of cgroup v2; cgroup_v1_keys has the others. */
extern const struct field cgroup_fields[CGROUP_FIELDS];
extern const char *const cgroup_v1_keys[CGROUP_FIELDS];
extern const struct field_table cgroup_table;

/* The only way a member is written: value and `have` bit go together. */
#define cgroup_has(cgroup, name) field_set_has(&(cgroup)->have, CGROUP_##name)

/* What of its page cache belongs to files: shared memory counts among it, too. False when not both are known. */
static inline bool cgroup_file_cache(const struct cgroup *cgroup, int64_t *ret)
{
	if (!cgroup_has(cgroup, cache_bytes) || !cgroup_has(cgroup, shmem_bytes))
		return false;
	*ret = cgroup->cache_bytes - cgroup->shmem_bytes;
	return true;
}

#endif
