#include "model/watch.h"

#include <errno.h>
#include <stdlib.h>

#include "base/time.h"

/* Growth counts from a moment that is at least so long ago, and at most twice as long. */
static const int64_t WINDOW_NS = 300 * NS_PER_S;

static void move_on(struct sighting *sighting, int64_t now_ns, int64_t rss_bytes)
{
	if (now_ns - sighting->later_ns < WINDOW_NS)
		return;
	sighting->monotonic_ns = sighting->later_ns;
	sighting->rss_bytes = sighting->later_rss_bytes;
	sighting->later_ns = now_ns;
	sighting->later_rss_bytes = rss_bytes;
}

static int compare(const void *left, const void *right)
{
	const struct sighting *a = left, *b = right;

	if (a->pid != b->pid)
		return a->pid < b->pid ? -1 : 1;
	return a->started_ns < b->started_ns ? -1 : a->started_ns > b->started_ns;
}

bool watch_first(const struct watch *watch, int64_t pid, int64_t started_ns, struct sighting *ret)
{
	struct sighting key = { .pid = pid, .started_ns = started_ns };
	const struct sighting *found =
		watch->count ? bsearch(&key, watch->sightings, watch->count, sizeof key, compare) : NULL;

	if (!found)
		return false;
	*ret = *found;
	return true;
}

/* Who can be watched in a snapshot, and how large he is. */
struct seen {
	struct snapshot_column pid, started_ns, rss_bytes;
};

static bool see(const struct seen *seen, size_t row, struct sighting *ret)
{
	return snapshot_column_number(&seen->pid, row, &ret->pid) &&
	       snapshot_column_number(&seen->started_ns, row, &ret->started_ns) &&
	       snapshot_column_number(&seen->rss_bytes, row, &ret->rss_bytes);
}

/* Mostly nobody has come or gone. False where somebody has, and then nothing is changed. */
static bool go_on(struct watch *watch, const struct snapshot *snapshot, const struct seen *seen)
{
	struct sighting s;
	size_t count = 0;

	for (size_t row = 0; row < snapshot->count; row++)
		if (see(seen, row, &s) && (count == watch->count || compare(&watch->sightings[count++], &s) != 0))
			return false;
	if (count != watch->count)
		return false;
	count = 0;
	for (size_t row = 0; row < snapshot->count; row++)
		if (see(seen, row, &s))
			move_on(&watch->sightings[count++], snapshot->monotonic_ns, s.rss_bytes);
	return true;
}

/* Rows stand mostly in the order of the sightings: the next one is most often the one that is wanted. */
static void recollect(const struct watch *watch, size_t *next, struct sighting *s)
{
	while (*next < watch->count && compare(&watch->sightings[*next], s) < 0)
		++*next;
	if (*next < watch->count && compare(&watch->sightings[*next], s) == 0)
		*s = watch->sightings[(*next)++];
	else
		watch_first(watch, s->pid, s->started_ns, s);
}

static bool is_sorted(const struct sighting *seen, size_t count)
{
	for (size_t i = 1; i < count; i++)
		if (compare(&seen[i - 1], &seen[i]) > 0)
			return false;
	return true;
}

/* Those of the snapshot, with what is known of each. */
static int begin_again(struct watch *watch, const struct snapshot *snapshot, const struct seen *seen)
{
	struct sighting *fresh = malloc((snapshot->count + 1) * sizeof *fresh);
	size_t count = 0, next = 0;

	if (!fresh)
		return -ENOMEM;
	for (size_t row = 0; row < snapshot->count; row++) {
		struct sighting s = { .monotonic_ns = snapshot->monotonic_ns };
		if (!see(seen, row, &s))
			continue;
		int64_t rss = s.rss_bytes;
		s.later_ns = s.monotonic_ns;
		s.later_rss_bytes = rss;
		recollect(watch, &next, &s);
		move_on(&s, snapshot->monotonic_ns, rss);
		fresh[count++] = s;
	}
	if (!is_sorted(fresh, count))
		qsort(fresh, count, sizeof *fresh, compare);
	free(watch->sightings);
	*watch = (struct watch){ fresh, count };
	return 0;
}

int watch_update(struct watch *watch, const struct snapshot *snapshot)
{
	const struct seen seen = { snapshot_column(snapshot, TASK_pid), snapshot_column(snapshot, TASK_started_ns),
		                   snapshot_column(snapshot, TASK_rss_bytes) };

	return go_on(watch, snapshot, &seen) ? 0 : begin_again(watch, snapshot, &seen);
}

void watch_done(struct watch *watch)
{
	free(watch->sightings);
	*watch = (struct watch){ 0 };
}
