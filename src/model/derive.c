#include "model/derive.h"

#include "base/clock.h"
#include "model/rate.h"
#include "model/view.h"

static bool number(const struct view *view, size_t row, unsigned id, int64_t *ret)
{
	return snapshot_number(view->now, row, id, ret);
}

/* The sum of `count` fields, all of them present. */
static bool sum(const struct view *view, size_t row, const uint8_t *ids, size_t count, int64_t *ret)
{
	int64_t total = 0, value;

	for (size_t i = 0; i < count; i++)
		if (!number(view, row, ids[i], &value) || __builtin_add_overflow(total, value, &total))
			return false;
	*ret = total;
	return true;
}

#define SUM(...) sum(view, row, (const uint8_t[]){ __VA_ARGS__ }, sizeof((const uint8_t[]){ __VA_ARGS__ }), ret)

static bool rss_percent(const struct view *view, size_t row, int64_t *ret)
{
	int64_t rss, total;

	return number(view, row, TASK_rss_bytes, &rss) && view_machine(view, MACHINE_mem_total_bytes, &total) &&
	       share(rss, total, ret);
}

static bool used_bytes(const struct view *view, size_t row, int64_t *ret)
{
	return SUM(TASK_rss_bytes, TASK_swap_bytes);
}

static bool unshared_bytes(const struct view *view, size_t row, int64_t *ret)
{
	int64_t rss, shared;

	if (!number(view, row, TASK_rss_bytes, &rss) || !number(view, row, TASK_shared_bytes, &shared) || shared > rss)
		return false;
	*ret = rss - shared;
	return true;
}

static bool uss_bytes(const struct view *view, size_t row, int64_t *ret)
{
	return SUM(TASK_private_clean_bytes, TASK_private_dirty_bytes);
}

static bool pss_age_ns(const struct view *view, size_t row, int64_t *ret)
{
	int64_t read;

	if (!number(view, row, TASK_pss_read_ns, &read))
		return false;
	*ret = view->now->monotonic_ns > read ? view->now->monotonic_ns - read : 0;
	return true;
}

static bool cpu_total_ns(const struct view *view, size_t row, int64_t *ret)
{
	return SUM(TASK_cpu_ns, TASK_children_user_ns, TASK_children_system_ns);
}

static bool age_ns(const struct view *view, size_t row, int64_t *ret)
{
	int64_t started;

	if (!number(view, row, TASK_started_ns, &started))
		return false;
	*ret = view->now->boot_ns > started ? view->now->boot_ns - started : 0;
	return true;
}

static bool of_life(const struct view *view, size_t row, bool (*time)(const struct view *, size_t, int64_t *),
                    int64_t *ret)
{
	int64_t cpu, age, read;

	if (!time(view, row, &cpu) || !age_ns(view, row, &age))
		return false;
	/* Rows are read after the time of the sample was taken, and who has just begun is much older by then. */
	if (number(view, row, TASK_read_ns, &read) && read > view->now->monotonic_ns)
		age += read - view->now->monotonic_ns;
	return share(cpu, age, ret);
}

static bool own_ns(const struct view *view, size_t row, int64_t *ret)
{
	return number(view, row, TASK_cpu_ns, ret);
}

static bool cpu_life_percent(const struct view *view, size_t row, int64_t *ret)
{
	return of_life(view, row, own_ns, ret);
}

static bool cpu_life_total_percent(const struct view *view, size_t row, int64_t *ret)
{
	return of_life(view, row, cpu_total_ns, ret);
}

/* What a counter gained between the two readings, as a rate with `scale` for one a nanosecond. */
static bool counter_rate(const struct view *view, size_t row, unsigned id, int64_t scale, int64_t *ret)
{
	int64_t now, before, elapsed;

	return number(view, row, id, &now) && view_past(view, row, id, &before, &elapsed) &&
	       rate(before, now, elapsed, scale, ret);
}

static bool gained(const struct view *view, size_t row, unsigned id, int64_t *ret)
{
	int64_t now, before, elapsed;

	if (!number(view, row, id, &now) || !view_past(view, row, id, &before, &elapsed) || now < before)
		return false;
	*ret = now - before;
	return true;
}

enum { CPU_BUSY = 1000000 }; /* one CPU kept busy, as PERCENT */

/* Ticks are coarse: a share may come out above what the threads can use, and is held to that. */
static int64_t bounded(const struct view *view, size_t row, int64_t percent)
{
	int64_t threads;

	if (number(view, row, TASK_threads, &threads) && threads > 0 && percent > threads * CPU_BUSY)
		return threads * CPU_BUSY;
	return percent;
}

static bool cpu_percent(const struct view *view, size_t row, int64_t *ret)
{
	if (!counter_rate(view, row, TASK_cpu_ns, CPU_BUSY, ret))
		return false;
	*ret = bounded(view, row, *ret);
	return true;
}

static bool cpu_total_percent(const struct view *view, size_t row, int64_t *ret)
{
	int64_t own, user, system;

	if (!counter_rate(view, row, TASK_cpu_ns, CPU_BUSY, &own) ||
	    !counter_rate(view, row, TASK_children_user_ns, CPU_BUSY, &user) ||
	    !counter_rate(view, row, TASK_children_system_ns, CPU_BUSY, &system))
		return false;
	*ret = bounded(view, row, own + user + system);
	return true;
}

static bool minor_faults_new(const struct view *view, size_t row, int64_t *ret)
{
	return gained(view, row, TASK_minor_faults, ret);
}

static bool major_faults_new(const struct view *view, size_t row, int64_t *ret)
{
	return gained(view, row, TASK_major_faults, ret);
}

static bool minor_faults_per_s(const struct view *view, size_t row, int64_t *ret)
{
	return counter_rate(view, row, TASK_minor_faults, 1000 * NS_PER_S, ret);
}

