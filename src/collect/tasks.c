#include "collect/tasks.h"

#include <errno.h>
#include <stdlib.h>

#include "base/clock.h"
#include "collect/listing.h"

/* One sample on its way into a snapshot. */
struct sample {
	struct tasks *tasks;
	const struct request *request;
	struct snapshot *snapshot;
	const struct snapshot *previous; /* whose rows the entries remember, and of the same shape; or NULL */
	sources always;                  /* read of every row */
	sources once;                    /* says only what never changes: read of every row seen for the first time */
	sources details;                 /* read of chosen rows besides */
};

static struct task blank(const struct tasks *tasks, const struct snapshot *snapshot, const struct entry *entry)
{
	struct task task;

	task.have = (struct field_set){ 0 };
	task_set(&task, pid, entry->pid);
	task_set(&task, tgid, entry->tgid);
	task_set(&task, is_thread, entry->thread);
	task_set(&task, read_ns, tasks->captured ? snapshot->monotonic_ns : clock_ns(CLOCK_MONOTONIC));
	return task;
}

/* Remembers what the next sample wants to know of this one. */
static void note(struct entry *entry, const struct task *task)
{
	if (task_has(task, started_ns))
		entry->started_ns = task->started_ns;
	if (task_has(task, cpu_ns)) {
		entry->idle = entry->cpu_ns == task->cpu_ns;
		entry->cpu_ns = task->cpu_ns;
	}
}

static bool has_kept(const struct entry *entry)
{
	for (int k = 0; k < KEPT; k++)
		if (entry->fd[k] >= 0)
			return true;
	return false;
}

/* A descriptor kept from the last sample proves that it is the same process; else start time and all are read again. */
static bool is_known(const struct entry *entry)
{
	return entry->started_ns >= 0 && has_kept(entry);
}

/* Reads `from` of an entry; when its process has ended and the number is already another's, reads that one. */
static int read_entry(struct sample *s, struct entry *entry, sources from, struct task *task)
{
	struct tasks *tasks = s->tasks;
	bool known = is_known(entry);

	*task = blank(tasks, s->snapshot, entry);
	int r = reader_read(&tasks->reader, entry, known ? from : from | s->once, tasks->keep, task);
	if (r == -ESRCH && known) {
		entry_close(entry, &tasks->reader.open_count);
		*entry = entry_new(entry->tgid, entry->pid, entry->thread);
		*task = blank(tasks, s->snapshot, entry);
		r = reader_read(&tasks->reader, entry, s->always | s->once, tasks->keep, task);
	} else if (known && !task_has(task, started_ns)) {
		task_set(task, started_ns, entry->started_ns);
	}
	if (r == 0)
		note(entry, task);
	return r;
}

static int store(struct sample *s, size_t row, struct task *task)
{
	names_fill(s->tasks->names, &s->snapshot->shape.fields, task);
	return snapshot_fill(s->snapshot, row, task);
}

/* Whether this row may go on with its old values. Rows take turns, so that each sample reads about as many. */
static bool may_wait(const struct sample *s, const struct entry *entry)
{
	return s->previous && entry->idle && entry->started_ns >= 0 && entry->fd[KEPT_STATM] >= 0 &&
	       sources_has(s->always, FROM_STATM) && entry->row < s->previous->count &&
	       (s->tasks->sample + (unsigned)entry->pid) % s->request->patience != 0;
}

/* -ESRCH when the process has ended; the row is then not to be used. */
static int carry_over(struct sample *s, struct entry *entry, size_t row)
{
	struct task fresh;

	fresh.have = (struct field_set){ 0 };
	int r = reader_read(&s->tasks->reader, entry, UINT64_C(1) << FROM_STATM, true, &fresh);
	if (r == 0)
		r = snapshot_copy(s->snapshot, row, s->previous, entry->row);
	return r < 0 ? r : snapshot_fill(s->snapshot, row, &fresh);
}

static int read_row(struct sample *s, struct entry *entry, size_t row)
{
	struct task task;

	int r = read_entry(s, entry, s->always, &task);
	return r < 0 ? r : store(s, row, &task);
}

