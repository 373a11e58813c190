#include "kernel/bpf/tasks.h"

enum { NORMAL_PRIORITY = 100, NICE_0 = 120 }; /* MAX_RT_PRIO, DEFAULT_PRIO */

/* Bits of the kernel's task states, and the letters of its task_state_array from bit 0 on. */
enum { REPORTED = 0x7f, UNINTERRUPTIBLE = 2, IDLE = 0x402, RT_LOCK_WAIT = 0x1000, FROZEN = 0x8000 };
static const char state_letters[] = "RSDTtXZP";

static char state_letter(unsigned state, unsigned exit_state)
{
	unsigned bits = (state | exit_state) & REPORTED;

	if ((state & IDLE) == IDLE)
		return 'I';
	if (state & (RT_LOCK_WAIT | FROZEN))
		bits = UNINTERRUPTIBLE;
	return state_letters[bits ? 32 - __builtin_clz(bits) : 0];
}

/* As new_encode_dev() in the kernel does for /proc. */
static int64_t encode_device(unsigned device)
{
	unsigned major = device >> 20, minor = device & 0xfffff;

	return (minor & 0xff) | major << 8 | (minor & ~0xffU) << 12;
}

/* Workers: what they work on behind the name, after a + while they do. */
static struct span kernel_name(struct record_kernel_name *named, unsigned has)
{
	size_t len = strnlen(named->name, sizeof named->name);
	size_t work = strnlen(named->work, sizeof named->work);

	if ((has & HAS_WORK) && work) {
		size_t room = sizeof named->name - 1;
		if (len < room)
			named->name[len++] = has & WORK_IS_RUNNING ? '+' : '-';
		work = work < room - len ? work : room - len;
		memcpy(named->name + len, named->work, work);
		len += work;
		named->work[0] = '\0'; /* once */
	}
	return (struct span){ named->name, len };
}

static void fill_identity(struct task_record *record, const struct kernel_units *units, struct task *task)
{
	const struct record_identity *id = &record->identity;
	const struct record_details *more = &record->details;

	task_set(task, pid, id->pid);
	task_set(task, tgid, more->tgid);
	task_set(task, is_thread, (id->has & IS_THREAD) != 0);
	/* /proc says it in ticks: the same rounding, so that a process has one identity whoever saw it. */
	task_set(task, started_ns, (int64_t)id->started_ns / units->tick_ns * units->tick_ns);
	task_set(task, ppid, more->ppid);
	task_set(task, flags, more->flags);
	task_set(task, state, state_letter(more->state, more->exit_state));
	task_set(task, threads, more->threads);
	if (id->has & HAS_OOM_ADJUST)
		task_set(task, oom_score_adj, more->oom_score_adj);
	if (id->has & HAS_KERNEL_NAME)
		task_set(task, comm, kernel_name(&record->named, id->has));
	else
		task_set(task, comm, ((struct span){ more->comm, strnlen(more->comm, sizeof more->comm) }));
}

static void fill_session(const struct record_details *id, struct task *task)
{
	task_set(task, pgid, id->pgid);
	task_set(task, sid, id->sid);
	task_set(task, tty_dev, encode_device(id->tty_dev));
	task_set(task, tpgid, id->tpgid);
}

static void fill_users(const struct record_details *id, struct task *task)
{
	task_set(task, ruid, id->uid[ID_REAL]);
	task_set(task, euid, id->uid[ID_EFFECTIVE]);
	task_set(task, suid, id->uid[ID_SAVED]);
	task_set(task, fsuid, id->uid[ID_FILESYSTEM]);
	task_set(task, rgid, id->gid[ID_REAL]);
	task_set(task, egid, id->gid[ID_EFFECTIVE]);
	task_set(task, sgid, id->gid[ID_SAVED]);
	task_set(task, fsgid, id->gid[ID_FILESYSTEM]);
}

