#include "collect/shares.h"

#include <errno.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/clock.h"

enum { MS = 1000000, FIRST_ALLOWANCE_MS = 20, MOST_ALLOWANCE_MS = 100, OLD_S = 60, OLDEST_S = 480 };

/* For the rows in sight, in the first seconds; and of it in one sample, which the first frame waits for. */
enum { START_MS = 250, START_SAMPLE_MS = 100, START_S = 3 };

/* Without the lock of the process a reading may take so much longer than with it; and it takes a third of the time. */
enum { LONGER_GENTLY = 32 };

/* The part of all that is spent on readings which one process may have. */
enum { PARTS = 4 };

/* Measured on small pages: 12.7 ms for each GiB. Corrected by each reading. */
static const double FIRST_NS_PER_BYTE = 12.7 * MS / (1 << 30);

/* The rows that come from SMAPS_ROLLUP, in their order. */
static size_t value_ids(uint8_t ids[SHARES_VALUES])
{
	size_t count = 0;

	for (unsigned id = 0; id < TASK_FIELDS && count < SHARES_VALUES; id++)
		if (task_fields[id].from == FROM_SMAPS_ROLLUP)
			ids[count++] = (uint8_t)id;
	return count;
}

/* The rows of a sample, and what of them counts here. */
struct rows {
	const struct snapshot *snapshot;
	struct snapshot_column pid, is_thread, started_ns, rss_bytes, minor_faults;
};

static struct rows rows_of(const struct snapshot *snapshot)
{
	return (struct rows){ .snapshot = snapshot,
		              .pid = snapshot_column(snapshot, TASK_pid),
		              .is_thread = snapshot_column(snapshot, TASK_is_thread),
		              .started_ns = snapshot_column(snapshot, TASK_started_ns),
		              .rss_bytes = snapshot_column(snapshot, TASK_rss_bytes),
		              .minor_faults = snapshot_column(snapshot, TASK_minor_faults) };
}

static int64_t number_or(const struct snapshot_column *column, size_t row, int64_t otherwise)
{
	snapshot_column_number(column, row, &otherwise);
	return otherwise;
}

/* Threads share the memory of their process: they have no row here, and stand with number 0. */
static int64_t process_of(const struct rows *rows, size_t row)
{
	return number_or(&rows->is_thread, row, 0) ? 0 : number_or(&rows->pid, row, -1);
}

static int64_t rss_of(const struct rows *rows, size_t row)
{
	return process_of(rows, row) ? number_or(&rows->rss_bytes, row, -1) : 0;
}

/* Mostly nobody has come or gone. */
static bool is_same(const struct shares *shares, const struct rows *rows)
{
	if (!shares->at || shares->count != rows->snapshot->count)
		return false;
	for (size_t row = 0; row < rows->snapshot->count; row++)
		if (shares->at[row].pid != process_of(rows, row) ||
		    shares->at[row].started_ns != number_or(&rows->started_ns, row, -1))
			return false;
	return true;
}

/* Rows and remembered shares stand in the same order: one pass finds what is known of each. */
static int inherit(struct shares *shares, const struct rows *rows)
{
	if (is_same(shares, rows))
		return 0;
	struct share *at = calloc(rows->snapshot->count + 1, sizeof *at);
	size_t old = 0;

	if (!at)
		return -ENOMEM;
	for (size_t row = 0; row < rows->snapshot->count; row++) {
		int64_t pid = process_of(rows, row);
		int64_t started = number_or(&rows->started_ns, row, -1);
		at[row] = (struct share){ .pid = pid, .started_ns = started, .rss_bytes = -1, .minor_faults = -1 };
		while (pid && old < shares->count && shares->at[old].pid < pid)
			old++;
		if (pid && old < shares->count && shares->at[old].pid == pid && shares->at[old].started_ns == started)
			at[row] = shares->at[old];
	}
	free(shares->at);
	shares->at = at;
	shares->count = rows->snapshot->count;
	return 0;
}

