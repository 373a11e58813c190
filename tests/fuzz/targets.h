/* Every parser of kernel text behind one call, for the fuzzers and for the test that feeds them their seeds. */
#ifndef TESTS_FUZZ_TARGETS_H
#define TESTS_FUZZ_TARGETS_H

#include "base/arena.h"
#include "fields/cgroup.h"
#include "fields/cpu.h"
#include "fields/disk.h"
#include "fields/huge_pool.h"
#include "fields/machine.h"
#include "fields/mapping.h"
#include "fields/slab.h"
#include "fields/swap.h"
#include "fields/task.h"

enum { FUZZ_LIST = 4 };

/* All that a parser may fill. Texts point into the bytes that were parsed or into the arena. */
struct fuzz_records {
	struct task task;
	struct machine machine;
	struct cgroup cgroup;
	struct cpu cpus[FUZZ_LIST];
	struct swap areas[FUZZ_LIST];
	struct disk disks[FUZZ_LIST];
	struct slab slabs[FUZZ_LIST];
	struct huge_pool pool;
	struct mapping mappings[FUZZ_LIST]; /* the first ones */
	struct arena arena;
};

struct fuzz_target {
	const char *name; /* and the folder of its seeds */
	int (*parse)(const struct fuzz_target *target, struct span bytes, struct fuzz_records *ret);
	enum source_id from;
	bool cut_shows; /* what is left of a file cut short says nothing that the whole file does not say */
};

extern const struct fuzz_target fuzz_targets[];
extern const unsigned fuzz_target_count;

const struct fuzz_target *fuzz_target_find(struct span name);

/* Parses the bytes, and ends the program when the outcome breaks a rule that holds for any bytes. The parser's result.
 */
int fuzz_feed(const struct fuzz_target *target, struct span bytes, struct fuzz_records *ret);

/* Whether everything in `part` is in `whole` too, and the same. */
bool fuzz_records_within(const struct fuzz_records *part, const struct fuzz_records *whole);

void fuzz_records_done(struct fuzz_records *records);

#endif