/* One row more, or none when the process has gone. */
static int take_row(struct sample *s, struct entry *entry)
{
	size_t row;

	int r = snapshot_add(s->snapshot, &row);
	if (r < 0)
		return r;
	bool waits = may_wait(s, entry);
	r = waits ? carry_over(s, entry, row) : read_row(s, entry, row);
	if (waits && r == -ESRCH)
		r = read_row(s, entry, row);
	if (r == 0)
		entry->row = (uint32_t)row;
	else
		s->snapshot->count--;
	return r;
}

static int take_rows(struct sample *s, struct entries *entries)
{
	size_t kept = 0;
	int r = 0;

	for (size_t i = 0; i < entries->count; i++) {
		struct entry *entry = &entries->at[i];
		if (r == 0)
			r = take_row(s, entry);
		if (r < 0) {
			entry_close(entry, &s->tasks->reader.open_count);
			s->snapshot->gone += r == -ESRCH;
			r = r == -ESRCH ? 0 : r;
			continue;
		}
		entries->at[kept++] = *entry;
	}
	entries->count = kept;
	return r;
}

/* Reads the details of one chosen row; one that goes away right now keeps what was read of it before. */
static int take_details(struct sample *s, struct entry *entry)
{
	struct task task;
	bool waited = false;
	int64_t read;

	if (snapshot_number(s->snapshot, entry->row, TASK_read_ns, &read))
		waited = read < s->snapshot->monotonic_ns;
	int r = read_entry(s, entry, s->details | (waited ? s->always : 0), &task);
	return r == -ESRCH ? 0 : r < 0 ? r : store(s, entry->row, &task);
}

static int take_chosen(struct sample *s, struct entries *entries)
{
	bool *chosen = calloc(s->snapshot->count + 1, sizeof *chosen);
	int r = 0;

	if (!chosen)
		return -ENOMEM;
	s->request->choose(s->request->context, s->snapshot, chosen);
	for (size_t i = 0; r == 0 && s->details && i < entries->count; i++)
		if (chosen[entries->at[i].row])
			r = take_details(s, &entries->at[i]);
	if (r == 0 && s->request->only_chosen) {
		uint32_t row = 0;
		for (size_t i = 0; i < entries->count; i++)
			entries->at[i].row = chosen[i] ? row++ : UINT32_MAX;
		snapshot_keep(s->snapshot, chosen);
	}
	free(chosen);
	return r;
}

static sources without(const struct field_set *fields, unsigned id)
{
	struct field_set rest = *fields;

	rest.word[id / 64] &= ~(UINT64_C(1) << (id % 64));
	return plan_tasks(&rest);
}

static struct sample plan_sample(struct tasks *tasks, const struct request *request, struct snapshot *snapshot)
{
	struct field_set all = request->fields;

	field_set_join(&all, &request->details);
	static const unsigned row_keys[] = { TASK_pid, TASK_tgid, TASK_is_thread, TASK_read_ns };
	for (size_t i = 0; i < sizeof row_keys / sizeof *row_keys; i++)
		field_set_add(&all, row_keys[i]);
	shape_make(&all, &snapshot->shape);

	const struct snapshot *previous = request->previous;
	bool usable = request->patience > 1 && previous && previous->monotonic_ns == tasks->taken_ns &&
	              memcmp(&previous->shape, &snapshot->shape, sizeof snapshot->shape) == 0;
	sources always = without(&request->fields, TASK_started_ns);
	sources everything = plan_tasks(&all);
	return (struct sample){ .tasks = tasks,
		                .request = request,
		                .snapshot = snapshot,
		                .previous = usable ? previous : NULL,
		                .always = always,
		                .once = plan_tasks(&request->fields) & ~always,
		                .details = everything & ~plan_tasks(&request->fields) };
}

int tasks_take(struct tasks *tasks, const struct request *request, struct snapshot *snapshot)
{
	struct sample sample = plan_sample(tasks, request, snapshot);
	struct entries entries = { 0 };

	int r = listing_read(tasks->reader.proc_fd, request, &entries);
	entries_inherit(&entries, &tasks->entries, &tasks->reader.open_count);
	if (r == 0)
		r = take_rows(&sample, &entries);
	if (r == 0 && request->choose)
		r = take_chosen(&sample, &entries);
	tasks->entries = entries;
	tasks->taken_ns = snapshot->monotonic_ns;
	tasks->sample++;
	return r;
}

void tasks_done(struct tasks *tasks)
{
	entries_done(&tasks->entries, &tasks->reader.open_count);
	reader_done(&tasks->reader);
}
