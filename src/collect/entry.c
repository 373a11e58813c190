#include "collect/entry.h"

#include <stdlib.h>
#include <unistd.h>

struct entry entry_new(int32_t tgid, int32_t pid, bool thread)
{
	return (struct entry){ .tgid = tgid,
		               .pid = pid,
		               .thread = thread,
		               .fd = { -1, -1, -1, -1 },
		               .record = -1,
		               .started_ns = -1,
		               .cpu_ns = -1,
		               .run_ns = -1 };
}

bool entries_reserve(struct entries *entries, size_t count)
{
	if (count <= entries->capacity)
		return true;
	struct entry *at = reallocarray(entries->at, count, sizeof *at);
	if (!at)
		return false;
	entries->at = at;
	entries->capacity = count;
	return true;
}

bool entries_add(struct entries *entries, struct entry entry)
{
	if (entries->count == entries->capacity &&
	    !entries_reserve(entries, entries->capacity ? entries->capacity * 2 : 128))
		return false;
	entries->at[entries->count++] = entry;
	return true;
}

static int compare(const void *left, const void *right)
{
	const struct entry *a = left, *b = right;

	if (a->tgid != b->tgid)
		return a->tgid < b->tgid ? -1 : 1;
	if (a->thread != b->thread)
		return a->thread ? 1 : -1;
	return a->pid < b->pid ? -1 : a->pid > b->pid;
}

/* The kernel lists in order; a captured tree on a disk does not. */
void entries_sort(struct entries *entries)
{
	for (size_t i = 1; i < entries->count; i++)
		if (compare(&entries->at[i - 1], &entries->at[i]) > 0) {
			qsort(entries->at, entries->count, sizeof *entries->at, compare);
			return;
		}
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

void entries_inherit(struct entries *entries, struct entries *old, size_t *open_count)
{
	size_t o = 0;

	for (size_t i = 0; i < entries->count; i++) {
		while (o < old->count && compare(&old->at[o], &entries->at[i]) < 0)
			entry_close(&old->at[o++], open_count);
		if (o == old->count || compare(&old->at[o], &entries->at[i]) != 0)
			continue;
		old->at[o].record = entries->at[i].record;
		old->at[o].lacks = entries->at[i].lacks;
		entries->at[i] = old->at[o++];
	}
	while (o < old->count)
		entry_close(&old->at[o++], open_count);
	free(old->at);
	*old = (struct entries){ 0 };
}

void entries_done(struct entries *entries, size_t *open_count)
{
	for (size_t i = 0; i < entries->count; i++)
		entry_close(&entries->at[i], open_count);
	free(entries->at);
	*entries = (struct entries){ 0 };
}
