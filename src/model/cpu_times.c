#include "model/cpu_times.h"

#include "model/rate.h"

static int64_t number_or_0(const struct field *fields, unsigned id, const void *record)
{
	int64_t number = 0;

	record_number(&fields[id], record, &number);
	return number;
}

/* `ids` in the order of enum cpu_use. */
static bool times_of(const struct field *fields, const uint8_t ids[CPU_USES], const void *record, struct cpu_times *ret)
{
	if (!record_has(record, ids[CPU_USER]) || !record_has(record, ids[CPU_SYSTEM]) ||
	    !record_has(record, ids[CPU_IDLE]))
		return false;
	for (int use = 0; use < CPU_USES; use++)
		ret->ns[use] = number_or_0(fields, ids[use], record);
	return true;
}

bool cpu_times_of_machine(const struct machine *machine, struct cpu_times *ret)
{
	static const uint8_t ids[] = { MACHINE_cpu_user_ns,    MACHINE_cpu_system_ns, MACHINE_cpu_nice_ns,
		                       MACHINE_cpu_idle_ns,    MACHINE_cpu_iowait_ns, MACHINE_cpu_irq_ns,
		                       MACHINE_cpu_softirq_ns, MACHINE_cpu_steal_ns };

	return times_of(machine_fields, ids, machine, ret);
}

bool cpu_times_of_cpu(const struct cpu *cpu, struct cpu_times *ret)
{
	static const uint8_t ids[] = { CPU_user_ns,   CPU_system_ns, CPU_nice_ns,    CPU_idle_ns,
		                       CPU_iowait_ns, CPU_irq_ns,    CPU_softirq_ns, CPU_steal_ns };

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
	for (int use = 0; use < CPU_USES; use++)
		times->ns[use] += more->ns[use];
}

bool cpu_times_share(const struct cpu_times *before, const struct cpu_times *now, int64_t ret[CPU_USES])
{
	int64_t gained[CPU_USES], total = 0;

	for (int use = 0; use < CPU_USES; use++) {
		gained[use] = now->ns[use] > before->ns[use] ? now->ns[use] - before->ns[use] : 0;
		total += gained[use];
	}
	if (total == 0)
		return false;
	for (int use = 0; use < CPU_USES; use++)
		share(gained[use], total, &ret[use]);
	return true;
}
