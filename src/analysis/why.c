#include "analysis/why.h"

#include "base/amount.h"
#include "base/time.h"

const uint8_t why_fields[] = {
	TASK_pid,
	TASK_comm,
	TASK_user,
	TASK_state,
	TASK_ppid,
	TASK_threads,
	TASK_age_ns,
	TASK_virt_bytes,
	TASK_rss_bytes,
	TASK_anon_bytes,
	TASK_file_bytes,
	TASK_shmem_bytes,
	TASK_rss_peak_bytes,
	TASK_pss_bytes,
	TASK_uss_bytes,
	TASK_swap_bytes,
	TASK_swap_pss_bytes,
	TASK_page_table_bytes,
	TASK_anon_huge_bytes,
	TASK_lazy_free_bytes,
	TASK_locked_bytes,
	TASK_hugetlb_bytes,
	TASK_minor_faults,
	TASK_major_faults,
	TASK_oom_score,
	TASK_oom_score_adj,
	TASK_shared_clean_bytes,
	TASK_shared_dirty_bytes,
};
const size_t why_field_count = sizeof why_fields;

static bool number(const struct why *why, unsigned id, int64_t *ret)
{
	return view_number(why->view, why->row, id, ret);
}

static int64_t or_zero(const struct why *why, unsigned id)
{
	int64_t value = 0;

	number(why, id, &value);
	return value;
}

/* "label" in its column, then the amount: "VIRT  118.2 MiB". */
static void put_label(struct buffer *buffer, const char *label, int64_t bytes)
{
	buffer_format(buffer, "%-5s ", label);
	amount_put(buffer, bytes);
}

static void put_part(struct buffer *buffer, bool *first, int64_t bytes, const char *what)
{
	if (bytes <= 0)
		return;
	buffer_text(buffer, *first ? ": " : ", ");
	amount_put(buffer, bytes);
	buffer_format(buffer, " %s", what);
	*first = false;
}

/* A name that may hold any byte: a newline in it begins no line of ours. */
static void put_name(struct buffer *buffer, struct span name)
{
	for (size_t i = 0; i < name.len; i++)
		buffer_char(buffer, name.at[i] == '\n' ? '?' : name.at[i]);
}

static void put_comm(const struct why *why, struct buffer *buffer, int64_t pid)
{
	struct span comm;
	int64_t number_of_row;

	buffer_format(buffer, "%lld", (long long)pid);
	for (uint32_t row = 0; row < why->view->now->count; row++)
		if (view_number(why->view, row, TASK_pid, &number_of_row) && number_of_row == pid &&
		    view_text(why->view, row, TASK_comm, &comm)) {
			buffer_char(buffer, ' ');
			put_name(buffer, comm);
		}
}

bool why_untouched(const struct why *why, int64_t *ret_bytes)
{
	int64_t sum = 0;

	for (int class = 0; why->space && class < SPACE_CLASSES; class ++) {
		const struct space_sum *part = &why->space->classes[class];
		if (class != SPACE_RESERVED && class != SPACE_HUGE)
			sum += part->size_bytes - part->rss_bytes - part->swap_bytes;
	}
	if (why->space)
		*ret_bytes = sum;
	return why->space != NULL;
}

bool why_sharers(const struct why *why, int64_t *ret_tenths)
{
	int64_t pss, uss, shared = or_zero(why, TASK_shared_clean_bytes) + or_zero(why, TASK_shared_dirty_bytes);

	if (!number(why, TASK_pss_bytes, &pss) || !number(why, TASK_uss_bytes, &uss) || shared <= 0 || pss <= uss)
		return false;
	*ret_tenths = shared * 10 / (pss - uss);
	return true;
}

static bool has_ended(const struct why *why)
{
	int64_t state = or_zero(why, TASK_state);

	return state == 'Z' || state == 'X';
}

static void put_no_space(const struct why *why, struct buffer *buffer)
{
	int64_t parent;

	if (!has_ended(why)) {
		buffer_text(buffer, "It has no address space of its own: a thread of the kernel.\n");
		return;
	}
	if (or_zero(why, TASK_threads) > 1) {
		buffer_format(buffer,
		              "Its first thread has ended; %lld others live on and hold its memory, which the kernel "
		              "shows only in theirs.\n",
		              (long long)or_zero(why, TASK_threads) - 1);
		return;
	}
	buffer_text(buffer,
	            "It has ended, and all its memory came back. Its number and its entry in the kernel's table "
	            "stay until its parent");
	if (number(why, TASK_ppid, &parent)) {
		buffer_text(buffer, ", ");
		put_comm(why, buffer, parent);
		buffer_char(buffer, ',');
	}
	buffer_text(buffer, " waits for it.\n");
}

