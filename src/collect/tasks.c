#include "collect/tasks.h"

#include <errno.h>
#include <stdlib.h>

#include "base/clock.h"
#include "collect/task_shares.h"

enum { QUIET_LONG = 8 }; /* samples */

#define ROLLUP  (UINT64_C(1) << FROM_SMAPS_ROLLUP)
#define CMDLINE (UINT64_C(1) << FROM_CMDLINE)

/* One sample on its way into a snapshot. */
struct sample {
	struct tasks *tasks;
	const struct request *request;
	struct snapshot *snapshot;
	const struct snapshot *previous; /* whose rows the entries remember, and of the same shape; or NULL */
	struct task_plan whole;          /* of a task that the table only lists */
	struct task_plan rest;           /* of one that it has a record of */
};

static bool has_record(const struct entry *entry)
{
	return entry->record >= 0;
}

static const struct task_plan *plan_of(const struct sample *s, const struct entry *entry)
{
	return has_record(entry) ? &s->rest : &s->whole;
}

/* What is read of each row. */
static sources always_of(const struct sample *s, const struct entry *entry)
{
	return has_record(entry) ? s->rest.always | (entry->lacks & s->whole.always) : s->whole.always;
}

/* What is known without a file. In place: it is large, and there are many. */
static void begin(const struct tasks *tasks, const struct snapshot *snapshot, const struct entry *entry,
                  struct task *ret)
{
	task_clear(ret);
	task_set(ret, pid, entry->pid);
	task_set(ret, tgid, entry->tgid);
	task_set(ret, is_thread, entry->thread);
	if (has_record(entry))
		tasks->table->fill(tasks->table, entry, ret);
	else
		task_set(ret, read_ns, tasks->captured ? snapshot->monotonic_ns : clock_ns(CLOCK_MONOTONIC));
}

