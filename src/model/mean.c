#include "model/mean.h"

#include <errno.h>
#include <stdlib.h>

#include "model/derive.h"

static void add(int64_t value, int64_t *sum, int64_t *count)
{
	if (!__builtin_add_overflow(*sum, value, sum))
		++*count;
}

static int add_tasks(struct mean *mean, const struct view *view)
{
	size_t ids = mean->id_count, rows = view->now->count;
	struct mean_sum *tasks = malloc((rows * ids + 1) * sizeof *tasks);
	int64_t value;

	if (!tasks)
		return -ENOMEM;
	for (size_t row = 0; row < rows; row++) {
		if (view->match[row] < mean->row_count)
			memcpy(tasks + row * ids, mean->tasks + view->match[row] * ids, ids * sizeof *tasks);
		else
			memset(tasks + row * ids, 0, ids * sizeof *tasks);
	}
	for (size_t i = 0; i < ids; i++) {
		struct snapshot_column column = snapshot_column(view->now, mean->ids[i]);
		for (size_t row = 0; row < rows; row++)
			if (snapshot_column_number(&column, row, &value))
				add(value, &tasks[row * ids + i].sum, &tasks[row * ids + i].count);
	}
	free(mean->tasks);
	mean->tasks = tasks;
	mean->row_count = rows;
	return 0;
}

int mean_add(struct mean *mean, const struct view *view)
{
	int64_t value;

	int r = mean->id_count ? add_tasks(mean, view) : 0;
	for (unsigned id = 0; r == 0 && id < MACHINE_FIELDS; id++)
		if (machine_fields[id].kind == GAUGE && machine_number(&view->now->machine, id, &value))
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

bool mean_task(const struct mean *mean, size_t row, unsigned id, int64_t *ret)
{
	for (size_t i = 0; row < mean->row_count && i < mean->id_count; i++)
		if (mean->ids[i] == id) {
			const struct mean_sum *of = &mean->tasks[row * mean->id_count + i];
			return divide(of->sum, of->count, ret);
		}
	return false;
}

void mean_done(struct mean *mean)
{
	free(mean->tasks);
	*mean = (struct mean){ 0 };
}
