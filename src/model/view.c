#include "model/view.h"

#include <errno.h>
#include <stdlib.h>

#include "model/derive.h"
#include "model/pair.h"

/* Rows stand in this order. */
struct place {
	int64_t tgid, is_thread, pid;
};

static struct place place_of(const struct snapshot *snapshot, size_t row)
{
	struct place place = { 0 };

	snapshot_number(snapshot, row, TASK_tgid, &place.tgid);
	snapshot_number(snapshot, row, TASK_is_thread, &place.is_thread);
	snapshot_number(snapshot, row, TASK_pid, &place.pid);
	return place;
}

static int order(const struct place *a, const struct place *b)
{
	if (a->tgid != b->tgid)
		return a->tgid < b->tgid ? -1 : 1;
	if (a->is_thread != b->is_thread)
		return a->is_thread < b->is_thread ? -1 : 1;
	return (a->pid > b->pid) - (a->pid < b->pid);
}

static bool same_life(const struct snapshot *a, size_t row_a, const struct snapshot *b, size_t row_b)
{
	int64_t x, y;

	return snapshot_number(a, row_a, TASK_started_ns, &x) && snapshot_number(b, row_b, TASK_started_ns, &y) &&
	       x == y;
}

static void pair_rows(struct view *view)
{
	const struct snapshot *now = view->now, *before = view->before;
	size_t old = 0, count = before ? before->count : 0;
	struct place was = { 0 };

	for (size_t row = 0; row < now->count; row++)
		view->match[row] = VIEW_NEW;
	if (count == 0)
		return;
	was = place_of(before, old);
	for (size_t row = 0; row < now->count; row++) {
		struct place is = place_of(now, row);
		int stands = 1;
		while (old < count && (stands = order(&was, &is)) < 0)
			if (++old < count)
				was = place_of(before, old);
		if (old < count && stands == 0 && same_life(before, old, now, row))
			view->match[row] = (uint32_t)old;
	}
}

int view_init(struct view *view, const struct snapshot *now, const struct snapshot *before, const struct watch *watch)
{
	uint32_t *match = calloc(now->count + 1, sizeof *match);

	if (!match)
		return -ENOMEM;
	*view = (struct view){ now, before, match, watch };
	pair_rows(view);
	return 0;
}

void view_done(struct view *view)
{
	free(view->match);
	*view = (struct view){ 0 };
}

bool view_number(const struct view *view, size_t row, unsigned id, int64_t *ret)
{
	if (field_derived(&task_fields[id]))
		return derive_task(view, row, id, ret);
	return snapshot_number(view->now, row, id, ret);
}

bool view_text(const struct view *view, size_t row, unsigned id, struct span *ret)
{
	return snapshot_text(view->now, row, id, ret);
}

bool view_machine(const struct view *view, unsigned id, int64_t *ret)
{
	return machine_number(&view->now->machine, id, ret) || pair_number(view, id, ret);
}

bool view_past(const struct view *view, size_t row, unsigned id, int64_t *ret_before, int64_t *ret_elapsed_ns)
{
	int64_t read, read_before, started;
	uint32_t old = view->match[row];

	if (!view->before || !snapshot_number(view->now, row, TASK_read_ns, &read))
		return false;
	if (old != VIEW_NEW) {
		if (!snapshot_number(view->before, old, TASK_read_ns, &read_before) ||
		    !snapshot_number(view->before, old, id, ret_before))
			return false;
		*ret_elapsed_ns = read - read_before;
		return true;
	}
	if (!snapshot_number(view->now, row, TASK_started_ns, &started) || started < view->before->boot_ns)
		return false;
	*ret_before = 0;
	*ret_elapsed_ns = read - view->before->monotonic_ns;
	return true;
}
