#include "lab/trial.h"

#include <stdlib.h>

#include "model/derive.h"
#include "model/view.h"

enum { CELLS_MOST = 1 << 20 };

/* Room for one more in a list; it grows by doubling. NULL without memory, and the list stays. */
static void *grown(void *list, size_t count, size_t size)
{
	return count & (count - 1) ? list : reallocarray(list, count ? 2 * count : 1, size);
}

static void copy_name(char to[WIRE_TEXT], const char *from)
{
	strncpy(to, from, WIRE_TEXT - 1);
	to[WIRE_TEXT - 1] = '\0';
}

int trial_add_moment(struct trial *trial, const struct moment *moment)
{
	struct moment *moments = grown(trial->moments, trial->moment_count, sizeof *moments);

	if (!moments)
		return -ENOMEM;
	trial->moments = moments;
	moments[trial->moment_count++] = *moment;
	return 0;
}

int trial_add_report(struct trial *trial, const char *name, int64_t value)
{
	struct report *reports = grown(trial->reports, trial->report_count, sizeof *reports);

	if (!reports)
		return -ENOMEM;
	trial->reports = reports;
	reports[trial->report_count].value = value;
	copy_name(reports[trial->report_count++].name, name);
	return 0;
}

int trial_add_point(struct trial *trial, const char *series, bool slice, int64_t x, int64_t y)
{
	struct point *points = grown(trial->points, trial->point_count, sizeof *points);

	if (!points)
		return -ENOMEM;
	trial->points = points;
	points[trial->point_count] = (struct point){ .slice = slice, .x = x, .y = y };
	copy_name(points[trial->point_count++].series, series);
	return 0;
}

static struct cells *row_for(struct trial *trial, const char *name)
{
	for (size_t i = 0; i < trial->row_count; i++)
		if (!strcmp(trial->rows[i].name, name))
			return &trial->rows[i];
	struct cells *rows = grown(trial->rows, trial->row_count, sizeof *rows);
	if (!rows)
		return NULL;
	trial->rows = rows;
	struct cells *row = &rows[trial->row_count++];
	*row = (struct cells){ 0 };
	copy_name(row->name, name);
	return row;
}

int trial_add_cells(struct trial *trial, const char *name, int64_t at, const uint8_t *cells, int64_t count)
{
	if (at < 0 || count < 0 || at > CELLS_MOST || count > CELLS_MOST)
		return -EINVAL;
	struct cells *row = row_for(trial, name);
	if (!row)
		return -ENOMEM;
	size_t end = (size_t)(at + count);
	if (at == 0)
		row->count = 0; /* the row is told anew */
	if (end > row->count) {
		uint8_t *bigger = reallocarray(row->at, end, 1);
		if (!bigger)
			return -ENOMEM;
		memset(bigger + row->count, CELL_ABSENT, end - row->count);
		row->at = bigger;
		row->count = end;
	}
	memcpy(row->at + at, cells, (size_t)count);
	return 0;
}

void trial_done(struct trial *trial)
{
	for (size_t i = 0; i < trial->moment_count; i++)
		snapshot_done(&trial->moments[i].snapshot);
	for (size_t i = 0; i < trial->row_count; i++)
		free(trial->rows[i].at);
	free(trial->moments);
	free(trial->reports);
	free(trial->points);
	free(trial->rows);
	*trial = (struct trial){ 0 };
}

bool moment_number(const struct moment *moment, unsigned task_id, int64_t *ret)
{
	struct view view;

	if (moment->snapshot.count == 0 || view_init(&view, &moment->snapshot, NULL, NULL) < 0)
		return false;
	bool known = view_number(&view, 0, task_id, ret);
	view_done(&view);
	return known;
}

bool moment_machine(const struct moment *moment, unsigned machine_id, int64_t *ret)
{
	return machine_number(&moment->snapshot.machine, machine_id, ret);
}

static const struct moment *moment_of(const struct trial *trial, const char *mark)
{
	for (size_t i = trial->moment_count; mark && i-- > 0;)
		if (!strcmp(trial->moments[i].name, mark))
			return &trial->moments[i];
	return NULL;
}

bool trial_number(const struct trial *trial, const char *mark, unsigned task_id, int64_t *ret)
{
	const struct moment *moment = moment_of(trial, mark);

	return moment && moment_number(moment, task_id, ret);
}

bool trial_report(const struct trial *trial, const char *name, int64_t *ret)
{
	for (size_t i = trial->report_count; i-- > 0;) {
		if (strcmp(trial->reports[i].name, name))
			continue;
		*ret = trial->reports[i].value;
		return true;
	}
	return false;
}

bool trial_machine(const struct trial *trial, const char *mark, unsigned machine_id, int64_t *ret)
{
	const struct moment *moment = moment_of(trial, mark);

	return moment && moment_machine(moment, machine_id, ret);
}

const struct cells *trial_cells(const struct trial *trial, const char *name)
{
	for (size_t i = 0; i < trial->row_count; i++)
		if (!strcmp(trial->rows[i].name, name))
			return &trial->rows[i];
	return NULL;
}
