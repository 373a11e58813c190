#include "collect/bpf.h"

#include <stdlib.h>

#include "base/array.h"
#include "base/clock.h"
#include "collect/command_lines.h"
#include "collect/listing.h"
#include "collect/walked_shares.h"
#include "kernel/bpf/tasks.h"

enum { MISSING_MOST = 64 };

struct bpf_table {
	struct table table;
	struct table_options options;
	int proc_fd;
	struct kernel_units units;
	struct task_list *list;      /* owned */
	struct task_records records; /* of the last look */
	int64_t read_ns;             /* when it was last taken */
	unsigned bits;               /* what has been wanted of a record */
	struct command_lines lines;
	bool has_lines; /* of the last look */
	struct walked_shares shares;
	int64_t missing[MISSING_MOST]; /* who is no record, and the parent of one: only /proc shows him */
	size_t missing_count;
};

/* Finds the way. Nothing is loaded before it is known what is wanted. */
static int find_way(struct bpf_table *bpf, struct why *why)
{
	struct task_options options = { .proc_fd = bpf->proc_fd, .once = !bpf->options.keep, .way = bpf->options.way };
	struct why note = { 0 };

	int r = task_list_open(&options, &bpf->list, why, &note);
	if (note.text[0] && bpf->options.note)
		bpf->options.note(note.text);
	if (r == 0)
		bpf->table.how = task_list_way(bpf->list);
	return r;
}

/* Wants what `request` does, and whatever was wanted before. */
static int prepare(struct bpf_table *bpf, const struct request *request, struct why *why)
{
	struct field_set wanted = request->fields;

	field_set_join(&wanted, &request->details);
	bpf->bits |= task_record_bits(&wanted);
	if (bpf->options.keep && field_set_has(&request->fields, TASK_cmdline))
		bpf->bits |= HAS_SUMS; /* tells who has slept */
	if (walked_shares_tell(&wanted))
		bpf->bits |= HAS_RESIDENT; /* tells whom it pays to walk */
	return task_list_want(bpf->list, bpf->bits, request->threads != NO_THREADS, why);
}

/* The numbers asked for, sorted; and which of them the walk has found. */
struct wanted {
	int64_t *pids; /* owned */
	bool *found;   /* owned */
	size_t count;
};

static void wanted_done(struct wanted *wanted)
{
	free(wanted->pids);
	free(wanted->found);
}

static int wanted_make(const struct request *request, struct wanted *ret)
{
	*ret = (struct wanted){ .count = request->pid_count };
	ret->pids = calloc(request->pid_count + 1, sizeof *ret->pids);
	ret->found = calloc(request->pid_count + 1, sizeof *ret->found);
	if (!ret->pids || !ret->found) {
		wanted_done(ret);
		return -ENOMEM;
	}
	if (request->pid_count)
		memcpy(ret->pids, request->pids, request->pid_count * sizeof *ret->pids);
	qsort(ret->pids, ret->count, sizeof *ret->pids, compare_i64);
	return 0;
}

static bool is_wanted(struct wanted *wanted, int32_t tgid)
{
	int64_t key = tgid;
	int64_t *at = bsearch(&key, wanted->pids, wanted->count, sizeof key, compare_i64);

	if (at)
		wanted->found[at - wanted->pids] = true;
	return at;
}

/* Command lines, where they are wanted of more than it costs to load their program. */
static int take_lines(struct bpf_table *bpf, const struct request *request)
{
	enum { FEW = 400 };
	uint64_t offset_ns;

	table_bpf_fields(&bpf->table.gives);
	bpf->has_lines = false;
	if (!field_set_has(&request->fields, TASK_cmdline) || request->pids ||
	    (!bpf->options.keep && bpf->records.count < FEW) || !task_list_walks(bpf->list, &offset_ns))
		return 0;
	int r = command_lines_take(&bpf->lines, &bpf->records, bpf->options.keep, offset_ns);
	bpf->has_lines = r == 0;
	if (r == 0)
		field_set_add(&bpf->table.gives, TASK_cmdline);
	return r == -ENOMEM ? r : 0;
}

static int list_records(struct bpf_table *bpf, enum threads threads, struct wanted *wanted, struct listing *ret)
{
	for (size_t i = 0; i < bpf->records.count; i++) {
		const struct task_record *record = task_record_at(&bpf->records, i);
		const struct record_identity *id = &record->identity;
		bool thread = id->has & IS_THREAD;
		if (thread ? threads == NO_THREADS : threads == ONLY_THREADS)
			continue;
		int tgid = thread ? record->details.tgid : id->pid;
		if (threads == OTHER_THREADS && thread && id->pid == tgid)
			continue;
		if (wanted && !is_wanted(wanted, tgid))
			continue;
		struct listed one = { .tgid = tgid, .pid = id->pid, .thread = thread, .record = (int32_t)i };
		if (bpf->has_lines && !command_lines_know(&bpf->lines, i))
			one.lacks = UINT64_C(1) << FROM_CMDLINE;
		if (!listing_add(ret, one))
			return -ENOMEM;
	}
	return 0;
}

