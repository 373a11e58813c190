/*
 * Two moments looked at together: the rows of the newer one, with everything that can be computed from one or both.
 * Every face reads numbers here; whether a number was read or derived shows nowhere above.
 */
#ifndef MODEL_VIEW_H
#define MODEL_VIEW_H

#include "model/derive.h"
#include "model/snapshot.h"
#include "model/watch.h"

#define VIEW_NEW UINT32_MAX

struct view {
	const struct snapshot *now;
	const struct snapshot *before; /* NULL: first sample */
	uint32_t *match;               /* owned: the row of `before` with the same identity, or VIEW_NEW */
	const struct watch *watch;     /* since when each process is watched; NULL: growth is absent */
};

/* The snapshots stay the caller's and must live longer. -ENOMEM. */
int view_init(struct view *view, const struct snapshot *now, const struct snapshot *before, const struct watch *watch);
void view_done(struct view *view);

/* Any task field, derived or not, of a row. False, nothing changed, when it is absent. */
static inline bool view_number(const struct view *view, size_t row, unsigned task_id, int64_t *ret)
{
	return snapshot_number(view->now, row, task_id, ret) ||
	       (field_derived(&task_fields[task_id]) && derive_task(view, row, task_id, ret));
}

static inline bool view_text(const struct view *view, size_t row, unsigned task_id, struct span *ret)
{
	return snapshot_text(view->now, row, task_id, ret);
}

/* Any machine field, derived or not. Those that need two moments are absent at the first. */
bool view_machine(const struct view *view, unsigned machine_id, int64_t *ret);

/* A counter's value a moment ago: of `before`, or 0 for a task that started since. With the time between the two
 * readings. */
bool view_past(const struct view *view, size_t row, unsigned task_id, int64_t *ret_before, int64_t *ret_elapsed_ns);

#endif