static bool major_faults_per_s(const struct view *view, size_t row, int64_t *ret)
{
	return counter_rate(view, row, TASK_major_faults, 1000 * NS_PER_S, ret);
}

static bool rates(const struct view *view, size_t row, unsigned one, unsigned other, int64_t scale, int64_t *ret)
{
	int64_t first, second;

	return counter_rate(view, row, one, scale, &first) && counter_rate(view, row, other, scale, &second) &&
	       !__builtin_add_overflow(first, second, ret);
}

static bool faults_per_s(const struct view *view, size_t row, int64_t *ret)
{
	return rates(view, row, TASK_minor_faults, TASK_major_faults, 1000 * NS_PER_S, ret);
}

static bool storage_bytes_per_s(const struct view *view, size_t row, int64_t *ret)
{
	return rates(view, row, TASK_read_bytes, TASK_written_bytes, NS_PER_S, ret);
}

static bool switches_per_s(const struct view *view, size_t row, int64_t *ret)
{
	return rates(view, row, TASK_voluntary_switches, TASK_involuntary_switches, 1000 * NS_PER_S, ret);
}

static bool read_bytes_per_s(const struct view *view, size_t row, int64_t *ret)
{
	return counter_rate(view, row, TASK_read_bytes, NS_PER_S, ret);
}

static bool written_bytes_per_s(const struct view *view, size_t row, int64_t *ret)
{
	return counter_rate(view, row, TASK_written_bytes, NS_PER_S, ret);
}

static bool rss_growth_bytes_per_min(const struct view *view, size_t row, int64_t *ret)
{
	int64_t pid, started, rss;
	struct sighting first;

	if (!view->watch || !number(view, row, TASK_pid, &pid) || !number(view, row, TASK_started_ns, &started) ||
	    !number(view, row, TASK_rss_bytes, &rss) || !watch_first(view->watch, pid, started, &first))
		return false;
	int64_t elapsed = view->now->monotonic_ns - first.monotonic_ns;
	return elapsed > 0 && rate_of_change(first.rss_bytes, rss, elapsed, 60 * NS_PER_S, ret);
}

static bool cancelled_bytes_per_s(const struct view *view, size_t row, int64_t *ret)
{
	return counter_rate(view, row, TASK_cancelled_bytes, NS_PER_S, ret);
}

static bool voluntary_switches_per_s(const struct view *view, size_t row, int64_t *ret)
{
	return counter_rate(view, row, TASK_voluntary_switches, 1000 * NS_PER_S, ret);
}

static bool involuntary_switches_per_s(const struct view *view, size_t row, int64_t *ret)
{
	return counter_rate(view, row, TASK_involuntary_switches, 1000 * NS_PER_S, ret);
}

static bool system_percent(const struct view *view, size_t row, int64_t *ret)
{
	return counter_rate(view, row, TASK_system_ns, CPU_BUSY, ret);
}

static bool guest_percent(const struct view *view, size_t row, int64_t *ret)
{
	return counter_rate(view, row, TASK_guest_ns, CPU_BUSY, ret);
}

static bool user_percent(const struct view *view, size_t row, int64_t *ret)
{
	int64_t user, guest = 0;

	if (!counter_rate(view, row, TASK_user_ns, CPU_BUSY, &user))
		return false;
	guest_percent(view, row, &guest);
	*ret = user > guest ? user - guest : 0;
	return true;
}

static bool run_wait_percent(const struct view *view, size_t row, int64_t *ret)
{
	return counter_rate(view, row, TASK_run_wait_ns, CPU_BUSY, ret);
}

static bool block_io_new_ns(const struct view *view, size_t row, int64_t *ret)
{
	return gained(view, row, TASK_block_io_ns, ret);
}

/* What two counters gained together; the second may be absent. */
static bool gained_both(const struct view *view, size_t row, unsigned id, unsigned children_id, int64_t *ret)
{
	int64_t own, children = 0;

	if (!gained(view, row, id, &own))
		return false;
	gained(view, row, children_id, &children);
	*ret = own + children;
	return true;
}

static bool guest_total_new_ns(const struct view *view, size_t row, int64_t *ret)
{
	return gained_both(view, row, TASK_guest_ns, TASK_children_guest_ns, ret);
}

static bool user_total_new_ns(const struct view *view, size_t row, int64_t *ret)
{
	int64_t guest = 0;

	if (!gained_both(view, row, TASK_user_ns, TASK_children_user_ns, ret))
		return false;
	guest_total_new_ns(view, row, &guest);
	*ret = *ret > guest ? *ret - guest : 0;
	return true;
}

static bool system_total_new_ns(const struct view *view, size_t row, int64_t *ret)
{
	return gained_both(view, row, TASK_system_ns, TASK_children_system_ns, ret);
}

static bool minor_faults_total_new(const struct view *view, size_t row, int64_t *ret)
{
	return gained_both(view, row, TASK_minor_faults, TASK_children_minor_faults, ret);
}

static bool major_faults_total_new(const struct view *view, size_t row, int64_t *ret)
{
	return gained_both(view, row, TASK_major_faults, TASK_children_major_faults, ret);
}

bool derive_task(const struct view *view, size_t row, unsigned id, int64_t *ret)
{
	static bool (*const formulas[TASK_FIELDS])(const struct view *, size_t, int64_t *) = {
#define FIELD(...)
#define FIELD2(...)
#define TEXT(...)
#define NAMED(...)
#define DERIVED(name, ...) [TASK_##name] = name,
#define PAIRED(...)
#define ROWS "fields/task.def"
#include "fields/expand_rows.h"
#undef ROWS
	};

	return formulas[id](view, row, ret);
}