/* Adds those of `pids` that /proc knows, without a record. */
static int list_from_proc(struct bpf_table *bpf, const struct request *request, const int64_t *pids, size_t count,
                          struct listing *ret)
{
	struct listing more = { 0 };
	struct request rest = *request;
	int r = 0;

	rest.pids = pids;
	rest.pid_count = count;
	if (count)
		r = listing_read(bpf->proc_fd, &rest, &more);
	for (size_t i = 0; r == 0 && i < more.count; i++)
		r = listing_add(ret, more.at[i]) ? 0 : -ENOMEM;
	listing_done(&more);
	return r;
}

/* Numbers that no process has may be those of processes that the walk does not see: /proc knows. */
static int list_rest(struct bpf_table *bpf, const struct request *request, const struct wanted *wanted,
                     struct listing *ret)
{
	size_t missing = 0;

	for (size_t i = 0; i < wanted->count; i++)
		if (!wanted->found[i])
			wanted->pids[missing++] = wanted->pids[i];
	return list_from_proc(bpf, request, wanted->pids, missing, ret);
}

/* Of the first `count`, which are sorted. */
static bool is_listed(const struct listing *listing, size_t count, int64_t tgid)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = (low + high) / 2;
		if (listing->at[middle].tgid < tgid)
			low = middle + 1;
		else
			high = middle;
	}
	return low < count && listing->at[low].tgid == tgid;
}

static void miss(struct bpf_table *bpf, int64_t pid)
{
	for (size_t i = 0; i < bpf->missing_count; i++)
		if (bpf->missing[i] == pid)
			return;
	if (bpf->missing_count < MISSING_MOST)
		bpf->missing[bpf->missing_count++] = pid;
}

/*
 * A kernel may keep processes out of every program's sight: hardened virtual machines do so with the first one. Where
 * /proc shows them all the same, they come from there. They are found by being the parent of others; of who has slept,
 * that is known already.
 */
static int list_missing_parents(struct bpf_table *bpf, const struct request *request, struct listing *listing)
{
	size_t count = listing->count, before = bpf->missing_count;
	int last = 0;

	bpf->missing_count = 0;
	for (size_t i = 0; i < before; i++)
		if (!is_listed(listing, count, bpf->missing[i]))
			bpf->missing[bpf->missing_count++] = bpf->missing[i];
	for (size_t i = 0; i < count; i++) {
		const struct task_record *record = task_record_at(&bpf->records, (size_t)listing->at[i].record);
		if (record->identity.has & WAS_TAKEN)
			continue;
		int ppid = record->details.ppid;
		if (ppid != last && ppid != 0 && !is_listed(listing, count, ppid))
			miss(bpf, ppid);
		last = ppid;
	}
	int r = list_from_proc(bpf, request, bpf->missing, bpf->missing_count, listing);
	bpf->missing_count = 0;
	for (size_t i = count; i < listing->count; i++)
		miss(bpf, listing->at[i].tgid);
	return r;
}

static int list_wanted(struct bpf_table *bpf, const struct request *request, struct listing *ret)
{
	struct wanted wanted;

	int r = wanted_make(request, &wanted);
	if (r < 0)
		return r;
	r = list_records(bpf, request->threads, &wanted, ret);
	if (r == 0)
		r = list_rest(bpf, request, &wanted, ret);
	wanted_done(&wanted);
	return r;
}

static int64_t resident_of(const struct record_identity *id)
{
	int64_t pages = 0;

	if (!(id->has & HAS_RESIDENT))
		return 0;
	for (unsigned kind = 0; kind < PAGE_KINDS; kind++)
		pages += kind == PAGES_SWAP ? 0 : (int64_t)id->resident[kind];
	return pages;
}

/* Below this the file of a process costs less than asking, and the files of all less than loading the program. */
enum { LARGE_PAGES = 2048, LARGE_SUM_PAGES = 1 << 17 };

