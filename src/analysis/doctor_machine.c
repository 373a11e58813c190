#include "analysis/doctor_rules.h"
#include "model/derive.h"
#include "model/rate.h"

enum { MIB = 1 << 20, WHOLE = 1000000 /* 100 % as PERCENT */ };

static bool number(const struct patient *patient, unsigned id, int64_t *ret)
{
	return view_machine(patient->view, id, ret);
}

/* Both parts as whole percents; false when a row is absent. */
static bool share_of(const struct patient *patient, unsigned part_id, unsigned whole_id, int64_t *ret_percent)
{
	int64_t part, whole, percent;

	if (!number(patient, part_id, &part) || !number(patient, whole_id, &whole) || !share(part, whole, &percent))
		return false;
	*ret_percent = percent / 10000;
	return true;
}

/* Events of a machine counter each second. */
static bool per_second(const struct patient *patient, unsigned id, int64_t *ret)
{
	int64_t now, before;

	return patient->view->before && number(patient, id, &now) &&
	       machine_number(&patient->view->before->machine, id, &before) &&
	       rate(before, now, patient->elapsed_ns, INT64_C(1000000000), ret);
}

static void memory_low(const struct patient *patient, const struct rule *rule, struct diagnosis *diagnosis)
{
	int64_t percent, available;

	if (!share_of(patient, MACHINE_mem_available_bytes, MACHINE_mem_total_bytes, &percent) || percent >= 5 ||
	    !number(patient, MACHINE_mem_available_bytes, &available))
		return;
	doctor_find(diagnosis, rule, percent < 2 ? SEVERITY_CRITICAL : SEVERITY_WARNING,
	            "%lld MiB are really left, %lld %% of RAM (below 5 %%)", (long long)(available / MIB),
	            (long long)percent);
}

static void commit_wall(const struct patient *patient, const struct rule *rule, struct diagnosis *diagnosis)
{
	int64_t mode, percent, committed, limit;

	if (!number(patient, MACHINE_overcommit_mode, &mode) || mode != 2 ||
	    !share_of(patient, MACHINE_committed_bytes, MACHINE_commit_limit_bytes, &percent) || percent < 90 ||
	    !number(patient, MACHINE_committed_bytes, &committed) ||
	    !number(patient, MACHINE_commit_limit_bytes, &limit))
		return;
	doctor_find(
		diagnosis, rule, percent >= 98 ? SEVERITY_CRITICAL : SEVERITY_WARNING,
		"%lld MiB promised of at most %lld MiB, %lld %% (from 90 %%); overcommit mode 2 refuses what is beyond",
		(long long)(committed / MIB), (long long)(limit / MIB), (long long)percent);
}

static void pressure(const struct patient *patient, const struct rule *rule, struct diagnosis *diagnosis)
{
	int64_t some, full = 0;

	if (!number(patient, MACHINE_memory_some_10s_percent, &some))
		return;
	number(patient, MACHINE_memory_full_10s_percent, &full);
	if (some < 10 * WHOLE / 100 && full < 5 * WHOLE / 100)
		return;
	doctor_find(diagnosis, rule, full >= 5 * WHOLE / 100 ? SEVERITY_CRITICAL : SEVERITY_WARNING,
	            "in the last ten seconds some task waited for memory %lld %% of the time (from 10 %%), all %lld %% "
	            "(from 5 %%)",
	            (long long)(some / 10000), (long long)(full / 10000));
}

static void swap_storm(const struct patient *patient, const struct rule *rule, struct diagnosis *diagnosis)
{
	enum { MANY = 256, STORM = 2560 };
	int64_t in, out;

	if (!per_second(patient, MACHINE_swap_in_pages, &in) || !per_second(patient, MACHINE_swap_out_pages, &out) ||
	    in < MANY)
		return;
	doctor_find(diagnosis, rule, in >= STORM ? SEVERITY_CRITICAL : SEVERITY_WARNING,
	            "%lld pages a second read back from swap (from %d), %lld written out", (long long)in, MANY,
	            (long long)out);
}