static void allow(struct shares *shares, int64_t part, int64_t now_ns)
{
	if (shares->last_ns == 0) {
		shares->allowance_ns = FIRST_ALLOWANCE_MS * MS;
		shares->start_ns = START_MS * MS;
		shares->began_ns = now_ns;
		shares->ns_per_byte = FIRST_NS_PER_BYTE;
	} else {
		shares->allowance_ns += (now_ns - shares->last_ns) / part;
	}
	if (shares->allowance_ns > MOST_ALLOWANCE_MS * MS)
		shares->allowance_ns = MOST_ALLOWANCE_MS * MS;
	if (part == 1)
		shares->allowance_ns = INT64_MAX / 2;
	shares->last_ns = now_ns;
}

static bool is_too_large(const struct shares *shares, int64_t rss, int64_t longest_ns)
{
	return (double)rss * shares->ns_per_byte > (double)longest_ns;
}

struct candidate {
	uint32_t row;
	int urgency;    /* never read, then moved, then old; of the first two those in sight before others */
	int64_t weight; /* among equals: the larger first */
};

enum { CALM, OLD, MOVED, MOVED_SEEN, UNKNOWN, UNKNOWN_SEEN };

static bool is_anew(const struct request *request)
{
	return request->share_longest_ns == INT64_MAX;
}

static bool is_seen(const struct request *request, int64_t pid)
{
	return request->seen_count && bsearch(&pid, request->seen_pids, request->seen_count, sizeof pid, compare_i64);
}

/* Who may not be read today may not tomorrow either; a walk that failed met tables that were being changed. */
static int64_t patience_after_failure(const struct share *share, const struct request *request)
{
	enum { AGAIN_S = 5 };
	int64_t again_ns = share->cost_ns * request->share_part * PARTS;

	if (share->tried_error != -EBUSY)
		return OLD_S * NS_PER_S;
	return again_ns > AGAIN_S * NS_PER_S ? again_ns : AGAIN_S * NS_PER_S;
}

static struct candidate candidate_of(const struct shares *shares, const struct request *request,
                                     const struct rows *rows, uint32_t row)
{
	bool anew = is_anew(request);
	const struct share *share = &shares->at[row];
	struct candidate c = { row, CALM, 0 };
	int64_t rss = rss_of(rows, row);
	int64_t faults = number_or(&rows->minor_faults, row, -1);
	int64_t age = rows->snapshot->monotonic_ns - (share->tried_ns ? share->tried_ns : share->read_ns);

	if (rss <= 0 || (share->tried_ns && age < patience_after_failure(share, request) && !anew))
		return c;
	c.weight = rss;
	if (share->read_ns == 0) {
		c.urgency = UNKNOWN;
	} else if (share->lack & shares->wanted) {
		c.urgency = MOVED;
	} else if (rss != share->rss_bytes || faults != share->minor_faults) {
		/* What takes long is asked for no more often than the others can bear. */
		c.urgency = anew || age >= share->cost_ns * request->share_part * PARTS ? MOVED : CALM;
		c.weight = rss > share->rss_bytes ? rss - share->rss_bytes : share->rss_bytes - rss;
	} else if (anew || age > share->patience_ns) { /* its own counters stand still, but sharers come and go */
		c.urgency = OLD;
		c.weight = age;
	}
	if ((c.urgency == UNKNOWN || c.urgency == MOVED) && is_seen(request, share->pid))
		c.urgency++;
	return c;
}

static int compare(const void *left, const void *right)
{
	const struct candidate *a = left, *b = right;

	if (a->urgency != b->urgency)
		return b->urgency - a->urgency;
	return a->weight != b->weight ? (a->weight > b->weight ? -1 : 1) : a->row > b->row ? 1 : -1;
}

/* Those worth reading now, the most urgent first. */
static size_t line_up(const struct shares *shares, const struct request *request, const struct rows *rows,
                      struct candidate *ret)
{
	size_t count = 0;

	for (uint32_t row = 0; row < rows->snapshot->count; row++) {
		struct candidate c = candidate_of(shares, request, rows, row);
		if (c.urgency != CALM &&
		    !is_too_large(shares, rss_of(rows, row) / LONGER_GENTLY, request->share_longest_ns))
			ret[count++] = c;
	}
	if (count)
		qsort(ret, count, sizeof *ret, compare);
	return count;
}

