#include "collect/task_shares.h"

#include <errno.h>

#define ROLLUP (UINT64_C(1) << FROM_SMAPS_ROLLUP)

/* A walk takes no lock: what the process changes meanwhile shows in its RES, as it is right behind. */
static bool is_plausible(struct tasks *tasks, struct entry *entry, const struct task *walked)
{
	enum { ALIKE = 64, FEW_BYTES = 128 * 1024 };
	struct task now;

	task_clear(&now);
	if (reader_read(&tasks->reader, entry, UINT64_C(1) << FROM_STATM, false, &now) < 0 ||
	    !task_has(&now, rss_bytes))
		return false;
	int64_t difference = now.rss_bytes - walked->smaps_rss_bytes;
	return (difference < 0 ? -difference : difference) <= FEW_BYTES + now.rss_bytes / ALIKE;
}

bool task_shares_walk(struct tasks *tasks, struct entry *entry, struct task *task)
{
	struct task walked;
	struct table *table = tasks->table;
	int64_t value;

	task_clear(&walked);
	if (!table->shares || !table->shares(table, entry, &walked) || !is_plausible(tasks, entry, &walked))
		return false;
	for (unsigned id = 0; id < TASK_FIELDS; id++)
		if (record_number(&task_fields[id], &walked, &value))
			record_set(&task_fields[id], task, value);
	return true;
}

struct share_reading {
	struct tasks *tasks;
	struct entries *entries; /* one for each row */
};

static int read_shares(void *context, size_t row, bool gently, struct task *task)
{
	struct share_reading *reading = context;

	struct entry *entry = &reading->entries->at[row];

	if (task_shares_walk(reading->tasks, entry, task))
		return SHARES_PART;
	return gently ? -EBUSY : reader_read(&reading->tasks->reader, entry, ROLLUP, false, task);
}

int task_shares_take(struct tasks *tasks, const struct request *request, struct snapshot *snapshot,
                     struct entries *entries)
{
	struct share_reading reading = { tasks, entries };

	if (!plan_governs_shares(request) || !field_set_has(&snapshot->shape.fields, TASK_pss_bytes))
		return 0;
	return shares_take(&tasks->shares, request, snapshot, read_shares, &reading);
}