static void oom_kills(const struct patient *patient, const struct rule *rule, struct diagnosis *diagnosis)
{
	int64_t now, before = -1;

	if (!number(patient, MACHINE_oom_kills, &now) || now == 0)
		return;
	if (patient->view->before)
		machine_number(&patient->view->before->machine, MACHINE_oom_kills, &before);
	if (before >= 0 && now > before)
		doctor_find(diagnosis, rule, SEVERITY_CRITICAL,
		            "%lld processes were killed while we looked, %lld since boot", (long long)(now - before),
		            (long long)now);
	else
		doctor_find(diagnosis, rule, SEVERITY_NOTE, "%lld processes were killed since boot, none just now",
		            (long long)now);
}

static void kernel_share(const struct patient *patient, const struct rule *rule, struct diagnosis *diagnosis,
                         unsigned id, int64_t percent_from, int64_t bytes_from)
{
	int64_t bytes, percent;

	if (!number(patient, id, &bytes) || bytes < bytes_from ||
	    !share_of(patient, id, MACHINE_mem_total_bytes, &percent) || percent < percent_from)
		return;
	doctor_find(diagnosis, rule, SEVERITY_WARNING, "%lld MiB, %lld %% of RAM (from %lld %%)",
	            (long long)(bytes / MIB), (long long)percent, (long long)percent_from);
}

static void slab(const struct patient *patient, const struct rule *rule, struct diagnosis *diagnosis)
{
	kernel_share(patient, rule, diagnosis, MACHINE_slab_unreclaimable_bytes, 15, 256 * (int64_t)MIB);
}

static void page_tables(const struct patient *patient, const struct rule *rule, struct diagnosis *diagnosis)
{
	kernel_share(patient, rule, diagnosis, MACHINE_page_tables_bytes, 5, 128 * (int64_t)MIB);
}

static void hugetlb_idle(const struct patient *patient, const struct rule *rule, struct diagnosis *diagnosis)
{
	int64_t pages, unused, reserved, page, total, percent;

	if (!number(patient, MACHINE_hugetlb_pages, &pages) || !number(patient, MACHINE_hugetlb_free_pages, &unused) ||
	    !number(patient, MACHINE_hugetlb_reserved_pages, &reserved) ||
	    !number(patient, MACHINE_hugetlb_page_bytes, &page) || !number(patient, MACHINE_mem_total_bytes, &total))
		return;
	int64_t idle = unused - reserved;
	if (pages == 0 || idle * 2 < pages || !share(idle * page, total, &percent) || percent < 5 * WHOLE / 100)
		return;
	doctor_find(diagnosis, rule, SEVERITY_WARNING,
	            "%lld of %lld huge pages are neither used nor reserved: %lld MiB, %lld %% of RAM (from 5 %%)",
	            (long long)idle, (long long)pages, (long long)(idle * page / MIB), (long long)(percent / 10000));
}

/*
 * Huge pages that are given without being asked for hold what was never touched. The kernel itself says so when it
 * takes such pages apart; before that there is only the suspicion, when memory is short and much of it is in huge
 * pages.
 */
static void thp_waste(const struct patient *patient, const struct rule *rule, struct diagnosis *diagnosis)
{
	int64_t huge, huge_percent, left_percent, splits = 0;
	const struct machine *machine = &patient->view->now->machine;

	if (!machine_has(machine, thp_enabled) || !span_is(machine->thp_enabled, "always") ||
	    !number(patient, MACHINE_anon_huge_bytes, &huge) ||
	    !share_of(patient, MACHINE_anon_huge_bytes, MACHINE_mem_total_bytes, &huge_percent) ||
	    !share_of(patient, MACHINE_mem_available_bytes, MACHINE_mem_total_bytes, &left_percent))
		return;
	per_second(patient, MACHINE_thp_underused_splits, &splits);
	if (splits > 0)
		doctor_find(
			diagnosis, rule, SEVERITY_WARNING,
			"%lld huge pages a second are taken apart because most of each was never written; %lld MiB are "
			"in huge pages",
			(long long)splits, (long long)(huge / MIB));
	else if (huge_percent >= 25 && left_percent < 10)
		doctor_find(
			diagnosis, rule, SEVERITY_NOTE,
			"%lld MiB, %lld %% of RAM (from 25 %%), are in huge pages that nobody asked for, and only %lld "
			"%% are left (below 10 %%)",
			(long long)(huge / MIB), (long long)huge_percent, (long long)left_percent);
}

