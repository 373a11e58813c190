/* One run of an experiment, and what was measured: the process at each mark, and what it reported. */
#ifndef LAB_TRIAL_H
#define LAB_TRIAL_H

#include "lab/experiment.h"
#include "lab/wire.h"
#include "model/source.h"

/* A mark, with everything that the claims of the experiment need. */
struct moment {
	char name[WIRE_TEXT];
	int32_t pid;
	struct snapshot snapshot; /* the one process, and the machine */
};

struct report {
	char name[WIRE_TEXT];
	int64_t value;
};

struct trial {
	const struct experiment *experiment;
	struct moment *moments; /* owned, in the order in which they were marked */
	size_t moment_count;
	struct report *reports; /* owned */
	size_t report_count;
	bool skipped;
	char reason[WIRE_TEXT]; /* why it was skipped, or did not come to its end; "" when it did */
	int64_t elapsed_ns;
};

/*
 * Runs it once, in a fresh process that dies with this one and after ten times the milliseconds it says it needs.
 * `idle`: see child_run. 0 also when the experiment was skipped or died: the trial says so. -errno when it cannot be
 * started.
 */
int trial_run(const struct experiment *experiment, struct source *source, bool idle, struct trial *ret);
void trial_done(struct trial *trial);

/* A field of the process at a mark; of marks with one name, the last. False when there is none, or it is absent. */
bool trial_number(const struct trial *trial, const char *mark, unsigned task_id, int64_t *ret);

/* A number that was reported; of reports with one name, the last. */
bool trial_report(const struct trial *trial, const char *name, int64_t *ret);

/* A field of the machine at a mark. */
bool trial_machine(const struct trial *trial, const char *mark, unsigned machine_id, int64_t *ret);

#endif
