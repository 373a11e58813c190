/* The formulas behind the DERIVED rows. Pure: everything comes from the view or the record. */
#ifndef MODEL_DERIVE_H
#define MODEL_DERIVE_H

#include "fields/machine.h"
#include "fields/task.h"

struct view;

/* A derived task field of one row; false when something it needs is absent. */
bool derive_task(const struct view *view, size_t row, unsigned task_id, int64_t *ret);

/* Any field of a machine record, derived or not. */
bool machine_number(const struct machine *machine, unsigned machine_id, int64_t *ret);

#endif
