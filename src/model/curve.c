#include "model/curve.h"

#include <errno.h>
#include <stdlib.h>

static void thin(struct curve *curve)
{
	for (uint32_t i = 0; i < CURVE_POINTS / 2; i++)
		curve->kib[i] = curve->kib[2 * i];
	curve->count = CURVE_POINTS / 2;
	curve->every *= 2;
}

static void add(struct curve *curve, int64_t rss_bytes)
{
	int64_t kib = rss_bytes / 1024;

	if (curve->seen++ % curve->every)
		return;
	if (curve->count == CURVE_POINTS)
		thin(curve);
	curve->kib[curve->count++] = kib < UINT32_MAX ? (uint32_t)kib : UINT32_MAX;
}

struct points {
	struct snapshot_column is_thread, pid, started_ns, rss_bytes;
};

static struct points points_of(const struct snapshot *snapshot)
{
	return (struct points){ .is_thread = snapshot_column(snapshot, TASK_is_thread),
		                .pid = snapshot_column(snapshot, TASK_pid),
		                .started_ns = snapshot_column(snapshot, TASK_started_ns),
		                .rss_bytes = snapshot_column(snapshot, TASK_rss_bytes) };
}

/* A process's point of a snapshot; false for threads, and where something is not known. */
static bool point(const struct points *points, size_t row, struct curve *ret, int64_t *ret_rss)
{
	int64_t thread = 0;

	snapshot_column_number(&points->is_thread, row, &thread);
	return !thread && snapshot_column_number(&points->pid, row, &ret->pid) &&
	       snapshot_column_number(&points->started_ns, row, &ret->started_ns) &&
	       snapshot_column_number(&points->rss_bytes, row, ret_rss);
}

static bool is_of(const struct curve *curve, const struct curve *who)
{
	return curve->pid == who->pid && curve->started_ns == who->started_ns;
}

/* Whether the snapshot has exactly those that there are curves of. */
static bool is_same(const struct curve_set *curves, const struct snapshot *snapshot)
{
	const struct points points = points_of(snapshot);
	size_t count = 0;

	for (size_t row = 0; row < snapshot->count; row++) {
		struct curve who;
		int64_t rss;
		if (point(&points, row, &who, &rss) && (count == curves->count || !is_of(&curves->at[count++], &who)))
			return false;
	}
	return count == curves->count;
}

static void go_on(struct curve_set *curves, const struct snapshot *snapshot)
{
	const struct points points = points_of(snapshot);
	size_t at = 0;

	for (size_t row = 0; row < snapshot->count; row++) {
		struct curve who;
		int64_t rss;
		if (point(&points, row, &who, &rss))
			add(&curves->at[at++], rss);
	}
}

/* Rows and curves stand in the same order: one pass finds those that go on. */
int curve_set_update(struct curve_set *curves, const struct snapshot *snapshot)
{
	const struct points points = points_of(snapshot);
	size_t old = 0, count = 0;

	if (is_same(curves, snapshot)) {
		go_on(curves, snapshot);
		return 0;
	}
	struct curve *fresh = calloc(snapshot->count + 1, sizeof *fresh);
	if (!fresh)
		return -ENOMEM;
	for (size_t row = 0; row < snapshot->count; row++) {
		struct curve who = { .first_ns = snapshot->monotonic_ns, .every = 1 };
		int64_t rss;
		if (!point(&points, row, &who, &rss))
			continue;
		while (old < curves->count && curves->at[old].pid < who.pid)
			old++;
		bool known = old < curves->count && is_of(&curves->at[old], &who);
		fresh[count] = known ? curves->at[old] : who;
		add(&fresh[count++], rss);
	}
	free(curves->at);
	*curves = (struct curve_set){ fresh, count };
	return 0;
}

const struct curve *curve_set_find(const struct curve_set *curves, int64_t pid, int64_t started_ns)
{
	size_t low = 0, high = curves->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (curves->at[middle].pid < pid)
			low = middle + 1;
		else
			high = middle;
	}
	bool found = low < curves->count && curves->at[low].pid == pid && curves->at[low].started_ns == started_ns;
	return found ? &curves->at[low] : NULL;
}

void curve_set_done(struct curve_set *curves)
{
	free(curves->at);
	*curves = (struct curve_set){ 0 };
}
