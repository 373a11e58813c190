#include "collect/lists.h"

#include <errno.h>

#include "kernel/cpu_frequency.h"
#include "kernel/cpu_node.h"
#include "kernel/cpu_temperature.h"
#include "kernel/diskstats.h"
#include "kernel/huge_pools.h"
#include "kernel/slabinfo.h"
#include "kernel/swaps.h"
#include "kernel/system_stat.h"
#include "kernel/zram.h"

struct place {
	struct files *files;
	const struct kernel_units *units;
	struct snapshot *snapshot;
};

static int read_cpus(const struct place *place, void *into, size_t capacity)
{
	return system_stat_read(place->files, place->units, &place->snapshot->machine, into, capacity);
}

static int read_swaps(const struct place *place, void *into, size_t capacity)
{
	return swaps_read(place->files->dirfd, &place->snapshot->arena, into, capacity);
}

static int read_disks(const struct place *place, void *into, size_t capacity)
{
	return diskstats_read(place->files->dirfd, &place->snapshot->arena, into, capacity);
}

static int read_slabs(const struct place *place, void *into, size_t capacity)
{
	return slabinfo_read(place->files->dirfd, place->units, &place->snapshot->arena, into, capacity);
}

static int read_huge_pools(const struct place *place, void *into, size_t capacity)
{
	return huge_pools_read(place->files->dirfd, into, capacity);
}

/* A list that has grown since it was counted is read again, with room for it. */
static int take(struct lists *lists, const struct place *place, enum list list, size_t record_bytes,
                int (*read)(const struct place *, void *, size_t), void **ret, size_t *ret_count)
{
	enum { AT_FIRST = 64, TRIES = 4 };
	size_t room = lists->seen[list] ? lists->seen[list] : AT_FIRST;
	int count = 0;

	*ret = NULL;
	*ret_count = 0;
	for (int try = 0; try < TRIES; try++) {
		void *into = arena_new(&place->snapshot->arena, room * record_bytes);
		if (!into)
			return -ENOMEM;
		count = read(place, into, room);
		if (count < 0)
			return count;
		*ret = into;
		*ret_count = (size_t)count < room ? (size_t)count : room;
		if ((size_t)count <= room)
			break;
		room = (size_t)count;
	}
	lists->seen[list] = *ret_count;
	return 0;
}

static void find_nodes(const struct place *place)
{
	for (size_t i = 0; i < place->snapshot->cpu_count; i++) {
		struct cpu *cpu = &place->snapshot->cpus[i];
		int64_t node;
		if (cpu_node_read(place->files->dirfd, cpu->id, &node) == 0)
			cpu_set(cpu, node, node);
	}
}

static void find_more(const struct place *place, const struct field_set *wanted)
{
	struct snapshot *snapshot = place->snapshot;

	if (field_set_has(wanted, CPU_node))
		find_nodes(place);
	if (field_set_has(wanted, CPU_frequency_mhz))
		cpu_frequency_read(place->files->dirfd, snapshot->cpus, snapshot->cpu_count);
	if (field_set_has(wanted, CPU_temperature_celsius))
		cpu_temperature_read(place->files->dirfd, snapshot->cpus, snapshot->cpu_count);
}

int lists_take(struct lists *lists, struct files *files, const struct kernel_units *units,
               const struct request *request, struct snapshot *snapshot)
{
	const struct place place = { files, units, snapshot };
	void *at = NULL;
	int r = 0;

	if (request->cpus) {
		r = take(lists, &place, LIST_CPUS, sizeof *snapshot->cpus, read_cpus, &at, &snapshot->cpu_count);
		snapshot->cpus = at;
		find_more(&place, &request->cpu_fields);
	}
	if (request->swaps && r != -ENOMEM) {
		r = take(lists, &place, LIST_SWAPS, sizeof *snapshot->swaps, read_swaps, &at, &snapshot->swap_count);
		snapshot->swaps = at;
		for (size_t i = 0; r == 0 && i < snapshot->swap_count; i++)
			zram_read(files->dirfd, &snapshot->swaps[i]);
	}
	if (request->disks && r != -ENOMEM) {
		r = take(lists, &place, LIST_DISKS, sizeof *snapshot->disks, read_disks, &at, &snapshot->disk_count);
		snapshot->disks = at;
	}
	if (request->slabs && r != -ENOMEM) {
		r = take(lists, &place, LIST_SLABS, sizeof *snapshot->slabs, read_slabs, &at, &snapshot->slab_count);
		snapshot->slabs = at;
		snapshot->slabs_error = r;
	}
	if (request->huge_pools && r != -ENOMEM) {
		r = take(lists, &place, LIST_HUGE_POOLS, sizeof *snapshot->huge_pools, read_huge_pools, &at,
		         &snapshot->huge_pool_count);
		snapshot->huge_pools = at;
	}
	return r == -ENOMEM ? r : 0;
}
