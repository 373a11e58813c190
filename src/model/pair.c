#include "model/pair.h"

#include <errno.h>

#include "base/clock.h"
#include "model/cpu_times.h"
#include "model/rate.h"

static bool both(const struct view *view, const struct field *field, int64_t *ret_before, int64_t *ret_now)
{
	return record_number(field, &view->before->machine, ret_before) &&
	       record_number(field, &view->now->machine, ret_now);
}

/* The sum of those counters of the row that the kernel has, as a rate. A need that is no counter is what they count
 * in. */
static bool counters(const struct view *view, const struct field *field, int64_t elapsed_ns, int64_t *ret)
{
	int64_t scale = field->unit == PER_SECOND ? 1000 * NS_PER_S : field->unit == PERCENT ? 1000000 : NS_PER_S;
	int64_t before = 0, now = 0, counter_before, counter_now;
	bool any = false;

	for (size_t i = 0; i < field->need_count; i++) {
		const struct field *need = &machine_fields[field->needs[i]];
		if (!both(view, need, &counter_before, &counter_now))
			continue;
		if (need->kind != COUNTER) {
			scale *= counter_now;
			continue;
		}
		if (counter_now < counter_before || __builtin_add_overflow(before, counter_before, &before) ||
		    __builtin_add_overflow(now, counter_now, &now))
			return false;
		any = true;
	}
	return any && rate(before, now, elapsed_ns, scale, ret);
}

/* What the counters gained together; those that the kernel has. */
static bool gained(const struct view *view, const uint8_t *ids, size_t count, int64_t *ret)
{
	int64_t before, now, sum = 0;
	bool any = false;

	for (size_t i = 0; i < count; i++) {
		if (!both(view, &machine_fields[ids[i]], &before, &now))
			continue;
		if (now < before || __builtin_add_overflow(sum, now - before, &sum))
			return false;
		any = true;
	}
	*ret = sum;
	return any;
}

static bool reclaim_hits(const struct view *view, int64_t *ret)
{
	static const uint8_t taken_ids[] = { MACHINE_steal_anon_pages, MACHINE_steal_file_pages };
	static const uint8_t scanned_ids[] = { MACHINE_scan_kswapd_pages, MACHINE_scan_direct_pages };
	int64_t taken, scanned;

	return gained(view, taken_ids, sizeof taken_ids, &taken) &&
	       gained(view, scanned_ids, sizeof scanned_ids, &scanned) && share(taken, scanned, ret);
}

static bool cpu_share(const struct view *view, enum cpu_use use, int64_t *ret)
{
	struct cpu_times before, now;
	int64_t shares[CPU_TIMES];

	if (!cpu_times_of_machine(&view->before->machine, &before) ||
	    !cpu_times_of_machine(&view->now->machine, &now) || !cpu_times_shares(&before, &now, shares))
		return false;
	*ret = shares[use];
	return true;
}

bool pair_number(const struct view *view, unsigned id, int64_t *ret)
{
	static const struct {
		unsigned id;
		enum cpu_use use;
	} cpu[] = {
		{ MACHINE_cpu_user_percent, CPU_USER },       { MACHINE_cpu_nice_percent, CPU_NICE },
		{ MACHINE_cpu_system_percent, CPU_SYSTEM },   { MACHINE_cpu_idle_percent, CPU_IDLE },
		{ MACHINE_cpu_iowait_percent, CPU_IOWAIT },   { MACHINE_cpu_irq_percent, CPU_IRQ },
		{ MACHINE_cpu_softirq_percent, CPU_SOFTIRQ }, { MACHINE_cpu_steal_percent, CPU_STEAL },
		{ MACHINE_cpu_guest_percent, CPU_GUEST },     { MACHINE_cpu_guest_nice_percent, CPU_GUEST_NICE },
	};

	if (!view->before || id < MACHINE_interval_ns)
		return false;
	int64_t elapsed_ns = view->now->monotonic_ns - view->before->monotonic_ns;
	if (id == MACHINE_interval_ns) {
		*ret = elapsed_ns;
		return true;
	}
	if (id == MACHINE_reclaim_hit_percent)
		return reclaim_hits(view, ret);
	for (size_t i = 0; i < sizeof cpu / sizeof *cpu; i++)
		if (cpu[i].id == id)
			return cpu_share(view, cpu[i].use, ret);
	return counters(view, &machine_fields[id], elapsed_ns, ret);
}

/* Copies the record; its counters become 0. */
static void at_boot(const struct field_table *table, void *record)
{
	for (unsigned i = 0; i < table->count; i++)
		if (table->fields[i].kind == COUNTER && record_has(record, i))
			record_set(&table->fields[i], record, 0);
}

static void *copy(struct arena *arena, const void *records, size_t count, size_t bytes)
{
	void *made = arena_new(arena, count * bytes + 1);

	if (made && count)
		memcpy(made, records, count * bytes);
	return made;
}

int pair_boot(const struct snapshot *now, struct snapshot *ret)
{
	struct snapshot boot = { .wall_ns = now->wall_ns - now->boot_ns,
		                 .monotonic_ns = now->monotonic_ns - now->boot_ns,
		                 .source = now->source,
		                 .machine = now->machine,
		                 .cpu_count = now->cpu_count,
		                 .disk_count = now->disk_count };

	memcpy(boot.boot_id, now->boot_id, sizeof boot.boot_id);
	boot.cpus = copy(&boot.arena, now->cpus, now->cpu_count, sizeof *now->cpus);
	boot.disks = copy(&boot.arena, now->disks, now->disk_count, sizeof *now->disks);
	if (!boot.cpus || !boot.disks) {
		arena_done(&boot.arena);
		return -ENOMEM;
	}
	at_boot(&machine_table, &boot.machine);
	for (size_t i = 0; i < boot.cpu_count; i++)
		at_boot(&cpu_table, &boot.cpus[i]);
	for (size_t i = 0; i < boot.disk_count; i++)
		at_boot(&disk_table, &boot.disks[i]);
	*ret = boot;
	return 0;
}
