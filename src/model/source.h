/* Whatever hands out snapshots: the live machine, a captured tree, a recording. Those above cannot tell which. */
#ifndef MODEL_SOURCE_H
#define MODEL_SOURCE_H

#include <errno.h>

#include "base/time.h"
#include "fields/mapping.h"
#include "model/snapshot.h"

/* OTHER_THREADS: as THREADS_TOO, but the first thread has no row besides that of its process. */
enum threads { NO_THREADS, ONLY_THREADS, THREADS_TOO, OTHER_THREADS };

/* What a snapshot shall hold. The fields decide which kernel files are opened. */
struct request {
	struct field_set machine;
	bool cpus, swaps, disks, slabs, huge_pools;
	struct field_set cpu_fields; /* with cpus: what of each is not in /proc/stat, some microseconds apiece */

	bool tasks;           /* processes at all */
	enum threads threads; /* a row for each thread instead of, or after, that of its process */
	const int64_t *pids;  /* only these, looked up directly; NULL: all */
	size_t pid_count;
	struct field_set fields; /* of every row */

	/*
	 * Rows worth more: once `fields` is read of all rows, `choose` sets `chosen` for some, and `details` is read of
	 * those. With `only_chosen` the others are left out of the snapshot.
	 */
	struct field_set details;
	void (*choose)(void *context, const struct snapshot *snapshot, bool *chosen);
	void *context;
	bool only_chosen;

	/*
	 * A row that has one thread, which has not been on a CPU since, is read again only every
	 * `patience` samples, its statm apart; in between it carries its old values. What it counts of itself is as if
	 * read anew, and so is its read_ns; what others do to it (a new nice value) may show that much later. With more
	 * than 8, who has slept for long is looked after every other sample, and keeps its read_ns in between. 0: all
	 * rows are read each time.
	 */
	unsigned patience;

	/*
	 * For a screen: the proportional shares (PSS and what else comes from smaps_rollup) are read only of processes
	 * whose counters have moved, for at most one part in `share_part` of a CPU, and never of one that would be held
	 * up for more than `share_longest_ns`; others keep what was read before, and pss_read_ns says when. A
	 * share_part of 1 is no limit but that of a single process, and with a share_longest_ns of INT64_MAX besides
	 * everybody is read anew. With a share_part of 0 they are read like any other field.
	 */
	int64_t share_part, share_longest_ns;

	/*
	 * Those in sight are read before others that need it as much: their PIDs, ascending; NULL: not known yet. And
	 * so many rows with the largest shares shall be known early on: for them, and for those in sight, the first
	 * samples may spend more than the part (collect/shares.h says how much).
	 */
	const int64_t *seen_pids;
	size_t seen_count, share_top;
	const struct snapshot *previous; /* the one taken before; needed for patience only */
};

/*
 * The patience of a request that is made every `delay_ns`: what others do to a row shows at most 16 samples later, and
 * at most 16 seconds.
 */
static inline unsigned request_patience(int64_t delay_ns)
{
	enum { SAMPLES_MOST = 16 };
	const int64_t most_ns = 16 * NS_PER_S;

	return delay_ns <= most_ns / SAMPLES_MOST ? SAMPLES_MOST : (unsigned)(most_ns / delay_ns);
}

/* Gets one mapping, whose texts are good until it returns. Anything but 0 ends the walk. */
typedef int mapping_visit(void *context, const struct mapping *mapping);

/* The same, of many processes; those of one follow each other. */
typedef int mapped_file_visit(void *context, int64_t pid, const struct mapping *mapping);

struct source {
	/* Takes the next snapshot. -errno on failure, and `ret` is untouched. What was not readable is absent in it. */
	int (*take)(struct source *source, const struct request *request, struct snapshot *ret);
	void (*free)(struct source *source);
	/* NULL: this source knows nothing of mappings. */
	int (*mappings)(struct source *source, int64_t pid, const struct field_set *wanted, mapping_visit *visit,
	                void *context);
	int (*mapped_files)(struct source *source, mapped_file_visit *visit, void *context);
};

static inline int source_take(struct source *source, const struct request *request, struct snapshot *ret)
{
	return source->take(source, request, ret);
}

/*
 * Shows `visit` the mappings of a process by address, one by one, with the fields of `wanted` (of mapping_table) that
 * the kernel says; where a captured tree has time steps, at the time of the last snapshot. Gives 0, or what `visit`
 * ended it with. -EACCES: no right to see them; -ENOENT, -ESRCH: no such process; -EOPNOTSUPP: the source has none;
 * -errno.
 */
static inline int source_mappings(struct source *source, int64_t pid, const struct field_set *wanted,
                                  mapping_visit *visit, void *context)
{
	return source->mappings ? source->mappings(source, pid, wanted, visit, context) : -EOPNOTSUPP;
}

/*
 * Shows `visit` every mapping of a file of every process: start, end, size, device and inode, or more. Whose mappings
 * may not be seen is left out. Gives as source_mappings().
 */
static inline int source_mapped_files(struct source *source, mapped_file_visit *visit, void *context)
{
	return source->mapped_files ? source->mapped_files(source, visit, context) : -EOPNOTSUPP;
}

/* Accepts NULL. */
static inline void source_free(struct source *source)
{
	if (source)
		source->free(source);
}

/* Adds a field by id; of derived and named fields also all that they are made from. */
void request_field(struct request *request, struct field_set *set, unsigned task_id);
void request_machine(struct request *request, unsigned machine_id);

/* A field of each CPU. */
static inline void request_cpu(struct request *request, unsigned cpu_id)
{
	request->cpus = true;
	field_set_add(&request->cpu_fields, cpu_id);
}

#endif