static void fill_scheduling(const struct record_details *id, struct task *task)
{
	task_set(task, priority, id->prio - NORMAL_PRIORITY);
	task_set(task, nice, id->static_prio - NICE_0);
	task_set(task, cpu_last, id->cpu);
	task_set(task, rt_priority, id->rt_priority);
	task_set(task, exit_signal, id->exit_signal);
}

static void fill_sums(const struct record_sums *sums, unsigned has, struct task *task)
{
	if (has & HAS_SUMS) {
		task_set(task, cpu_ns, (int64_t)sums->cpu_ns);
		task_set(task, guest_ns, (int64_t)sums->guest_ns);
		task_set(task, minor_faults, (int64_t)sums->minor_faults);
		task_set(task, major_faults, (int64_t)sums->major_faults);
	}
	if (has & HAS_IO_CHARS) {
		task_set(task, read_chars, (int64_t)sums->io[IO_READ_CHARS]);
		task_set(task, written_chars, (int64_t)sums->io[IO_WRITTEN_CHARS]);
		task_set(task, read_calls, (int64_t)sums->io[IO_READ_CALLS]);
		task_set(task, write_calls, (int64_t)sums->io[IO_WRITE_CALLS]);
	}
	if (has & HAS_IO_BYTES) {
		task_set(task, read_bytes, (int64_t)sums->io[IO_READ]);
		task_set(task, written_bytes, (int64_t)sums->io[IO_WRITTEN]);
		task_set(task, cancelled_bytes, (int64_t)sums->io[IO_CANCELLED]);
	}
	if (has & HAS_DELAYS) {
		task_set(task, swap_in_wait_ns, (int64_t)sums->delay_ns[DELAY_SWAP_IN]);
		task_set(task, reclaim_wait_ns, (int64_t)sums->delay_ns[DELAY_RECLAIM]);
		task_set(task, thrashing_wait_ns, (int64_t)sums->delay_ns[DELAY_THRASHING]);
		task_set(task, compaction_wait_ns, (int64_t)sums->delay_ns[DELAY_COMPACTION]);
	}
}

static void fill_counters(const struct record_counters *counters, unsigned has, struct task *task)
{
	/* All three 0 is what schedstat says of a thread that never ran: see there. */
	if ((has & HAS_RUN_QUEUE) && (counters->run_ns || counters->run_wait_ns || counters->run_slices)) {
		task_set(task, run_ns, (int64_t)counters->run_ns);
		task_set(task, run_wait_ns, (int64_t)counters->run_wait_ns);
		task_set(task, run_slices, (int64_t)counters->run_slices);
	}
	if (has & HAS_SWITCHES) {
		task_set(task, voluntary_switches, (int64_t)counters->voluntary_switches);
		task_set(task, involuntary_switches, (int64_t)counters->involuntary_switches);
	}
	if (has & HAS_DELAYS)
		task_set(task, block_io_ns, (int64_t)counters->block_io_ns);
	if (has & HAS_CHILDREN) {
		task_set(task, children_user_ns, (int64_t)counters->children_user_ns);
		task_set(task, children_system_ns, (int64_t)counters->children_system_ns);
		task_set(task, children_minor_faults, (int64_t)counters->children_minor_faults);
		task_set(task, children_major_faults, (int64_t)counters->children_major_faults);
	}
	if (has & HAS_CGROUP)
		task_set(task, cgroup_id, (int64_t)counters->cgroup_id);
}

