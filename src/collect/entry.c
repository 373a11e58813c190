#include "collect/entry.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"

struct entry entry_new(const struct listed *listed)
{
	return (struct entry){ .tgid = listed->tgid,
		               .pid = listed->pid,
		               .thread = listed->thread,
		               .fd = { -1, -1, -1, -1 },
		               .record = listed->record,
		               .lacks = listed->lacks,
		               .started_ns = -1,
		               .cpu_ns = -1,
		               .run_ns = -1 };
}

void entry_close(struct entry *entry, size_t *open_count)
{
	for (int k = 0; k < KEPT; k++) {
		if (entry->fd[k] < 0)
			continue;
		close(entry->fd[k]);
		entry->fd[k] = -1;
		--*open_count;
	}
}

static int compare(const struct entry *entry, const struct listed *listed)
{
	return listed_compare(&(struct listed){ .tgid = entry->tgid, .pid = entry->pid, .thread = entry->thread },
	                      listed);
}

static void take_place(struct entry *entry, const struct listed *listed)
{
	entry->record = listed->record;
	entry->lacks = listed->lacks;
}

/* Nobody came and nobody went: then all may stay where it is. */
static bool is_same(const struct entries *entries, const struct listing *listing)
{
	if (entries->count != listing->count)
		return false;
	for (size_t i = 0; i < listing->count; i++)
		if (compare(&entries->at[i], &listing->at[i]) != 0)
			return false;
	return true;
}

/* `at` has room for all that are listed. */
static void merge(struct entries *entries, const struct listing *listing, struct entry *at, size_t *open_count)
{
	size_t old = 0;

	for (size_t i = 0; i < listing->count; i++) {
		const struct listed *listed = &listing->at[i];
		while (old < entries->count && compare(&entries->at[old], listed) < 0)
			entry_close(&entries->at[old++], open_count);
		if (old < entries->count && compare(&entries->at[old], listed) == 0) {
			at[i] = entries->at[old++];
			take_place(&at[i], listed);
		} else {
			at[i] = entry_new(listed);
		}
	}
	while (old < entries->count)
		entry_close(&entries->at[old++], open_count);
}

int entries_update(struct entries *entries, const struct listing *listing, size_t *open_count)
{
	if (is_same(entries, listing)) {
		for (size_t i = 0; i < listing->count; i++)
			take_place(&entries->at[i], &listing->at[i]);
		return 0;
	}
	struct entry *at = reallocarray(NULL, listing->count + 1, sizeof *at);
	if (!at)
		return -ENOMEM;
	memory_expect(at, listing->count * sizeof *at);
	merge(entries, listing, at, open_count);
	free(entries->at);
	*entries = (struct entries){ .at = at, .count = listing->count };
	return 0;
}

void entries_done(struct entries *entries, size_t *open_count)
{
	for (size_t i = 0; i < entries->count; i++)
		entry_close(&entries->at[i], open_count);
	free(entries->at);
	*entries = (struct entries){ 0 };
}
