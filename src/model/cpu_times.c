#include "model/cpu_times.h"

#include "model/rate.h"

static int64_t number_or_0(const struct field *fields, unsigned id, const void *record)
{
	int64_t number = 0;

	record_number(&fields[id], record, &number);
	return number;
}

/* `ids` in the order of enum cpu_use. */
static bool times_of(const struct field *fields, const uint8_t ids[CPU_TIMES], const void *record,
                     struct cpu_times *ret)
{
	if (!record_has(record, ids[CPU_USER]) || !record_has(record, ids[CPU_SYSTEM]) ||
	    !record_has(record, ids[CPU_IDLE]))
		return false;
	for (int use = 0; use < CPU_TIMES; use++)
		ret->ns[use] = number_or_0(fields, ids[use], record);
	return true;
}

bool cpu_times_of_machine(const struct machine *machine, struct cpu_times *ret)
{
	static const uint8_t ids[] = { MACHINE_cpu_user_ns,      MACHINE_cpu_system_ns, MACHINE_cpu_nice_ns,
		                       MACHINE_cpu_idle_ns,      MACHINE_cpu_iowait_ns, MACHINE_cpu_irq_ns,
		                       MACHINE_cpu_softirq_ns,   MACHINE_cpu_steal_ns,  MACHINE_cpu_guest_ns,
		                       MACHINE_cpu_guest_nice_ns };

	return times_of(machine_fields, ids, machine, ret);
}

bool cpu_times_of_cpu(const struct cpu *cpu, struct cpu_times *ret)
{
	static const uint8_t ids[] = { CPU_user_ns, CPU_system_ns,  CPU_nice_ns,  CPU_idle_ns,  CPU_iowait_ns,
		                       CPU_irq_ns,  CPU_softirq_ns, CPU_steal_ns, CPU_guest_ns, CPU_guest_nice_ns };

	return times_of(cpu_fields, ids, cpu, ret);
}

const struct cpu *cpu_find(const struct snapshot *snapshot, int64_t number)
{
	for (size_t i = 0; i < snapshot->cpu_count; i++)
		if (cpu_has(&snapshot->cpus[i], id) && snapshot->cpus[i].id == number)
			return &snapshot->cpus[i];
	return NULL;
}

void cpu_times_add(struct cpu_times *times, const struct cpu_times *more)
{
	for (int use = 0; use < CPU_TIMES; use++)
		times->ns[use] += more->ns[use];
}

/* What each of `uses` gained, and what the first CPU_USES gained together. */
static int64_t gains(const struct cpu_times *before, const struct cpu_times *now, int uses, int64_t *ret)
{
	int64_t total = 0;

	for (int use = 0; use < uses; use++) {
		ret[use] = now->ns[use] > before->ns[use] ? now->ns[use] - before->ns[use] : 0;
		total += use < CPU_USES ? ret[use] : 0;
	}
	return total;
}

static bool shares(const struct cpu_times *before, const struct cpu_times *now, int uses, int64_t *ret)
{
	int64_t gained[CPU_TIMES];

	int64_t total = gains(before, now, uses, gained);
	for (int use = 0; total > 0 && use < uses; use++)
		share(gained[use], total, &ret[use]);
	return total > 0;
}

bool cpu_times_share(const struct cpu_times *before, const struct cpu_times *now, int64_t ret[CPU_USES])
{
	return shares(before, now, CPU_USES, ret);
}

bool cpu_times_shares(const struct cpu_times *before, const struct cpu_times *now, int64_t ret[CPU_TIMES])
{
	return shares(before, now, CPU_TIMES, ret);
}
