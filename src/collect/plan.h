/* Wanted fields -> the kernel files to open. */
#ifndef COLLECT_PLAN_H
#define COLLECT_PLAN_H

#include "model/source.h"

/* A set of enum source_id. */
typedef uint64_t sources;

static inline bool sources_has(sources set, enum source_id id)
{
	return set >> id & 1;
}

/* The files that give all task fields of the set. A field that two files know costs nothing when either is open anyway.
 */
sources plan_tasks(const struct field_set *fields);

/* What others can change while the process sleeps: its memory, its group, its chances. */
extern const sources plan_restless;

/*
 * The same for a tree on a disk. Its folders belong to whoever captured it, so that the files must say what the live
 * kernel says by the owner of a folder; and its links lead to files of this machine, so that nothing can be said of
 * them.
 */
sources plan_captured_tasks(const struct field_set *fields);

/* The files of any other table; every row names just one. */
sources plan_table(const struct field_table *table, const struct field_set *fields);

/* Whether PSS is read by collect/shares.h, and not as any other field. */
bool plan_governs_shares(const struct request *request);

/* The files to read of a task. */
struct task_plan {
	sources always;  /* of every row */
	sources once;    /* says only what never changes: of every row seen for the first time */
	sources details; /* of chosen rows besides */
};

/* Which files to read for the wanted fields but those that are known otherwise. `captured`: of a tree on a disk. */
struct task_plan plan_request(const struct request *request, bool captured, const struct field_set *known);

#endif