static int64_t larger(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static void fill_virt(const struct record_memory *m, int64_t page, struct task *task)
{
	int64_t virt = (int64_t)m->virt * page;

	task_set(task, virt_bytes, virt);
	task_set(task, vsize_bytes, virt);
	task_set(task, virt_peak_bytes, larger(virt, (int64_t)m->virt_peak * page));
	task_set(task, locked_bytes, (int64_t)m->locked * page);
}

static void fill_space(const struct record_memory *m, int64_t page, struct task *task)
{
	int64_t exec = (int64_t)m->exec * page, code = (int64_t)m->code_bytes;

	task_set(task, text_bytes, code);
	task_set(task, exe_bytes, code < exec ? code : exec);
	task_set(task, lib_bytes, exec - task->exe_bytes);
	task_set(task, heap_data_bytes, (int64_t)m->data * page);
	task_set(task, stack_bytes, (int64_t)m->stack * page);
	task_set(task, data_bytes, (int64_t)(m->data + m->stack) * page);
}

static void fill_resident(const struct record_identity *id, int64_t page, struct task *task)
{
	task_set(task, anon_bytes, (int64_t)id->resident[PAGES_ANON] * page);
	task_set(task, file_bytes, (int64_t)id->resident[PAGES_FILE] * page);
	task_set(task, shmem_bytes, (int64_t)id->resident[PAGES_SHMEM] * page);
	task_set(task, shared_bytes, task->file_bytes + task->shmem_bytes);
	task_set(task, rss_bytes, task->anon_bytes + task->shared_bytes);
	task_set(task, swap_bytes, (int64_t)id->resident[PAGES_SWAP] * page);
}

static void fill_held(const struct task_record *record, int64_t page, struct task *task)
{
	const struct record_memory *m = &record->memory;
	int64_t rss = 0;

	for (int kind = 0; kind < PAGE_KINDS; kind++)
		rss += kind == PAGES_SWAP ? 0 : (int64_t)record->identity.resident[kind] * page;
	task_set(task, rss_peak_bytes, larger(rss, (int64_t)m->resident_peak * page));
	if ((int64_t)m->rss_limit_bytes >= 0) /* else unlimited */
		task_set(task, rss_limit_bytes, (int64_t)m->rss_limit_bytes);
	task_set(task, pinned_bytes, (int64_t)m->pinned * page);
	task_set(task, hugetlb_bytes, (int64_t)m->hugetlb * page);
	task_set(task, page_table_bytes, (int64_t)m->page_table_bytes);
}

void task_record_fill_paid(const struct task_record *record, const struct kernel_units *units, struct task *task)
{
	unsigned has = record->identity.has;

	if (has & HAS_RESIDENT)
		fill_resident(&record->identity, units->page_bytes, task);
	if (has & HAS_HELD)
		fill_held(record, units->page_bytes, task);
}

void task_record_fill(struct task_record *record, const struct kernel_units *units, struct task *task)
{
	unsigned has = record->identity.has;

	fill_identity(record, units, task);
	if (has & HAS_SESSION)
		fill_session(&record->details, task);
	if (has & HAS_USERS)
		fill_users(&record->details, task);
	if (has & HAS_SCHEDULING)
		fill_scheduling(&record->details, task);
	if (has & HAS_POLICY)
		task_set(task, policy, record->details.policy);
	fill_sums(&record->sums, has, task);
	fill_counters(&record->counters, has, task);
	if (has & HAS_VIRT)
		fill_virt(&record->memory, units->page_bytes, task);
	if (has & HAS_SPACE)
		fill_space(&record->memory, units->page_bytes, task);
	task_record_fill_paid(record, units, task);
	if (has & HAS_INSIDE)
		task_set(task, mapping_count, (int64_t)record->inside.mappings);
}

void task_record_fields(unsigned has, struct field_set *set)
{
	struct task_record every = { .identity.has = has, .counters.run_ns = 1 };
	struct kernel_units units = { 4096, 10000000 };
	struct task task = { .have = { { 0 } } };

	task_record_fill(&every, &units, &task);
	field_set_join(set, &task.have);
}

unsigned task_record_bits(const struct field_set *wanted)
{
	struct field_set always = { { 0 } };
	unsigned bits = 0;

	task_record_fields(0, &always);
	for (unsigned bit = 1; bit <= WANT_ALL; bit <<= 1) {
		struct field_set fields = { { 0 } };
		task_record_fields(bit, &fields);
		for (unsigned i = 0; i < FIELD_WORDS; i++)
			if (fields.word[i] & ~always.word[i] & wanted->word[i])
				bits |= bit;
	}
	return bits & HAS_HELD ? bits | HAS_RESIDENT : bits; /* a peak is never below what is there now */
}
