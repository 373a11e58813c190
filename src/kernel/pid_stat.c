#include "kernel/pid_stat.h"

#include <errno.h>

/* Fields are numbered as in proc(5); 4 is the first behind the state. The last ones are not used. */
enum { FIRST = 4, LAST = 44, LEAST = 41 /* all since 2.5.19 */ };

static int read_numbers(struct span rest, int64_t *field)
{
	int last = FIRST - 1 + (int)span_numbers(&rest, field + FIRST, LAST - FIRST + 1);

	return last >= LEAST && (last == LAST || span_trim(rest).len == 0) ? last : -EBADMSG;
}

static void set_identity(const int64_t *field, struct task *task)
{
	task_set(task, ppid, field[4]);
	task_set(task, pgid, field[5]);
	task_set(task, sid, field[6]);
	task_set(task, tty_dev, (int64_t)(uint32_t)field[7]);
	task_set(task, tpgid, field[8]);
	task_set(task, flags, field[9]);
}

static void set_scheduling(const int64_t *field, struct task *task)
{
	task_set(task, priority, field[18]);
	task_set(task, nice, field[19]);
	task_set(task, threads, field[20]);
	task_set(task, exit_signal, field[38]);
	task_set(task, cpu_last, field[39]);
	task_set(task, rt_priority, field[40]);
	task_set(task, policy, field[41]);
}

/* A count that only rises. Kernels have been seen to let one fall below zero: that is nonsense, not a number. */
static void set_count(enum task_id id, struct task *task, int64_t count, int64_t unit)
{
	if (count >= 0)
		units_set(&task_fields[id], task, count, unit);
}

static void set_counters(const int64_t *field, int64_t tick_ns, int last, struct task *task)
{
	set_count(TASK_minor_faults, task, field[10], 1);
	set_count(TASK_children_minor_faults, task, field[11], 1);
	set_count(TASK_major_faults, task, field[12], 1);
	set_count(TASK_children_major_faults, task, field[13], 1);
	set_count(TASK_user_ns, task, field[14], tick_ns);
	set_count(TASK_system_ns, task, field[15], tick_ns);
	int64_t ticks;
	if (field[14] >= 0 && field[15] >= 0 && !__builtin_add_overflow(field[14], field[15], &ticks))
		set_count(TASK_cpu_ns, task, ticks, tick_ns);
	set_count(TASK_children_user_ns, task, field[16], tick_ns);
	set_count(TASK_children_system_ns, task, field[17], tick_ns);
	set_count(TASK_started_ns, task, field[22], tick_ns);
	if (last >= 42)
		set_count(TASK_block_io_ns, task, field[42], tick_ns);
	if (last >= 43)
		set_count(TASK_guest_ns, task, field[43], tick_ns);
	if (last >= 44)
		set_count(TASK_children_guest_ns, task, field[44], tick_ns);
}

static void set_addresses(const int64_t *field, struct task *task)
{
	if (field[23] == 0)
		return; /* no memory map */
	set_count(TASK_vsize_bytes, task, field[23], 1);
	set_count(TASK_rss_limit_bytes, task, field[25], 1); /* unlimited is -1 */
	if (field[26] > 1 || field[26] < 0) {
		task_set(task, code_start, field[26]);
		task_set(task, code_end, field[27]);
		task_set(task, stack_start, field[28]);
		task_set(task, stack_pointer, field[29]);
		task_set(task, instruction_pointer, field[30]);
	}
}

int pid_stat_parse(struct span bytes, const struct kernel_units *units, struct task *task)
{
	int64_t field[LAST + 1];
	struct span pid, state;

	struct span rest = bytes;
	ptrdiff_t close = span_last(rest, ')');
	if (bytes.len == 0 || bytes.at[bytes.len - 1] != '\n')
		return -EBADMSG; /* cut short: the last number may be half of one */
	if (!span_until(&rest, '(', &pid) || close < (ptrdiff_t)(pid.len + 1))
		return -EBADMSG;
	struct span comm = { rest.at, (size_t)close - pid.len - 1 };
	rest = span_skip(bytes, (size_t)close + 1);
	if (!span_word(&rest, &state) || state.len != 1)
		return -EBADMSG;
	int last = read_numbers(rest, field);
	if (last < 0)
		return last;

	task_set(task, comm, comm);
	task_set(task, state, (unsigned char)state.at[0]);
	set_identity(field, task);
	set_scheduling(field, task);
	set_counters(field, units->tick_ns, last, task);
	set_addresses(field, task);
	return 0;
}