/* Remembers what the next sample wants to know of this one. */
static void note(struct entry *entry, const struct task *task)
{
	if (task_has(task, started_ns))
		entry->started_ns = task->started_ns;
	if (task_has(task, cpu_ns))
		entry->cpu_ns = task->cpu_ns;
	if (task_has(task, threads))
		entry->alone = entry->thread || task->threads == 1;
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

/* Another process has the number now: nothing of what is known holds for it. */
static void forget(struct tasks *tasks, struct entry *entry)
{
	entry_close(entry, &tasks->reader.open_count);
	*entry = entry_new(&(struct listed){ entry->tgid, entry->pid, entry->thread, entry->record, entry->lacks });
}

/* Reads `from` of a task that the table has a record of. What both say is taken from the record: it is one moment. */
static int read_recorded(struct sample *s, struct entry *entry, sources from, struct task *task)
{
	struct tasks *tasks = s->tasks;

	begin(tasks, s->snapshot, entry, task);
	if (entry->started_ns >= 0 && entry->started_ns != task->started_ns)
		forget(tasks, entry);
	if ((from & ROLLUP) && task_shares_walk(tasks, entry, task))
		from &= ~ROLLUP;
	if (!from)
		return 0;
	int r = reader_read(&tasks->reader, entry, from, tasks->keep, task);
	tasks->table->fill(tasks->table, entry, task);
	return r;
}

/* Reads `from` of an entry; when its process has ended and the number is already another's, reads that one. */
static int read_listed(struct sample *s, struct entry *entry, sources from, struct task *task)
{
	struct tasks *tasks = s->tasks;
	const struct task_plan *plan = &s->whole;
	bool known = is_known(entry);

	begin(tasks, s->snapshot, entry, task);
	int r = reader_read(&tasks->reader, entry, known ? from : from | plan->once, tasks->keep, task);
	if (r == -ESRCH && known) {
		forget(tasks, entry);
		begin(tasks, s->snapshot, entry, task);
		r = reader_read(&tasks->reader, entry, plan->always | plan->once, tasks->keep, task);
	} else if (known && !task_has(task, started_ns)) {
		task_set(task, started_ns, entry->started_ns);
	}
	return r;
}

static int read_files(struct sample *s, struct entry *entry, sources from, struct task *task)
{
	return has_record(entry) ? read_recorded(s, entry, from, task) : read_listed(s, entry, from, task);
}

/* The last sample's command line, while it is the same program. */
static bool had_line(const struct sample *s, const struct entry *entry, struct span *ret)
{
	return s->previous && entry->row_before < s->previous->count &&
	       snapshot_text(s->previous, entry->row_before, TASK_cmdline, ret);
}

/* A program that executes another one takes its name, mostly. */
static bool has_same_name(const struct sample *s, const struct entry *entry, const struct task *task)
{
	struct span before;

	return !task_has(task, comm) ||
	       (snapshot_text(s->previous, entry->row_before, TASK_comm, &before) && span_equal(before, task->comm));
}

static int read_entry(struct sample *s, struct entry *entry, sources from, struct task *task)
{
	struct span before;
	bool had = (from & CMDLINE) && had_line(s, entry, &before);
	int64_t started_ns = entry->started_ns;
	bool believed = had && entry->started_ns >= 0 && believed_goes_on(&entry->line);

	int r = read_files(s, entry, believed ? from & ~CMDLINE : from, task);
	if (r < 0 || !(from & CMDLINE))
		return r;
	if (believed && task_has(task, started_ns) && task->started_ns == started_ns && has_same_name(s, entry, task)) {
		task_set(task, cmdline, before);
		return 0;
	}
	if (believed && !task_has(task, cmdline))
		r = reader_read(&s->tasks->reader, entry, CMDLINE, s->tasks->keep, task);
	if (task_has(task, cmdline))
		believed_read(&entry->line, had, had && span_equal(before, task->cmdline));
	return r;
}

static int store(struct sample *s, size_t row, struct task *task)
{
	names_fill(s->tasks->names, &s->snapshot->shape.fields, task);
	return snapshot_fill(s->snapshot, row, task);
}

/* By its record, the same process, and it has used no CPU since it was last read. */
static bool has_slept(const struct sample *s, const struct entry *entry)
{
	if (!always_of(s, entry)) /* then it costs nothing to take it as it is now */
		return false;
	struct task now;
	begin(s->tasks, s->snapshot, entry, &now);
	return task_has(&now, started_ns) && now.started_ns == entry->started_ns && task_has(&now, cpu_ns) &&
	       now.cpu_ns == entry->cpu_ns;
}

/*
 * How long the thread has been on a CPU, to the nanosecond: what has not run since has done nothing to itself. -1 when
 * the kernel does not count that; -ESRCH when the process has ended.
 */
static int read_run_ns(struct sample *s, struct entry *entry, int64_t *ret)
{
	struct task task;

	task_clear(&task);
	int r = reader_read(&s->tasks->reader, entry, UINT64_C(1) << FROM_SCHEDSTAT, true, &task);
	if (r == 0)
		*ret = task_has(&task, run_ns) ? task.run_ns : -1;
	return r;
}

/* Whether this row may go on with its old values. Rows take turns, so that each sample reads about as many. */
static bool may_wait(const struct sample *s, const struct entry *entry)
{
	if (!s->previous || entry->started_ns < 0 || entry->row >= s->previous->count ||
	    (s->tasks->sample + (unsigned)entry->pid) % s->request->patience == 0)
		return false;
	if (has_record(entry))
		return has_slept(s, entry);
	return entry->alone && entry->run_ns >= 0 && entry->fd[KEPT_SCHEDSTAT] >= 0;
}

/* What costs next to nothing, read again. -EAGAIN when the rest has to be read too: it has run. */
static int glance(struct sample *s, struct entry *entry, struct task *ret)
{
	int64_t run_ns = -1;

	if (has_record(entry)) {
		begin(s->tasks, s->snapshot, entry, ret);
		return 0;
	}
	/* Who sleeps for long is looked after every other time. */
	bool looks = entry->quiet < QUIET_LONG || s->request->patience <= QUIET_LONG ||
	             (s->tasks->sample + (unsigned)entry->pid) % 2;
	int64_t now = clock_ns(CLOCK_MONOTONIC);
	int r = looks ? read_run_ns(s, entry, &run_ns) : 0;
	if (r < 0 || (looks && run_ns != entry->run_ns))
		return r < 0 ? r : -EAGAIN;
	if (looks) /* what it counts of itself would read the same now */
		task_set(ret, read_ns, now);
	entry->quiet += entry->quiet < QUIET_LONG;
	/* Memory comes and goes without it. */
	return reader_read(&s->tasks->reader, entry, s->whole.always & UINT64_C(1) << FROM_STATM, true, ret);
}

/* The row as it was. -ESRCH when the process has ended, -EAGAIN when it has run. */
static int carry_over(struct sample *s, struct entry *entry, size_t row)
{
	struct task fresh;

	task_clear(&fresh);
	int r = glance(s, entry, &fresh);
	if (r == 0)
		r = snapshot_copy(s->snapshot, row, s->previous, entry->row);
	return r < 0 ? r : store(s, row, &fresh);
}

/* Whether the table may know that this row is as it was. What a file has told besides goes with the old one. */
static bool may_stay(const struct sample *s, const struct entry *entry)
{
	return s->previous && has_record(entry) && s->tasks->table->renew && entry->started_ns >= 0 &&
	       entry->row < s->previous->count && !entry->detailed && !always_of(s, entry);
}

/* The row as it was, but for its memory; to copy it is less work than to make it again. -EAGAIN when it has to be. */
static int stay(struct sample *s, struct entry *entry, size_t row)
{
	struct table *table = s->tasks->table;
	struct task fresh;

	task_clear(&fresh);
	if (!table->renew(table, entry, &fresh))
		return -EAGAIN;
	return snapshot_renew(s->snapshot, row, s->previous, entry->row, &fresh);
}

static int read_row(struct sample *s, struct entry *entry, size_t row)
{
	int64_t run_ns = entry->run_ns;
	struct task task;
	int r = 0;

	/* First, so that whatever it does from here on shows the next time. */
	if (s->request->patience > 1 && s->tasks->keep && !has_record(entry))
		r = read_run_ns(s, entry, &entry->run_ns);
	if (entry->run_ns != run_ns)
		entry->quiet = 0;
	if (r == 0 || r == -ESRCH) /* the number may be another's by now */
		r = read_entry(s, entry, always_of(s, entry), &task);
	if (r < 0)
		return r;
	note(entry, &task);
	return store(s, row, &task);
}

/* One row more, or none when the process has gone. */
static int take_row(struct sample *s, struct entry *entry)
{
	size_t row;

	int r = snapshot_add(s->snapshot, &row);
	if (r < 0)
		return r;
	entry->row_before = entry->row;
	entry->waited = false;
	r = may_stay(s, entry) ? stay(s, entry, row) : -EAGAIN;
	if (r == -EAGAIN && may_wait(s, entry)) {
		r = carry_over(s, entry, row);
		entry->waited = r == 0;
	}
	if (r == -EAGAIN || r == -ESRCH)
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
		if (kept < i)
			entries->at[kept] = *entry;
		kept++;
	}
	entries->count = kept;
	return r;
}