static void numbers_run_out(const struct patient *patient, const struct rule *rule, struct diagnosis *diagnosis)
{
	int64_t threads, pid_max, threads_max, percent;

	if (!number(patient, MACHINE_threads_total, &threads) || !number(patient, MACHINE_pid_max, &pid_max))
		return;
	int64_t most =
		number(patient, MACHINE_threads_max, &threads_max) && threads_max < pid_max ? threads_max : pid_max;
	if (!share(threads, most, &percent) || percent < 80 * WHOLE / 100)
		return;
	doctor_find(diagnosis, rule, percent >= 95 * WHOLE / 100 ? SEVERITY_CRITICAL : SEVERITY_WARNING,
	            "%lld threads of at most %lld, %lld %% (from 80 %%)", (long long)threads, (long long)most,
	            (long long)(percent / 10000));
}

static void group_limit(const struct patient *patient, const struct rule *rule, struct diagnosis *diagnosis)
{
	const struct cgroup *group = patient->group;
	int64_t percent;

	if (!group || !cgroup_has(group, limit_bytes) || !cgroup_has(group, current_bytes))
		return;
	int64_t cache = cgroup_has(group, inactive_file_bytes) ? group->inactive_file_bytes : 0;
	int64_t held = group->current_bytes > cache ? group->current_bytes - cache : 0;
	if (!share(held, group->limit_bytes, &percent) || percent < 90 * WHOLE / 100)
		return;
	doctor_find(diagnosis, rule, percent >= 97 * WHOLE / 100 ? SEVERITY_CRITICAL : SEVERITY_WARNING,
	            "group %.*s holds %lld MiB without its idle cache, of at most %lld MiB: %lld %% (from 90 %%)",
	            (int)patient->group_name.len, patient->group_name.at, (long long)(held / MIB),
	            (long long)(group->limit_bytes / MIB), (long long)(percent / 10000));
}

const struct rule machine_rules[] = {
	{ "memory_low", "Little is left: the kernel will soon reclaim hard, and then kill.", "vires ledger",
	  memory_low },
	{ "commit_wall", "Memory will be refused (malloc gives NULL, fork fails) although RAM may be free.",
	  "vires free -v", commit_wall },
	{ "pressure", "Programs lose time waiting for memory.", "vires vmstat 1", pressure },
	{ "swap_storm", "Pages are needed again right after they were swapped out: the working set does not fit.",
	  "vires vmstat 1", swap_storm },
	{ "oom_kills", "The kernel killed to get memory.", "vires oom --past", oom_kills },
	{ "slab", "Kernel objects that cannot be given back hold much memory.", "vires meminfo", slab },
	{ "page_tables",
	  "Page tables hold much memory: many processes map the same large memory, or it is mapped sparsely.",
	  "vires ledger", page_tables },
	{ "hugetlb_idle", "Memory is set aside for huge pages that nobody uses.", "vires meminfo", hugetlb_idle },
	{ "thp_waste", "A huge page that is touched once takes 2 MiB: set transparent_hugepage to madvise.",
	  "vires ps -eo pid,comm,rss,anon_huge_bytes", thp_waste },
	{ "numbers_run_out", "Soon no process or thread can be started.", "vires ps -eLf", numbers_run_out },
	{ "group_limit", "This control group will reclaim, and then kill, at its own limit.", "vires oom --cgroup",
	  group_limit },
};
const size_t machine_rule_count = sizeof machine_rules / sizeof *machine_rules;
