#include "kernel/system_stat.h"

#include <errno.h>

#include "kernel/keyed.h"

static struct keyed counters = {
	.table = &machine_table, .from = FROM_SYSTEM_STAT, .mark = ' ', .bytes_in_unit = 1, .once = ONCE_FLAG_INIT
};

/* user nice system idle iowait irq softirq steal guest guest_nice: the ten rows stand in this order in both tables. */
enum { TIMES = 10 };

_Static_assert(MACHINE_cpu_guest_nice_ns - MACHINE_cpu_user_ns + 1 == TIMES, "times of all CPUs");
_Static_assert(CPU_guest_nice_ns - CPU_user_ns + 1 == TIMES, "times of one CPU");

static void set_times(struct span rest, int64_t tick_ns, const struct field *first, void *record)
{
	int64_t ticks, ns;

	for (unsigned i = 0; i < TIMES && span_i64(&rest, &ticks); i++)
		if (!__builtin_mul_overflow(ticks, tick_ns, &ns))
			record_set(&first[i], record, ns);
}

/* "cpu7 ..." */
static bool cpu_line(struct span line, int64_t *ret_id, struct span *ret_times)
{
	struct span word;

	if (!span_word(&line, &word))
		return false;
	word = span_skip(word, 3);
	*ret_times = line;
	return span_i64(&word, ret_id) && *ret_id >= 0;
}

/* Takes the lines that begin with "cpu" off the front of `rest`. */
static size_t parse_cpus(struct span *rest, int64_t tick_ns, struct cpu *cpus, size_t capacity)
{
	struct span line, times;
	size_t count = 0;
	int64_t id;

	while (span_starts(*rest, SPAN("cpu")) && span_whole_line(rest, &line)) {
		if (!cpu_line(line, &id, &times))
			continue;
		if (count < capacity) {
			cpus[count] = (struct cpu){ 0 };
			cpu_set(&cpus[count], id, id);
			set_times(times, tick_ns, &cpu_fields[CPU_user_ns], &cpus[count]);
		}
		count++;
	}
	return count;
}

int system_stat_parse(struct span bytes, const struct kernel_units *units, struct machine *machine, struct cpu *cpus,
                      size_t capacity)
{
	struct span line;

	if (!span_starts(bytes, SPAN("cpu ")) || !span_whole_line(&bytes, &line))
		return -EBADMSG;
	set_times(span_skip(line, 4), units->tick_ns, &machine_fields[MACHINE_cpu_user_ns], machine);
	size_t count = parse_cpus(&bytes, units->tick_ns, cpus, capacity);
	keyed_parse(&counters, bytes, machine);
	return (int)count;
}

int system_stat_read(struct files *files, const struct kernel_units *units, struct machine *machine, struct cpu *cpus,
                     size_t capacity)
{
	enum { LIMIT = 16 * 1024 * 1024 };
	struct span bytes;

	int r = files_read(files, "proc/stat", LIMIT, &bytes);
	return r < 0 ? r : system_stat_parse(bytes, units, machine, cpus, capacity);
}