/* The kind of mappings that is next after those that were used: by what is resident, or by what was promised. */
static const struct space_sum *next_largest(const struct why *why, bool *used, bool resident)
{
	const struct space_sum *best = NULL;

	for (int class = 0; class < SPACE_CLASSES; class ++) {
		const struct space_sum *one = &why->space->classes[class];
		int64_t bytes = resident ? one->rss_bytes : one->size_bytes;
		if (!used[class] && (!best || bytes > (resident ? best->rss_bytes : best->size_bytes)))
			best = one;
	}
	used[best - why->space->classes] = true;
	return best;
}

static void put_classes(const struct why *why, struct buffer *buffer, int count, bool resident)
{
	bool used[SPACE_CLASSES] = { false }, first = true;

	for (int i = 0; i < count; i++) {
		const struct space_sum *one = next_largest(why, used, resident);
		put_part(buffer, &first, resident ? one->rss_bytes : one->size_bytes,
		         space_title((enum space_class)(one - why->space->classes)));
	}
}

static void put_virt(const struct why *why, struct buffer *buffer)
{
	int64_t virt;

	if (!number(why, TASK_virt_bytes, &virt)) {
		put_no_space(why, buffer);
		return;
	}
	put_label(buffer, "VIRT", virt);
	buffer_text(buffer, " is address space that was promised");
	if (!why->space) {
		buffer_text(buffer, why->captured ? "; its mappings were not captured.\n" :
		                    why->spared   ? "; its parts were not read.\n" :
		                                    "; its parts are hidden from this user.\n");
		return;
	}
	put_classes(why, buffer, SPACE_CLASSES, false);
	int64_t idle = 0;
	why_untouched(why, &idle);
	buffer_text(buffer, ".\n      ");
	amount_put(buffer, idle);
	buffer_text(buffer, " of it was never touched, or was given back: that costs no RAM.\n");
}

static void put_rss(const struct why *why, struct buffer *buffer)
{
	int64_t rss, peak;
	bool first = true;

	if (!number(why, TASK_rss_bytes, &rss))
		return;
	put_label(buffer, "RES", rss);
	buffer_text(buffer, " is in RAM");
	put_part(buffer, &first, or_zero(why, TASK_anon_bytes), "anonymous (heap, stacks, written private pages)");
	put_part(buffer, &first, or_zero(why, TASK_file_bytes), "files (code, libraries, mapped data)");
	put_part(buffer, &first, or_zero(why, TASK_shmem_bytes), "shared memory");
	if (number(why, TASK_rss_peak_bytes, &peak) && peak > rss) {
		buffer_text(buffer, "; it was ");
		amount_put(buffer, peak);
		buffer_text(buffer, " once");
	}
	buffer_text(buffer, ".\n");
}

static void put_largest(const struct why *why, struct buffer *buffer)
{
	enum { SHOWN = 3 };

	if (!why->space || why->space->total.rss_bytes == 0)
		return;
	buffer_text(buffer, "      most of it");
	put_classes(why, buffer, SHOWN, true);
	buffer_text(buffer, ".\n");
}

static void put_share(const struct why *why, struct buffer *buffer)
{
	int64_t pss, uss, rss = or_zero(why, TASK_rss_bytes);

	if (!number(why, TASK_pss_bytes, &pss) || !number(why, TASK_uss_bytes, &uss)) {
		if (rss && why->spared)
			buffer_text(buffer, "PSS   was not read: that would hold it up. It is at most RES.\n");
		else if (rss)
			buffer_text(buffer,
			            "PSS   cannot be read by this user: only the owner and CAP_SYS_PTRACE may.\n");
		return;
	}
	put_label(buffer, "PSS", pss);
	buffer_text(buffer, " is its fair share of that; if it ended now, ");
	amount_put(buffer, uss);
	buffer_text(buffer, " would come back (USS).\n");
	int64_t tenths, shared = or_zero(why, TASK_shared_clean_bytes) + or_zero(why, TASK_shared_dirty_bytes);
	if (why_sharers(why, &tenths)) {
		buffer_text(buffer, "      ");
		amount_put(buffer, shared);
		buffer_format(buffer, " of RES is shared, by %lld.%lld processes on average.\n",
		              (long long)(tenths / 10), (long long)(tenths % 10));
	}
}

/* "1.8 MiB libc.so.6 with 52 others (1 init, 77 bash, 80 sh)" */
static void put_thing(const struct why *why, struct buffer *buffer, const struct shared_thing *thing)
{
	amount_put(buffer, thing->shared_bytes);
	buffer_char(buffer, ' ');
	put_name(buffer, span_base(thing->name));
	if (!thing->others) {
		buffer_text(buffer, " with nobody who could be looked into");
		return;
	}
	buffer_format(buffer, " with %zu other%s (", thing->others, thing->others == 1 ? "" : "s");
	for (size_t i = 0; i < thing->others && i < SHARING_NAMED; i++) {
		buffer_text(buffer, i ? ", " : "");
		put_comm(why, buffer, thing->pids[i]);
	}
	buffer_text(buffer, thing->others > SHARING_NAMED ? ", ...)" : ")");
}

