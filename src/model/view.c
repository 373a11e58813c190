#include "model/view.h"

#include <errno.h>
#include <stdlib.h>

#include "model/derive.h"
#include "model/pair.h"

/* Rows stand in the order of the first three; with the fourth they are of the same task. */
enum { TGID, IS_THREAD, PID, STARTED_NS, KEYS };

struct places {
	const struct snapshot *snapshot;
	unsigned slot[KEYS];
	uint64_t mask; /* of all keys in the first word of `have`; 0: not all of them can be there */
};

static const uint8_t key_ids[KEYS] = { TASK_tgid, TASK_is_thread, TASK_pid, TASK_started_ns };

static struct places places_of(const struct snapshot *snapshot)
{
	struct places places = { .snapshot = snapshot };
	bool all = true;

	for (int key = 0; key < KEYS; key++) {
		places.slot[key] = snapshot->shape.slot[key_ids[key]];
		all &= field_set_has(&snapshot->shape.fields, key_ids[key]) && places.slot[key] < 64;
		places.mask |= UINT64_C(1) << places.slot[key] % 64;
	}
	if (!all)
		places.mask = 0;
	return places;
}

/* The usual case: all that there is to know is known, and it is the same. */
static bool is_same(const struct places *a, size_t row_a, const struct places *b, size_t row_b)
{
	const struct snapshot *left = a->snapshot, *right = b->snapshot;
	const union cell *x = left->cells + row_a * left->shape.cells, *y = right->cells + row_b * right->shape.cells;
	uint64_t missing =
		(~left->have[row_a * left->have_words] & a->mask) | (~right->have[row_b * right->have_words] & b->mask);
	int64_t differs = 0;

	for (int key = 0; key < KEYS; key++)
		differs |= x[a->slot[key]].number ^ y[b->slot[key]].number;
	return a->mask && b->mask && !missing && !differs;
}

/* What is absent counts as 0. */
static int order(const struct snapshot *a, size_t row_a, const struct snapshot *b, size_t row_b)
{
	for (int key = 0; key < STARTED_NS; key++) {
		int64_t x = 0, y = 0;
		snapshot_number(a, row_a, key_ids[key], &x);
		snapshot_number(b, row_b, key_ids[key], &y);
		if (x != y)
			return x < y ? -1 : 1;
	}
	return 0;
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

	for (size_t row = 0; row < now->count; row++)
		view->match[row] = VIEW_NEW;
	if (count == 0)
		return;
	const struct places is = places_of(now), was = places_of(before);
	for (size_t row = 0; row < now->count; row++) {
		int stands = 1;
		if (old < count && is_same(&was, old, &is, row)) {
			view->match[row] = (uint32_t)old++;
			continue;
		}
		while (old < count && (stands = order(before, old, now, row)) < 0)
			old++;
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
