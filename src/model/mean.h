/* Means of levels over many samples, as reports end with them: of the machine's fields, and of each task's. */
#ifndef MODEL_MEAN_H
#define MODEL_MEAN_H

#include "model/view.h"

enum { MEAN_FIELDS = 8 };

struct mean_sum {
	int64_t sum, count;
};

struct mean {
	/* of the machine: all gauges that its samples have, derived ones too */
	int64_t sum[MACHINE_FIELDS];
	int64_t count[MACHINE_FIELDS];
	/* of tasks: the fields that the user of this chose */
	uint8_t ids[MEAN_FIELDS];
	size_t id_count;
	struct mean_sum *tasks; /* owned: row_count x id_count, as the rows of the last sample */
	size_t row_count;
};

/*
 * Adds one sample, `view->now`; `view->before` is the one that was added before it, if any was. Tasks that are gone are
 * forgotten. -ENOMEM, and nothing is changed.
 */
int mean_add(struct mean *mean, const struct view *view);

/*
 * Sets all levels that the kernel says to their means, so that what is derived from them is derived from means.
 * Counters stay as they are.
 */
void mean_into(const struct mean *mean, struct machine *machine);

/* The mean, rounded to the nearest. False, nothing changed, when no sample had the field. */
bool mean_machine(const struct mean *mean, unsigned machine_id, int64_t *ret);

/* The same of a field of one task: of a row of the sample that was added last. */
bool mean_task(const struct mean *mean, size_t row, unsigned task_id, int64_t *ret);

void mean_done(struct mean *mean);

#endif