static void put_with(const struct why *why, struct buffer *buffer)
{
	enum { THINGS_SHOWN = 3 };
	const struct sharing *sharing = why->sharing;
	bool any = false;

	if (!sharing || (!sharing->count && !sharing->anon_bytes))
		return;
	buffer_text(buffer, "with  ");
	if (sharing->anon_bytes) {
		amount_put(buffer, sharing->anon_bytes);
		buffer_text(buffer, " anonymous with its relatives, since a fork");
		any = true;
	}
	for (size_t i = 0; i < sharing->count && i < THINGS_SHOWN; i++) {
		buffer_text(buffer, any ? "; " : "");
		put_thing(why, buffer, &sharing->things[i]);
		any = true;
	}
	if (sharing->count > THINGS_SHOWN)
		buffer_format(buffer, "; and %zu files more", sharing->count - THINGS_SHOWN);
	buffer_text(buffer, ".\n");
}

static void put_beyond(const struct why *why, struct buffer *buffer)
{
	int64_t threads = or_zero(why, TASK_threads), tables = or_zero(why, TASK_page_table_bytes);

	if (has_ended(why))
		return; /* the stack goes with the last time that it ran */
	put_label(buffer, "more", tables + threads * why->kernel_stack_bytes);
	buffer_text(buffer, " the kernel holds for it outside RES: ");
	amount_put(buffer, tables);
	buffer_text(buffer, " page tables, ");
	amount_put(buffer, threads * why->kernel_stack_bytes);
	buffer_format(buffer, " stack%s of %lld thread%s (buffers of files and sockets are not known).\n",
	              threads == 1 ? "" : "s", (long long)threads, threads == 1 ? "" : "s");
}

/* Those that are zero in most processes are said together, and only when they are not zero. */
static void put_rest(const struct why *why, struct buffer *buffer)
{
	static const struct {
		uint8_t id;
		const char *words;
	} parts[] = {
		{ TASK_swap_bytes, "is in swap" },
		{ TASK_anon_huge_bytes, "is in transparent huge pages" },
		{ TASK_hugetlb_bytes, "comes from the hugetlb pool, outside RES and PSS" },
		{ TASK_lazy_free_bytes, "was given back lazily (MADV_FREE) and is still in RES" },
		{ TASK_locked_bytes, "of address space is locked: what of it is in RAM stays there" },
	};

	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		int64_t bytes;
		if (!number(why, parts[i].id, &bytes) || bytes == 0)
			continue;
		put_label(buffer, "of it", bytes);
		buffer_format(buffer, " %s.\n", parts[i].words);
	}
}

/* In the largest unit that leaves two digits or more. */
static void put_age(struct buffer *buffer, int64_t seconds)
{
	enum { MINUTE = 60, HOUR = 60 * MINUTE, DAY = 24 * HOUR };
	static const struct {
		int64_t from, unit;
		const char *word;
	} units[] = { { 3 * (int64_t)DAY, DAY, "days" },
		      { 3 * HOUR, HOUR, "hours" },
		      { 10 * MINUTE, MINUTE, "minutes" },
		      { 0, 1, "s" } };
	size_t i = 0;

	while (seconds < units[i].from)
		i++;
	buffer_format(buffer, "%lld %s", (long long)(seconds / units[i].unit), units[i].word);
}

static void put_pain(const struct why *why, struct buffer *buffer)
{
	int64_t minor, major, age;

	if (!number(why, TASK_minor_faults, &minor) || !number(why, TASK_major_faults, &major) ||
	    !number(why, TASK_age_ns, &age))
		return;
	buffer_format(buffer, "pain  %lld minor faults and %lld that waited for a disk, in ", (long long)minor,
	              (long long)major);
	put_age(buffer, age / NS_PER_S);
	buffer_text(buffer, " of life.\n");
}

static void put_fate(const struct why *why, struct buffer *buffer)
{
	int64_t score = or_zero(why, TASK_oom_score), adj = or_zero(why, TASK_oom_score_adj);

	if (why->oom_place)
		buffer_format(buffer,
		              "dies  as number %zu of %zu when memory runs out (score %lld, adjusted by %lld).\n",
		              why->oom_place, why->oom_count, (long long)score, (long long)adj);
	else
		buffer_text(buffer, "dies  never for lack of memory.\n");
}

void why_text(const struct why *why, struct buffer *buffer)
{
	put_virt(why, buffer);
	put_rss(why, buffer);
	put_largest(why, buffer);
	put_share(why, buffer);
	put_with(why, buffer);
	put_rest(why, buffer);
	put_beyond(why, buffer);
	put_pain(why, buffer);
	put_fate(why, buffer);
}