/* Large processes say what a byte costs; small ones only what a call does. */
static void learn(struct shares *shares, int64_t rss, int64_t cost_ns)
{
	enum { LARGE = 16 << 20 };

	if (rss >= LARGE)
		shares->ns_per_byte = shares->ns_per_byte * 0.75 + (double)cost_ns / (double)rss * 0.25;
}

/* Sharers come and go without it. Where they did not either, it is believed twice as long from now on. */
static int64_t patience_of(const struct share *share, int64_t pss_bytes, bool moved)
{
	enum { ALIKE = 64 };
	int64_t difference = pss_bytes > share->pss_bytes ? pss_bytes - share->pss_bytes : share->pss_bytes - pss_bytes;

	if (share->read_ns == 0 || moved || difference > share->pss_bytes / ALIKE)
		return OLD_S * NS_PER_S;
	return share->patience_ns < OLDEST_S * NS_PER_S / 2 ? share->patience_ns * 2 : OLDEST_S * NS_PER_S;
}

static void remember(struct share *share, const struct rows *rows, size_t row, const struct task *task, bool part)
{
	uint8_t ids[SHARES_VALUES];
	size_t count = value_ids(ids);

	share->have = share->lack = 0;
	for (size_t i = 0; i < count; i++)
		if (record_number(&task_fields[ids[i]], task, &share->values[i]))
			share->have |= UINT32_C(1) << i;
		else if (part && task_fields[ids[i]].key[0])
			share->lack |= UINT32_C(1) << i;
	int64_t rss = number_or(&rows->rss_bytes, row, -1);
	int64_t faults = number_or(&rows->minor_faults, row, -1);
	bool moved = rss != share->rss_bytes || faults != share->minor_faults;
	share->patience_ns = patience_of(share, task->pss_bytes, moved);
	share->tried_ns = 0;
	share->rss_bytes = rss;
	share->minor_faults = faults;
	share->pss_bytes = task->pss_bytes;
}

static void read_one(struct shares *shares, const struct rows *rows, size_t row, int64_t longest_ns, shares_read *read,
                     void *context)
{
	struct share *share = &shares->at[row];
	struct task task;

	task.have = (struct field_set){ 0 };
	int64_t wall = clock_ns(CLOCK_MONOTONIC), cpu = clock_ns(CLOCK_THREAD_CPUTIME_ID);
	int r = read(context, row, is_too_large(shares, rss_of(rows, row), longest_ns), &task);
	share->cost_ns = clock_ns(CLOCK_THREAD_CPUTIME_ID) - cpu;
	shares->allowance_ns -= share->cost_ns;
	if (r < 0 || !task_has(&task, pss_bytes)) {
		share->tried_ns = wall;
		share->tried_error = r;
		return;
	}
	int64_t took = clock_ns(CLOCK_MONOTONIC) - wall;
	task_set(&task, pss_read_ns, wall);
	task_set(&task, pss_cost_ns, r == SHARES_PART ? 0 : took);
	remember(share, rows, row, &task, r == SHARES_PART);
	share->read_ns = wall;
	if (r != SHARES_PART)
		learn(shares, share->rss_bytes, took);
}

static enum share_unknown why_unknown(const struct shares *shares, const struct rows *rows, size_t row,
                                      int64_t longest_ns)
{
	const struct share *share = &shares->at[row];
	int64_t rss = rss_of(rows, row);

	if (rss <= 0) /* any more: a zombie has given its memory back */
		return SHARE_NO_MEMORY;
	if (share->read_ns)
		return SHARE_KNOWN;
	if (share->tried_ns && share->tried_error != -EBUSY)
		return share->tried_error == -EACCES || share->tried_error == -EPERM || share->tried_error == 0 ?
		               SHARE_NOT_PERMITTED :
		               SHARE_NOT_YET;
	return is_too_large(shares, rss, longest_ns) ? SHARE_TOO_LARGE : SHARE_NOT_YET;
}

static uint32_t wanted_of(const struct snapshot *snapshot)
{
	uint8_t ids[SHARES_VALUES];
	size_t count = value_ids(ids);
	uint32_t wanted = 0;

	for (size_t i = 0; i < count; i++)
		wanted |= (uint32_t)field_set_has(&snapshot->shape.fields, ids[i]) << i;
	return wanted;
}

