/*
 * The program `walk` (kernels since 6.7): called once, it writes a record for each process, and for each thread when
 * asked, into a mapped array.
 */
#include "kernel/bpf/read_task.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";

enum { ALL_PROCESSES, ALL_THREADS, THREADS_OF_ONE }; /* flags of bpf_iter_task_new */

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct task_record);
} records SEC(".maps");

INLINE struct task_struct *reader(void)
{
	return cast((void *)bpf_get_current_task_btf());
}

/*
 * These are global functions, called with numbers instead of pointers: so the verifier looks at each once, not again
 * for every state that the loops around it can be in. All have one signature, which program.c tells the kernel.
 */

/* Whether the record is of this task, and it has not run since: then it has done nothing to itself. Few branches. */
INLINE bool has_slept(const struct task_record *to, struct task_struct *t, unsigned thread, struct task_control *c)
{
	const struct record_identity *id = &to->identity;

	if (id->task != as_number(c, t)) /* as with each task of another namespace: nothing of it is looked at */
		return false;
	unsigned long long differs = (id->has ^ (thread * IS_THREAD | IS_ALONE)) & (IS_THREAD | IS_ALONE);
	differs |= id->ran_ns ^ t->se.sum_exec_runtime;
	differs |= id->started_ns ^ (t->start_boottime + c->time_offset_ns);
	return !differs && ((unsigned)id->pid + c->look) % c->patience;
}

__attribute__((noinline)) int number_in_scope(unsigned long long pid, unsigned unused, unsigned none)
{
	__u32 zero = 0;
	struct task_control *c = bpf_map_lookup_elem(&control, &zero);

	if (!c)
		return (int)(unused + none);
	struct reading how = { .control = c, .cast = true, .scope = c->scope };
	return number_at_address(bpf_rdonly_cast((void *)pid, bpf_core_type_id_kernel(struct pid)), pid, &how);
}

INLINE void fill(struct task_record *to, struct task_struct *t, unsigned thread, int pid, const struct reading *how)
{
	bool may_see = !settings.hide_io || may_see_inside(reader(), t);
	struct mm_struct *mm = t->mm;

	read_identity(&to->identity, &to->details, t, thread, pid, how);
	to->identity.started_ns = t->start_boottime + how->control->time_offset_ns;
	to->identity.task = as_number(how->control, t);
	read_counters(&to->counters, &to->identity, t, may_see);
	if (t->flags & KERNEL_THREAD) {
		read_kernel_name(&to->identity, &to->named, t);
		return;
	}
	if ((settings.want & (WANT_SIZES | HAS_INSIDE)) && mm) {
		read_sizes(&to->memory, mm);
		MARK(&to->identity, settings.want & WANT_SIZES);
		if ((settings.want & HAS_INSIDE) && may_see)
			read_inside(&to->inside, &to->identity, mm);
	}
}

enum { NOT_SHOWN, SHOWN, SHOWN_AS_BEFORE };

/* A record of the task, all but its sums. It may be SHOWN without room for it. */
INLINE int show(unsigned index, struct task_struct *t, unsigned thread, struct task_control *c)
{
	struct task_record *to = bpf_map_lookup_elem(&records, &index);
	struct reading how = { .control = c, .alone = true, .cast = true, .number = number_in_scope };
	int shown = SHOWN;

	if (settings.looks_again && to && has_slept(to, t, thread, c)) {
		shown = SHOWN_AS_BEFORE;
	} else {
		int pid = settings.namespaced ? NUMBER(t->thread_pid, &how) : t->pid;
		if (!thread && (pid == 0 || (settings.hide_foreign && !can_trace(reader(), t))))
			return NOT_SHOWN;
		if (to)
			fill(to, t, thread, pid, &how);
	}
	/* Of who sleeps too: others may take his memory away, or bring it back. */
	if ((settings.want & WANT_PAID) && to && !(to->identity.has & IS_KERNEL)) {
		struct mm_struct *mm = t->mm;
		if (mm)
			read_paid(&to->identity, &to->memory, t, mm, &how);
	}
	return shown;
}

__attribute__((noinline)) int start_sums(unsigned long long task, unsigned index, unsigned thread)
{
	struct task_record *to = bpf_map_lookup_elem(&records, &index);

	if (!to)
		return 0;
	clear_sums(&to->sums);
	if (!settings.threads || !thread)
		add_dead(&to->sums, cast((void *)task)->signal);
	return (int)thread;
}

__attribute__((noinline)) int add_to_sums(unsigned long long thread, unsigned index, unsigned unused)
{
	struct task_record *to = bpf_map_lookup_elem(&records, &index);

	if (to)
		add_thread(&to->sums, cast((void *)thread));
	return (int)unused;
}

/* The next record, with sums as if the process had one thread. Whether its threads have to be looked at too. */
__attribute__((noinline)) int visit(unsigned long long task, unsigned index, unsigned is_thread)
{
	__u32 zero = 0;
	struct task_control *c = bpf_map_lookup_elem(&control, &zero);
	struct task_struct *t = cast((void *)task);
	unsigned thread = settings.threads ? is_thread : 0; /* so that it is known where no thread is wanted */

	if (!c)
		return 0;
	int shown = show(index, t, thread, c);
	if (shown == NOT_SHOWN)
		return 0;
	c->count = index + 1;
	if (settings.looks_again && !settings.threads && shown == SHOWN_AS_BEFORE)
		return 0;
	if (settings.want & WANT_SUMS) {
		start_sums(task, index, thread);
		add_to_sums(task, index, 0);
	}
	return settings.threads || ((settings.want & WANT_SUMS) && t->signal->nr_threads > 1);
}

