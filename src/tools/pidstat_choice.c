/* Which tasks pidstat shows, and which of them have to be known by name. */
#include <errno.h>
#include <stdlib.h>

#include "tools/pidstat.h"

_Static_assert(REPORTS <= 16, "a set of reports is 16 bits");

/* One field of both moments. */
struct compared {
	struct snapshot_column now, before;
	unsigned id;
	bool counts; /* else it is a level, of which nothing means 0 */
	uint16_t report;
};

struct comparison {
	const struct view *view;
	struct compared fields[4 * REPORTS];
	size_t count;
};

static void compare(struct comparison *c, const uint8_t *ids, bool counts, unsigned report)
{
	static const struct snapshot nothing;
	const struct snapshot *before = c->view->before ? c->view->before : &nothing;

	for (; *ids != TASK_FIELDS; ids++)
		c->fields[c->count++] = (struct compared){ .now = snapshot_column(c->view->now, *ids),
			                                   .before = snapshot_column(before, *ids),
			                                   .id = *ids,
			                                   .counts = counts,
			                                   .report = (uint16_t)(1U << report) };
}

static struct comparison compare_all(const struct view *view, unsigned reports)
{
	struct comparison c = { .view = view };

	for (unsigned report = 0; report < REPORTS; report++) {
		if (!(reports >> report & 1))
			continue;
		compare(&c, pidstat_reports[report].counters, true, report);
		compare(&c, pidstat_reports[report].levels, false, report);
	}
	return c;
}

/* Whether the field is another one than a moment before. A counter of which that is not known is not. */
static bool has_changed(const struct comparison *c, const struct compared *field, size_t row)
{
	uint32_t old = c->view->match[row];
	int64_t now, before = 0, elapsed;

	if (!snapshot_column_number(&field->now, row, &now))
		return false;
	if (old != VIEW_NEW)
		return (snapshot_column_number(&field->before, old, &before) || !field->counts) && now != before;
	if (field->counts && !view_past(c->view, row, field->id, &before, &elapsed))
		return false;
	return now != before;
}

static uint16_t active_in(const struct comparison *c, size_t row)
{
	uint16_t reports = 0;

	for (const struct compared *field = c->fields; field < c->fields + c->count; field++)
		if (!(reports & field->report) && has_changed(c, field, row))
			reports |= field->report;
	return reports;
}

int pidstat_judge(struct pidstat *pidstat, const struct view *view)
{
	struct comparison comparison = compare_all(view, pidstat->reports);
	struct pidstat_task *tasks = malloc((view->now->count + 1) * sizeof *tasks);

	if (!tasks)
		return -ENOMEM;
	for (size_t row = 0; row < view->now->count; row++) {
		uint32_t old = view->match[row];
		tasks[row].active = pidstat->listed ? (uint16_t)pidstat->reports : active_in(&comparison, row);
		tasks[row].was_active =
			tasks[row].active || (old < pidstat->task_count && pidstat->tasks[old].was_active);
	}
	free(pidstat->tasks);
	pidstat->tasks = tasks;
	pidstat->task_count = view->now->count;
	return 0;
}

size_t pidstat_process(const struct view *view, size_t row)
{
	int64_t is_thread;

	for (size_t r = row;; r--) {
		if (view_number(view, r, TASK_is_thread, &is_thread) && !is_thread)
			return r;
		if (r == 0)
			return row;
	}
}

void pidstat_choose(struct samples *samples, const struct view *view, bool *chosen)
{
	struct pidstat *pidstat = (struct pidstat *)samples;

	if (view->before && pidstat_judge(pidstat, view) < 0)
		return;
	for (size_t row = 0; row < pidstat->task_count; row++) {
		const struct pidstat_task *task = &pidstat->tasks[row];
		/* A row that was carried over has them. With a thread its process's name is shown. */
		if (task->active || (task->was_active && !snapshot_has(view->now, row, TASK_ruid)))
			chosen[row] = chosen[pidstat_process(view, row)] = true;
	}
}

static bool matches(const regex_t *regex, struct span text)
{
	struct buffer copy = { 0 };

	buffer_add(&copy, text);
	bool matched = regexec(regex, buffer_cstr(&copy), 0, NULL, 0) == 0;
	buffer_done(&copy);
	return matched;
}

static bool has_right_name(const struct pidstat *pidstat, const struct view *view, size_t row)
{
	struct span comm = SPAN(""), user = SPAN("");

	if (pidstat->no_match)
		return false;
	view_text(view, row, TASK_comm, &comm);
	if (pidstat->by_command && !matches(&pidstat->command, comm))
		return false;
	view_text(view, pidstat_process(view, row), TASK_comm, &comm);
	if (pidstat->by_process && !matches(&pidstat->process, comm))
		return false;
	return !pidstat->user || (view_text(view, row, TASK_ruser, &user) && span_is(user, pidstat->user));
}

bool pidstat_chooses(const struct pidstat *pidstat, const struct view *view, size_t row, unsigned report)
{
	unsigned active = row < pidstat->task_count ? pidstat->tasks[row].active : 0;

	if (report != REPORTS)
		active &= 1U << report;
	return active && has_right_name(pidstat, view, row);
}