/* Where the values that are wanted stand in a row. */
struct places {
	unsigned value, slot;
};

static size_t places_of(const struct shares *shares, const struct snapshot *snapshot, struct places ret[SHARES_VALUES])
{
	uint8_t ids[SHARES_VALUES];
	size_t count = 0;

	value_ids(ids);
	for (uint32_t bits = shares->wanted; bits; bits &= bits - 1) {
		unsigned value = (unsigned)__builtin_ctz(bits);
		if (ids[value] != TASK_pss_unknown) /* which is no reading */
			ret[count++] = (struct places){ value, snapshot->shape.slot[ids[value]] };
	}
	return count;
}

/* A row that was taken over from the last sample has what was known then: what is no longer known goes. */
static void recall(const struct shares *shares, const struct rows *rows, struct snapshot *snapshot, int64_t longest_ns)
{
	struct places places[SHARES_VALUES];
	size_t count = places_of(shares, snapshot, places);
	int64_t read_ns;

	for (size_t row = 0; row < snapshot->count; row++) {
		const struct share *share = &shares->at[row];
		enum share_unknown unknown = why_unknown(shares, rows, row, longest_ns);
		uint32_t known = unknown == SHARE_KNOWN ? share->have : 0;
		snapshot_put(snapshot, row, TASK_pss_unknown, unknown);
		if (known && snapshot_number(snapshot, row, TASK_pss_read_ns, &read_ns) && read_ns == share->read_ns)
			continue; /* all that this reading has told is there */
		for (size_t i = 0; i < count; i++)
			snapshot_put_at(snapshot, row, places[i].slot, known >> places[i].value & 1,
			                share->values[places[i].value]);
	}
}

/* Whether so many rows are known to have more than a row with that RES can have. */
static bool is_below(const struct shares *shares, int64_t rss_bytes, size_t many)
{
	size_t count = 0;

	for (size_t row = 0; row < shares->count && count < many; row++)
		count += shares->at[row].read_ns && shares->at[row].pss_bytes >= rss_bytes;
	return count >= many;
}

/* In the beginning the rows in sight are worth more than the others. */
static bool may_start(const struct shares *shares, const struct request *request, const struct rows *rows,
                      const struct candidate *candidate)
{
	if (shares->start_ns <= 0 || rows->snapshot->monotonic_ns - shares->began_ns > START_S * NS_PER_S)
		return false;
	return candidate->urgency == UNKNOWN_SEEN ||
	       (candidate->urgency == UNKNOWN && !is_below(shares, candidate->weight, request->share_top));
}

static void read_line(struct shares *shares, const struct request *request, const struct rows *rows,
                      const struct candidate *line, size_t count, shares_read *read, void *context)
{
	int64_t spent = 0;

	for (size_t i = 0; i < count; i++) {
		int64_t before = shares->allowance_ns;
		bool starts = before <= 0;
		if (starts && (spent > START_SAMPLE_MS * MS || !may_start(shares, request, rows, &line[i])))
			break;
		read_one(shares, rows, line[i].row, request->share_longest_ns, read, context);
		if (starts) {
			spent += before - shares->allowance_ns;
			shares->start_ns -= before - shares->allowance_ns;
			shares->allowance_ns = before;
		}
	}
}

int shares_take(struct shares *shares, const struct request *request, struct snapshot *snapshot, shares_read *read,
                void *context)
{
	struct candidate *line = reallocarray(NULL, snapshot->count + 1, sizeof *line);

	const struct rows rows = rows_of(snapshot);

	int r = line ? inherit(shares, &rows) : -ENOMEM;
	if (r == 0) {
		shares->wanted = wanted_of(snapshot);
		allow(shares, request->share_part, snapshot->monotonic_ns);
		size_t count = line_up(shares, request, &rows, line);
		read_line(shares, request, &rows, line, count, read, context);
		recall(shares, &rows, snapshot, request->share_longest_ns);
	}
	free(line);
	return r;
}

void shares_done(struct shares *shares)
{
	free(shares->at);
	*shares = (struct shares){ 0 };
}