/* A thread that ends hands its counters to its process under this lock. */
INLINE unsigned handovers(struct task_struct *task)
{
	return *(volatile unsigned *)&cast(task)->signal->stats_lock.seqcount.seqcount.sequence;
}

/* When a thread ended meanwhile, it may have been counted twice or not at all: the whole look is made again. */
INLINE void sum_threads(struct task_control *c, struct task_struct *task, unsigned index)
{
	unsigned before = handovers(task);
	struct bpf_iter_task it;
	struct task_struct *thread;

	start_sums(as_number(c, task), index, 0);
	bpf_iter_task_new(&it, task, THREADS_OF_ONE);
	while ((thread = bpf_iter_task_next(&it)))
		add_to_sums(as_number(c, thread), index, 0);
	bpf_iter_task_destroy(&it);
	c->torn |= (before & 1) | (handovers(task) ^ before);
}

INLINE void show_threads(struct task_control *c, struct task_struct *task)
{
	struct bpf_iter_task it;
	struct task_struct *thread;

	bpf_iter_task_new(&it, task, THREADS_OF_ONE);
	while ((thread = bpf_iter_task_next(&it)))
		visit(as_number(c, thread), (__u32)c->count, 1);
	bpf_iter_task_destroy(&it);
}

INLINE void walk_threads(struct task_control *c, struct task_struct *task, unsigned index)
{
	struct task_struct *held = bpf_task_acquire(task);

	if (!held)
		return;
	if (settings.want & WANT_SUMS)
		sum_threads(c, held, index);
	if (settings.threads)
		show_threads(c, held);
	bpf_task_release(held);
}

/* A load whose value nobody uses. */
#define TOUCH(value) \
	do { \
		__auto_type seen = (value); \
		asm volatile("" : : "r"(seen)); \
	} while (0)

/* One word of each cache line of the task itself that is read. */
INLINE void touch_task(struct task_struct *t)
{
	TOUCH(t->tasks.next);
	TOUCH(t->start_boottime);
	TOUCH(t->mm);
	if (settings.looks_again) {
		TOUCH(t->se.sum_exec_runtime);
		return;
	}
	TOUCH(t->flags);
	TOUCH(t->exit_state);
	TOUCH(t->pid);
	TOUCH(t->real_parent);
	if (settings.namespaced)
		TOUCH(t->thread_pid);
	TOUCH(t->comm[0]);
	TOUCH(t->signal);
	if (settings.want & HAS_SCHEDULING)
		TOUCH(t->prio);
	if (settings.want & HAS_POLICY)
		TOUCH(t->policy);
	if (settings.want & HAS_SUMS) {
		TOUCH(t->se.sum_exec_runtime);
		TOUCH(t->min_flt);
	}
}

/* The same of what it points to. */
INLINE void touch_parts(struct task_struct *t)
{
	if (!settings.looks_again) {
		TOUCH(t->signal->nr_threads);
		if (settings.namespaced) {
			TOUCH(t->thread_pid->level);
			TOUCH(t->thread_pid->numbers[0].nr);
		}
		if (settings.want & HAS_SESSION) {
			TOUCH(t->signal->pids[PID_OF_SESSION]);
			TOUCH(t->signal->tty);
		}
		if (settings.want & HAS_USERS)
			TOUCH(t->real_cred->uid.val);
		if (settings.want & HAS_SUMS)
			TOUCH(t->signal->sum_sched_runtime);
		if (settings.want & HAS_VIRT)
			TOUCH(t->mm->total_vm);
	}
	if (settings.want & HAS_RESIDENT) {
		TOUCH(RSS_STAT(t->mm, 0).count);
		TOUCH(RSS_STAT(t->mm, 2).count);
		TOUCH(RSS_STAT(t->mm, 3).count);
	}
}

INLINE struct task_struct *task_after(struct task_control *c, struct task_struct *t)
{
	return cast((void *)(as_number(c, t->tasks.next) - bpf_core_field_offset(struct task_struct, tasks)));
}

/*
 * Nearly all the time of a walk is waiting for memory. So that of the next two tasks is asked for now, a step of
 * pointers for each: the processor goes on with this one while it arrives.
 */
INLINE void look_ahead(struct task_control *c, struct task_struct *t)
{
	struct task_struct *next = task_after(c, t);

	touch_task(task_after(c, next));
	touch_parts(next);
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
	if ((settings.want & HAS_RESIDENT) && !c->ready)
		find_cpu_offsets(c);
	c->count = c->torn = 0;
	c->look++;
	struct task_struct *us = reader();
	struct reading how = { .control = c, .alone = true, .cast = true };
	c->time_offset_ns = time_offset_ns(us);
	c->scope = reader_scope(us, &how);
	bpf_rcu_read_lock();
	bpf_iter_task_new(&it, 0, ALL_PROCESSES);
	while ((task = bpf_iter_task_next(&it))) {
		unsigned index = (__u32)c->count;
		look_ahead(c, cast(task));
		if (visit(as_number(c, task), index, 0))
			walk_threads(c, task, index);
	}
	bpf_iter_task_destroy(&it);
	bpf_rcu_read_unlock();
	return 0;
}
