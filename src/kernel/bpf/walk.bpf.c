/*
 * The program `walk` (kernels since 6.7): called once, it writes a record for each process, and for each thread when
 * asked, into a mapped array.
 */
#include "kernel/bpf/read_task.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";

enum { ALL_PROCESSES, ALL_THREADS, THREADS_OF_ONE }; /* flags of bpf_iter_task_new */
enum { SUM_TRIES = 4 };

/* The kernel's iterators, by their sizes: they live on the program's stack. */
struct bpf_iter_task {
	__u64 opaque[3];
} __attribute__((aligned(8)));

struct bpf_iter_num {
	__u64 opaque[1];
} __attribute__((aligned(8)));

extern int bpf_iter_task_new(struct bpf_iter_task *it, struct task_struct *task, unsigned flags) __ksym __weak;
extern struct task_struct *bpf_iter_task_next(struct bpf_iter_task *it) __ksym __weak;
extern void bpf_iter_task_destroy(struct bpf_iter_task *it) __ksym __weak;
extern int bpf_iter_num_new(struct bpf_iter_num *it, int start, int end) __ksym __weak;
extern int *bpf_iter_num_next(struct bpf_iter_num *it) __ksym __weak;
extern void bpf_iter_num_destroy(struct bpf_iter_num *it) __ksym __weak;
extern struct task_struct *bpf_task_acquire(struct task_struct *task) __ksym __weak;
extern void bpf_task_release(struct task_struct *task) __ksym __weak;
extern void bpf_rcu_read_lock(void) __ksym __weak;
extern void bpf_rcu_read_unlock(void) __ksym __weak;

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct task_record);
} records SEC(".maps");

INLINE struct task_struct *cast(const void *task)
{
	return bpf_rdonly_cast(task, bpf_core_type_id_kernel(struct task_struct));
}

INLINE struct task_struct *reader(void)
{
	return cast((void *)bpf_get_current_task_btf());
}

/*
 * These are global functions, called with numbers instead of pointers: so the verifier looks at each once, not again
 * for every state that the loops around it can be in. All have one signature, which program.c tells the kernel.
 */

INLINE bool is_wanted(struct task_struct *t, const struct reading *how)
{
	if (t->tgid == 0 || (settings.namespaced && NUMBER(t->thread_pid, how) == 0))
		return false;
	return !settings.hide_foreign || can_trace(reader(), t);
}

/* Whether the record is of this task, and it has not run since: then it has done nothing to itself. */
INLINE bool has_slept(const struct task_record *to, struct task_struct *t, const struct task_control *c)
{
	const struct record_identity *id = &to->identity;

	if (!settings.looks_again || c->patience < 2 || id->host_pid != t->pid ||
	    id->ran_ns != t->se.sum_exec_runtime || id->started_ns != t->start_boottime + c->time_offset_ns)
		return false;
	return id->threads == 1 && ((unsigned)id->host_pid + c->look) % c->patience;
}

/* Others may take its memory away, or bring it back. */
INLINE void refresh(struct task_record *to, struct task_struct *t, const struct reading *how)
{
	struct mm_struct *mm = t->mm;

	if ((settings.want & HAS_RESIDENT) && mm && (to->identity.has & HAS_RESIDENT))
		read_paid(&to->memory, mm, how);
}

enum { NOT_SHOWN, SHOWN, SHOWN_AS_BEFORE };

/*
 * A record of the task, with the sums of a process as if it had one thread. It may be SHOWN without room for it.
 */
__attribute__((noinline)) int fill_record(unsigned long long task, unsigned index, unsigned thread)
{
	__u32 zero = 0;
	struct task_control *c = bpf_map_lookup_elem(&control, &zero);
	struct task_struct *t = cast((void *)task);
	struct task_record *to = bpf_map_lookup_elem(&records, &index);

	if (!c)
		return NOT_SHOWN;
	struct reading how = { .control = c, .alone = true, .cast = true, .scope = c->scope };
	if (to && to->identity.is_thread == thread && has_slept(to, t, c)) {
		refresh(to, t, &how);
		return SHOWN_AS_BEFORE;
	}
	if (!thread && !is_wanted(t, &how))
		return NOT_SHOWN;
	if (!to)
		return SHOWN;
	bool may_see = may_see_inside(reader(), t);
	read_identity(&to->identity, t, thread, &how);
	to->identity.started_ns = t->start_boottime + c->time_offset_ns;
	clear_sums(&to->sums);
	if (!thread)
		add_dead(&to->sums, t->signal);
	add_thread(&to->sums, t);
	read_counters(&to->counters, &to->identity, t, may_see);
	if (t->flags & KERNEL_THREAD)
		read_kernel_name(&to->identity, &to->named, t);
	else if ((settings.want & WANT_MEMORY) && t->mm)
		read_memory(&to->memory, &to->identity, t, may_see, &how);
	return SHOWN;
}