/* Of a row that was carried over the rest is there already, and looked at again in turn. */
static sources details_of(const struct sample *s, const struct entry *entry)
{
	enum { TURNS = 4 };
	const struct task_plan *plan = plan_of(s, entry);
	sources all = plan->details | (entry->waited ? always_of(s, entry) : 0);

	if (!entry->waited || !entry->detailed || (s->tasks->sample + (unsigned)entry->pid) % TURNS == 0)
		return all;
	return all & plan_restless;
}

/*
 * Reads the details of one chosen row; one that goes away right now keeps what was read of it before. Its rates are
 * counted from when its counters were read.
 */
static int take_details(struct sample *s, struct entry *entry)
{
	static const struct field_set when = { .word[TASK_read_ns / 64] = UINT64_C(1) << TASK_read_ns % 64 };
	sources from = details_of(s, entry);
	bool anew = entry->waited && !(always_of(s, entry) & ~from);
	struct task task;

	int r = read_entry(s, entry, from, &task);
	if (r < 0)
		return r == -ESRCH ? 0 : r;
	if (entry->waited)
		note(entry, &task);
	if (!anew)
		task.have = field_set_without(task.have, &when);
	entry->detailed = true;
	return store(s, entry->row, &task);
}

static int take_chosen(struct sample *s, struct entries *entries)
{
	bool *chosen = calloc(s->snapshot->count + 1, sizeof *chosen);
	int r = 0;

	if (!chosen)
		return -ENOMEM;
	s->request->choose(s->request->context, s->snapshot, chosen);
	for (size_t i = 0; r == 0 && i < entries->count; i++) {
		struct entry *entry = &entries->at[i];
		if (plan_of(s, entry)->details && chosen[entry->row])
			r = take_details(s, entry);
		else
			entry->detailed = false;
	}
	if (r == 0 && s->request->only_chosen) {
		uint32_t row = 0;
		for (size_t i = 0; i < entries->count; i++)
			entries->at[i].row = chosen[i] ? row++ : UINT32_MAX;
		snapshot_keep(s->snapshot, chosen);
	}
	free(chosen);
	return r;
}

