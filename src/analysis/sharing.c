#include "analysis/sharing.h"

#include <errno.h>
#include <stdlib.h>

#include "base/array.h"

void sharing_ask(struct field_set *own)
{
	static const uint8_t ids[] = { MAPPING_device_major, MAPPING_device_minor,       MAPPING_inode,
		                       MAPPING_name,         MAPPING_shared_clean_bytes, MAPPING_shared_dirty_bytes };

	for (size_t i = 0; i < sizeof ids; i++)
		field_set_add(own, ids[i]);
}

static struct shared_thing *find(const struct sharing *sharing, const struct mapping *mapping)
{
	for (size_t i = 0; i < sharing->count; i++) {
		struct shared_thing *thing = &sharing->things[i];
		if (thing->inode == mapping->inode && thing->device_minor == mapping->device_minor &&
		    thing->device_major == mapping->device_major)
			return thing;
	}
	return NULL;
}

static struct shared_thing *thing_new(struct sharing *sharing, const struct mapping *mapping)
{
	struct shared_thing *things = array_room(sharing->things, sharing->count, &sharing->capacity, sizeof *things);
	if (!things)
		return NULL;
	sharing->things = things;
	struct span name = arena_copy(&sharing->names, mapping->name);
	struct shared_thing *thing = &sharing->things[sharing->count];
	*thing = (struct shared_thing){ .device_major = mapping->device_major,
		                        .device_minor = mapping->device_minor,
		                        .inode = mapping->inode,
		                        .name = name,
		                        .last_pid = -1 };
	if (mapping->name.len && !name.len)
		return NULL;
	sharing->count++;
	return thing;
}

int sharing_add_own(struct sharing *sharing, const struct mapping *mapping)
{
	int64_t shared = mapping_or_zero(mapping, shared_clean_bytes);

	shared += mapping_or_zero(mapping, shared_dirty_bytes);
	if (!mapping_has(mapping, inode) || mapping->inode == 0) {
		bool lent = mapping_has(mapping, name) && span_starts(mapping->name, SPAN("[v")); /* vdso: by all */
		sharing->anon_bytes += lent ? 0 : shared;
		return 0;
	}
	struct shared_thing *thing = find(sharing, mapping);
	if (!thing)
		thing = thing_new(sharing, mapping);
	if (!thing)
		return -ENOMEM;
	thing->shared_bytes += shared;
	return 0;
}

static int larger_first(const void *left, const void *right)
{
	const struct shared_thing *a = left, *b = right;

	if (a->shared_bytes != b->shared_bytes)
		return a->shared_bytes < b->shared_bytes ? 1 : -1;
	return a->inode > b->inode ? 1 : a->inode < b->inode ? -1 : 0;
}

void sharing_order(struct sharing *sharing)
{
	if (sharing->count)
		qsort(sharing->things, sharing->count, sizeof *sharing->things, larger_first);
	while (sharing->count && sharing->things[sharing->count - 1].shared_bytes == 0)
		sharing->count--;
}

void sharing_add_other(struct sharing *sharing, int64_t pid, const struct mapping *mapping)
{
	struct shared_thing *thing = mapping->inode ? find(sharing, mapping) : NULL;

	if (!thing || thing->last_pid == pid)
		return;
	if (thing->others < SHARING_NAMED)
		thing->pids[thing->others] = pid;
	thing->others++;
	thing->last_pid = pid;
}

void sharing_done(struct sharing *sharing)
{
	free(sharing->things);
	arena_done(&sharing->names);
	*sharing = (struct sharing){ 0 };
}
