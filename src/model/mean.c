#include "model/mean.h"

#include <errno.h>
#include <stdlib.h>

#include "model/derive.h"

static int compare(const void *left, const void *right)
{
	const struct mean_task *a = left, *b = right;

	if (a->pid != b->pid)
		return a->pid < b->pid ? -1 : 1;
	if (a->started_ns != b->started_ns)
		return a->started_ns < b->started_ns ? -1 : 1;
	return (a->is_thread > b->is_thread) - (a->is_thread < b->is_thread);
}

static bool key_of(const struct snapshot *snapshot, size_t row, struct mean_task *ret)
{
	*ret = (struct mean_task){ 0 };
	snapshot_number(snapshot, row, TASK_is_thread, &ret->is_thread);
	return snapshot_number(snapshot, row, TASK_pid, &ret->pid) &&
	       snapshot_number(snapshot, row, TASK_started_ns, &ret->started_ns);
}

static const struct mean_task *find(const struct mean *mean, const struct mean_task *key)
{
	return mean->task_count ? bsearch(key, mean->tasks, mean->task_count, sizeof *key, compare) : NULL;
}

static void add(int64_t value, int64_t *sum, int64_t *count)
{
	if (!__builtin_add_overflow(*sum, value, sum))
		++*count;
}

static int add_tasks(struct mean *mean, const struct snapshot *snapshot)
{
	struct mean_task *tasks = calloc(snapshot->count + 1, sizeof *tasks);
	size_t count = 0;
	int64_t value;

	if (!tasks)
		return -ENOMEM;
	for (size_t row = 0; row < snapshot->count; row++) {
		struct mean_task *task = &tasks[count];
		if (!key_of(snapshot, row, task))
			continue;
		const struct mean_task *known = find(mean, task);
		if (known)
			*task = *known;
		for (size_t i = 0; i < mean->id_count; i++)
			if (snapshot_number(snapshot, row, mean->ids[i], &value))
				add(value, &task->sum[i], &task->count[i]);
		count++;
	}
	qsort(tasks, count, sizeof *tasks, compare);
	free(mean->tasks);
	mean->tasks = tasks;
	mean->task_count = count;
	return 0;
}

int mean_add(struct mean *mean, const struct snapshot *snapshot)
{
	int64_t value;

	int r = mean->id_count ? add_tasks(mean, snapshot) : 0;
	for (unsigned id = 0; r == 0 && id < MACHINE_FIELDS; id++)
		if (machine_fields[id].kind == GAUGE && machine_number(&snapshot->machine, id, &value))
			add(value, &mean->sum[id], &mean->count[id]);
	return r;
}

static bool divide(int64_t sum, int64_t count, int64_t *ret)
{
	if (count == 0)
		return false;
	*ret = (sum < 0 ? sum - count / 2 : sum + count / 2) / count;
	return true;
}

bool mean_machine(const struct mean *mean, unsigned id, int64_t *ret)
{
	return divide(mean->sum[id], mean->count[id], ret);
}

void mean_into(const struct mean *mean, struct machine *machine)
{
	int64_t value;

	for (unsigned id = 0; id < MACHINE_FIELDS; id++)
		if (!field_derived(&machine_fields[id]) && mean_machine(mean, id, &value))
			record_set(&machine_fields[id], machine, value);
}

bool mean_task(const struct mean *mean, const struct snapshot *snapshot, size_t row, unsigned id, int64_t *ret)
{
	struct mean_task key;

	if (!key_of(snapshot, row, &key))
		return false;
	const struct mean_task *task = find(mean, &key);
	for (size_t i = 0; task && i < mean->id_count; i++)
		if (mean->ids[i] == id)
			return divide(task->sum[i], task->count[i], ret);
	return false;
}

void mean_done(struct mean *mean)
{
	free(mean->tasks);
	*mean = (struct mean){ 0 };
}