__attribute__((noinline)) int restart_sums(unsigned long long task, unsigned index, unsigned unused)
{
	struct task_record *to = bpf_map_lookup_elem(&records, &index);

	if (!to)
		return 0;
	clear_sums(&to->sums);
	add_dead(&to->sums, cast((void *)task)->signal);
	return (int)unused;
}

__attribute__((noinline)) int add_to_sums(unsigned long long thread, unsigned index, unsigned unused)
{
	struct task_record *to = bpf_map_lookup_elem(&records, &index);

	if (to)
		add_thread(&to->sums, cast((void *)thread));
	return (int)unused;
}

/*
 * A thread that ends hands its counters to its process under stats_lock: when that lock was taken meanwhile, one may
 * have been counted twice or not at all, and the sum is made again.
 */
INLINE void sum_threads(struct task_control *c, struct task_struct *task, unsigned index)
{
	struct signal_struct *signal = cast(task)->signal;
	struct bpf_iter_num tries;

	bpf_iter_num_new(&tries, 0, SUM_TRIES);
	while (bpf_iter_num_next(&tries)) {
		unsigned before = signal->stats_lock.seqcount.seqcount.sequence;
		struct bpf_iter_task it;
		struct task_struct *thread;
		restart_sums(as_number(c, task), index, 0);
		bpf_iter_task_new(&it, task, THREADS_OF_ONE);
		while ((thread = bpf_iter_task_next(&it)))
			add_to_sums(as_number(c, thread), index, 0);
		bpf_iter_task_destroy(&it);
		if (!(before & 1) && signal->stats_lock.seqcount.seqcount.sequence == before)
			break;
	}
	bpf_iter_num_destroy(&tries);
}

INLINE void fill_threads(struct task_control *c, struct task_struct *task)
{
	struct bpf_iter_task it;
	struct task_struct *thread;

	bpf_iter_task_new(&it, task, THREADS_OF_ONE);
	while ((thread = bpf_iter_task_next(&it)))
		fill_record(as_number(c, thread), (__u32)c->count++, 1);
	bpf_iter_task_destroy(&it);
}

INLINE void walk_process(struct task_struct *task, struct task_struct *t, struct task_control *c)
{
	unsigned index = (__u32)c->count;

	int shown = fill_record(as_number(c, t), index, 0);
	if (shown == NOT_SHOWN)
		return;
	c->count++;
	if (settings.looks_again && !settings.threads && shown == SHOWN_AS_BEFORE)
		return;
	if (!settings.threads && (!(settings.want & WANT_SUMS) || t->signal->nr_threads <= 1))
		return;
	struct task_struct *held = bpf_task_acquire(task);
	if (!held)
		return;
	if (settings.want & WANT_SUMS)
		sum_threads(c, held, index);
	if (settings.threads)
		fill_threads(c, held);
	bpf_task_release(held);
}

SEC("syscall")
int walk(void *context __attribute__((unused)))
{
	__u32 zero = 0;
	struct bpf_iter_task it;
	struct task_struct *task;
	struct task_control *c = bpf_map_lookup_elem(&control, &zero);

	if (!c)
		return 1;
	if (!c->ready)
		find_cpu_offsets(c);
	c->count = 0;
	c->look++;
	c->time_offset_ns = time_offset_ns(reader());
	struct reading how = { .control = c, .alone = true, .cast = true };
	c->scope = reader_scope(reader(), &how);
	bpf_rcu_read_lock();
	bpf_iter_task_new(&it, 0, ALL_PROCESSES);
	while ((task = bpf_iter_task_next(&it))) {
		walk_process(task, cast(task), c);
	}
	bpf_iter_task_destroy(&it);
	bpf_rcu_read_unlock();
	return 0;
}