static bool walking_pays(const struct bpf_table *bpf, const struct request *request)
{
	struct field_set wanted = request->fields;
	int64_t sum = 0;

	field_set_join(&wanted, &request->details);
	if (!walked_shares_tell(&wanted))
		return false;
	if (bpf->options.kind == TABLE_BPF) /* who insists on eBPF is given it */
		return true;
	for (size_t i = 0; i < bpf->records.count; i++) {
		int64_t pages = resident_of(&task_record_at(&bpf->records, i)->identity);
		sum += pages >= LARGE_PAGES ? pages : 0;
	}
	return sum >= LARGE_SUM_PAGES;
}

static bool shares(struct table *table, const struct entry *entry, struct task *task)
{
	struct bpf_table *bpf = (struct bpf_table *)table;
	uint64_t offset_ns;

	if (!bpf->shares.pays || entry->record < 0 || entry->thread || !task_list_walks(bpf->list, &offset_ns))
		return false;
	const struct task_record *record = task_record_at(&bpf->records, (size_t)entry->record);
	if (resident_of(&record->identity) < LARGE_PAGES)
		return false;
	return walked_shares_read(&bpf->shares, (uint32_t)record->details.host_pid,
	                          record->identity.started_ns - offset_ns, task);
}

static int list(struct table *table, int proc_fd, const struct request *request, struct listing *ret)
{
	struct bpf_table *bpf = (struct bpf_table *)table;
	struct why why;

	bpf->proc_fd = proc_fd;
	int r = prepare(bpf, request, &why);
	if (r < 0)
		return r;
	bpf->read_ns = clock_ns(CLOCK_MONOTONIC);
	r = task_list_take(bpf->list, request->patience, &bpf->records);
	if (r < 0)
		return r;
	bpf->shares.pays = walking_pays(bpf, request);
	r = take_lines(bpf, request);
	if (r < 0)
		return r;
	if (request->pids) {
		r = list_wanted(bpf, request, ret);
	} else {
		if (!listing_reserve(ret, bpf->records.count))
			return -ENOMEM;
		r = list_records(bpf, request->threads, NULL, ret);
		listing_sort(ret);
		if (r == 0)
			r = list_missing_parents(bpf, request, ret);
	}
	listing_sort(ret);
	return r;
}

static void fill(struct table *table, const struct entry *entry, struct task *task)
{
	struct bpf_table *bpf = (struct bpf_table *)table;

	if (entry->record < 0)
		return;
	struct task_record *record = task_record_at(&bpf->records, (size_t)entry->record);
	task_record_fill(record, &bpf->units, task);
	record->identity.has |= WAS_TAKEN;
	if (bpf->has_lines)
		command_lines_fill(&bpf->lines, (size_t)entry->record, task);
	task_set(task, read_ns, bpf->read_ns);
}

/* A walk writes a record anew, marks and all, unless its process has slept. */
static bool renew(struct table *table, const struct entry *entry, struct task *task)
{
	struct bpf_table *bpf = (struct bpf_table *)table;
	const struct task_record *record = task_record_at(&bpf->records, (size_t)entry->record);

	if (!(record->identity.has & WAS_TAKEN))
		return false;
	task_record_fill_paid(record, &bpf->units, task);
	task_set(task, read_ns, bpf->read_ns);
	if (bpf->has_lines)
		command_lines_fill(&bpf->lines, (size_t)entry->record, task);
	return !bpf->has_lines || task_has(task, cmdline);
}

static void free_table(struct table *table)
{
	struct bpf_table *bpf = (struct bpf_table *)table;

	task_list_close(bpf->list);
	command_lines_done(&bpf->lines);
	walked_shares_done(&bpf->shares);
	free(bpf);
}

int table_bpf_allowed(struct why *why)
{
	return task_list_allowed(why);
}

unsigned table_bpf_start_us(void)
{
	return task_list_start_us();
}

void table_bpf_fields(struct field_set *set)
{
	task_record_fields(WANT_ALL, set);
}

int table_bpf_new(const struct table_options *options, int proc_fd, const struct request *request, struct table **ret,
                  struct why *why)
{
	struct bpf_table *bpf = calloc(1, sizeof *bpf);

	if (!bpf)
		return why_not(why, -ENOMEM, "%s", strerror(ENOMEM));
	bpf->table = (struct table){
		.name = "bpf", .list = list, .fill = fill, .renew = renew, .shares = shares, .free = free_table
	};
	table_bpf_fields(&bpf->table.gives);
	bpf->options = *options;
	bpf->proc_fd = proc_fd;
	bpf->units = kernel_units_live();
	int r = find_way(bpf, why);
	if (r == 0 && request)
		r = prepare(bpf, request, why);
	if (r < 0)
		free_table(&bpf->table);
	else
		*ret = &bpf->table;
	return r;
}
