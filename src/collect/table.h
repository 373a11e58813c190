/*
 * Where a live source takes the list of tasks and their first fields from: the directory /proc, or one walk of the
 * kernel's own list. What a table does not give is read from the files of each process.
 */
#ifndef COLLECT_TABLE_H
#define COLLECT_TABLE_H

#include "base/why.h"
#include "collect/entry.h"
#include "kernel/units.h"
#include "model/source.h"

struct table {
	const char *name; /* of the snapshots' source */
	const char *how;  /* a word more for people, or NULL */
	struct field_set
		gives; /* of the last list, of every entry that it knows itself: see entry.record, entry.lacks */
	/* Fills `ret` (empty) with the tasks that `request` wants and `proc_fd` shows, sorted. -errno. */
	int (*list)(struct table *table, int proc_fd, const struct request *request, struct listing *ret);
	/* Puts what it knows of an entry of the last list into `task`. */
	void (*fill)(struct table *table, const struct entry *entry, struct task *task);
	/*
	 * Where an entry is known to be what it was in the list before, sets what others may have changed of it, its
	 * memory, and read_ns. False where it has to be filled anew. May be NULL.
	 */
	bool (*renew)(struct table *table, const struct entry *entry, struct task *task);
	/*
	 * Sets rows of SMAPS_ROLLUP of an entry of the last list for less than reading the file costs, and without its
	 * lock; what they are worth has to be seen from RES. False where it cannot, or that would not pay. May be NULL.
	 */
	bool (*shares)(struct table *table, const struct entry *entry, struct task *task);
	void (*free)(struct table *table);
};

enum table_kind { TABLE_AUTO, TABLE_PROC, TABLE_BPF };

/* What a live source was asked to use. */
struct table_options {
	enum table_kind kind;
	bool keep;                      /* there will be more than one sample */
	int way;                        /* for tests: one way of TABLE_BPF, an enum task_way; 0: the best */
	void (*note)(const char *line); /* gets a line about anything unusual; or NULL */
};

/* The directory: knows no fields. Never freed. */
extern struct table table_proc;

/*
 * Makes the table: with TABLE_AUTO the cheapest that is allowed, for what `request` wants (else it may be NULL:
 * whatever comes). TABLE_BPF insists: -errno where that cannot be had. `why` says in any case why it is not eBPF, or
 * "".
 */
int table_new(const struct table_options *options, int proc_fd, const struct request *request, struct table **ret,
              struct why *why);

/* Accepts NULL. */
void table_free(struct table *table);

#endif
