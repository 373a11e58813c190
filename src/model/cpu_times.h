/* What CPUs did with their time: of the whole machine, of one CPU, or of some together. */
#ifndef MODEL_CPU_TIMES_H
#define MODEL_CPU_TIMES_H

#include "model/snapshot.h"

/*
 * In the order in which top has shown them for thirty years. The first CPU_USES are all that there is: user and nice
 * time contain the two of guests.
 */
enum cpu_use {
	CPU_USER,
	CPU_SYSTEM,
	CPU_NICE,
	CPU_IDLE,
	CPU_IOWAIT,
	CPU_IRQ,
	CPU_SOFTIRQ,
	CPU_STEAL,
	CPU_USES,
	CPU_GUEST = CPU_USES,
	CPU_GUEST_NICE,
	CPU_TIMES
};

struct cpu_times {
	int64_t ns[CPU_TIMES];
};

/* False, and nothing changed, when user, system or idle time is absent; what else old kernels leave out counts as 0. */
bool cpu_times_of_machine(const struct machine *machine, struct cpu_times *ret);
bool cpu_times_of_cpu(const struct cpu *cpu, struct cpu_times *ret);

/* The CPU of that number; NULL when it is offline or the snapshot has no CPUs. */
const struct cpu *cpu_find(const struct snapshot *snapshot, int64_t number);

void cpu_times_add(struct cpu_times *times, const struct cpu_times *more);

/*
 * Each use's share of the time between two moments, as PERCENT: they add up to 100 %. A counter that went back (idle
 * and iowait do) has gained nothing. False, nothing changed, when no time has passed.
 */
bool cpu_times_share(const struct cpu_times *before, const struct cpu_times *now, int64_t ret[CPU_USES]);

/* The same with those of guests behind them. */
bool cpu_times_shares(const struct cpu_times *before, const struct cpu_times *now, int64_t ret[CPU_TIMES]);

#endif
