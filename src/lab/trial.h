/* One run of an experiment, and what was measured: the processes at each mark, and what they reported. */
#ifndef LAB_TRIAL_H
#define LAB_TRIAL_H

#include "lab/experiment.h"
#include "lab/wire.h"
#include "model/source.h"

/* A mark, with everything that the claims and the picture of the experiment need. */
struct moment {
	char name[WIRE_TEXT];
	bool of_child; /* of a process that the experiment has started, not of its own */
	int32_t pid;
	struct snapshot snapshot; /* the one process, and the machine */
};

struct report {
	char name[WIRE_TEXT];
	int64_t value;
};

/* For the picture: a point, or a slice from x to y. */
struct point {
	char series[WIRE_TEXT];
	bool slice;
	int64_t x, y;
};

/* For the picture: enum cell_kind in each. */
struct cells {
	char name[WIRE_TEXT];
	uint8_t *at; /* owned */
	size_t count;
};

struct trial {
	const struct experiment *experiment;
	int64_t begin_ns;       /* CLOCK_MONOTONIC */
	struct moment *moments; /* owned, in the order in which they were marked */
	size_t moment_count;
	struct report *reports; /* owned */
	size_t report_count;
	struct point *points; /* owned */
	size_t point_count;
	struct cells *rows; /* owned, in the order in which they were first seen */
	size_t row_count;
	char step[WIRE_TEXT]; /* the mark or report that was last reached, with conditions.steps; otherwise "" */
	bool skipped, noisy;
	char reason[WIRE_TEXT]; /* why it was skipped, gave up, or did not come to its end; "" when it did */
	int64_t elapsed_ns;
};

void trial_done(struct trial *trial);

/* A moment that is taken over with its snapshot; the others are copied. -ENOMEM. */
int trial_add_moment(struct trial *trial, const struct moment *moment);
int trial_add_report(struct trial *trial, const char *name, int64_t value);
int trial_add_point(struct trial *trial, const char *series, bool slice, int64_t x, int64_t y);

/* Puts cells into the row of that name, from the `at`-th on; -EINVAL where no row can be that long. */
int trial_add_cells(struct trial *trial, const char *name, int64_t at, const uint8_t *cells, int64_t count);

/* A field of the process at a mark; of marks with one name, the last. False when there is none, or it is absent. */
bool trial_number(const struct trial *trial, const char *mark, unsigned task_id, int64_t *ret);

/* A number that was reported; of reports with one name, the last. */
bool trial_report(const struct trial *trial, const char *name, int64_t *ret);

/* A field of the machine at a mark. */
bool trial_machine(const struct trial *trial, const char *mark, unsigned machine_id, int64_t *ret);

/* The same of one moment. */
bool moment_number(const struct moment *moment, unsigned task_id, int64_t *ret);
bool moment_machine(const struct moment *moment, unsigned machine_id, int64_t *ret);

/* The row of cells of that name, or NULL. */
const struct cells *trial_cells(const struct trial *trial, const char *name);

#endif