static struct sample plan_sample(struct tasks *tasks, const struct request *request, struct snapshot *snapshot)
{
	static const struct field_set none;
	struct field_set all = request->fields;

	field_set_join(&all, &request->details);
	static const unsigned row_keys[] = { TASK_pid, TASK_tgid, TASK_is_thread, TASK_read_ns };
	for (size_t i = 0; i < sizeof row_keys / sizeof *row_keys; i++)
		field_set_add(&all, row_keys[i]);
	shape_make(&all, &snapshot->shape);

	const struct snapshot *previous = request->previous;
	bool usable = request->patience > 1 && previous && previous->monotonic_ns == tasks->taken_ns &&
	              memcmp(&previous->shape, &snapshot->shape, sizeof snapshot->shape) == 0;
	return (struct sample){ .tasks = tasks,
		                .request = request,
		                .snapshot = snapshot,
		                .previous = usable ? previous : NULL,
		                .whole = plan_request(request, tasks->captured, &none),
		                .rest = plan_request(request, tasks->captured, &tasks->table->gives) };
}

/* Lists who is there. What can no longer be had from eBPF comes from /proc from now on. */
static int list(struct tasks *tasks, const struct request *request, struct listing *listing)
{
	struct table **table = &tasks->table;
	int proc_fd = tasks->reader.proc_fd;

	int r = *table ? 0 : table_new(&tasks->options, proc_fd, request, table, &tasks->why);
	if (r < 0)
		return r;
	r = (*table)->list(*table, proc_fd, request, listing);
	if (r < 0 && r != -ENOMEM && *table != &table_proc && tasks->options.kind == TABLE_AUTO) {
		why_not(&tasks->why, 0, "eBPF failed: %s", strerror(-r));
		table_free(*table);
		*table = &table_proc;
		listing->count = 0;
		r = table_proc.list(&table_proc, proc_fd, request, listing);
	}
	return r;
}

int tasks_take(struct tasks *tasks, const struct request *request, struct snapshot *snapshot)
{
	struct entries *entries = &tasks->entries;
	struct listing listing = { 0 };

	int r = list(tasks, request, &listing);
	if (!tasks->table)
		return r;
	if (!tasks->captured)
		snapshot->source = tasks->table->name;
	struct sample sample = plan_sample(tasks, request, snapshot);
	if (r == 0)
		r = entries_update(entries, &listing, &tasks->reader.open_count);
	listing_done(&listing);
	if (r == 0)
		r = snapshot_reserve(snapshot, entries->count);
	if (r == 0)
		r = take_rows(&sample, entries);
	if (r == 0)
		r = task_shares_take(tasks, request, snapshot, entries);
	if (r == 0 && request->choose)
		r = take_chosen(&sample, entries);
	tasks->taken_ns = snapshot->monotonic_ns;
	tasks->sample++;
	return r;
}

void tasks_done(struct tasks *tasks)
{
	entries_done(&tasks->entries, &tasks->reader.open_count);
	shares_done(&tasks->shares);
	reader_done(&tasks->reader);
	table_free(tasks->table);
}
