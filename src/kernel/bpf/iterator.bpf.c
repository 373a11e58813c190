/*
 * The same records from a task iterator: reading its file gives one for each process, and for each of its further
 * threads a record too, or what to add to the process, in the order of their numbers. For kernels without the
 * open-coded iterator (5.11 to 6.6), where `each_plain` does without bpf_rdonly_cast (before 6.2); and for readers
 * without privilege, who may read a pinned one. Who reads decides what is seen: his pid namespace, and what he could
 * trace. Many may read at a time, so everything is on the stack.
 */
#include "kernel/bpf/read_task.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";

/* All there is on the stack, which has 512 bytes in all: one part of a record after the other. */
struct visit {
	struct record_identity id;
	struct record_details details;
	union {
		struct record_sums sums;
		struct record_counters counters;
		struct record_memory memory;
		struct record_inside inside;
		struct record_kernel_name named;
		struct {
			unsigned long long item;
			long long tgid;
		} head;
	} part;
};

INLINE void put_sums(struct visit *v, struct seq_file *seq, struct task_struct *t, bool process, bool may_see)
{
	__builtin_memset(&v->part.sums, 0, sizeof v->part.sums);
	if (process)
		add_dead(&v->part.sums, t->signal);
	add_thread(&v->part.sums, t);
	if (!may_see) {
		__builtin_memset(v->part.sums.io, 0, sizeof v->part.sums.io);
		__builtin_memset(v->part.sums.delay_ns, 0, sizeof v->part.sums.delay_ns);
	}
	bpf_seq_write(seq, &v->part.sums, sizeof v->part.sums);
}

INLINE void put_memory(struct visit *v, struct seq_file *seq, struct task_struct *t, struct mm_struct *mm,
                       const struct reading *how)
{
	__builtin_memset(&v->part, 0, sizeof v->part);
	if (t->flags & KERNEL_THREAD) {
		read_kernel_name(&v->id, &v->part.named, t);
	} else if ((settings.want & (WANT_SIZES | WANT_PAID)) && mm) {
		read_sizes(&v->part.memory, mm);
		MARK(&v->id, settings.want & WANT_SIZES);
		read_paid(&v->id, &v->part.memory, t, mm, how);
	}
	bpf_seq_write(seq, &v->part.memory, sizeof v->part.memory);
}

INLINE void put_inside(struct visit *v, struct seq_file *seq, struct task_struct *t, struct mm_struct *mm, bool may_see)
{
	__builtin_memset(&v->part, 0, sizeof v->part);
	if ((settings.want & HAS_INSIDE) && may_see && mm && !(t->flags & KERNEL_THREAD))
		read_inside(&v->part.inside, &v->id, mm);
	bpf_seq_write(seq, &v->part.inside, sizeof v->part.inside);
}

INLINE void put_record(struct visit *v, struct seq_file *seq, struct task_struct *t, bool may_see,
                       const struct reading *how)
{
	struct mm_struct *mm = t->mm;

	v->part.head.item = ITEM_TASK;
	bpf_seq_write(seq, &v->part.head.item, sizeof v->part.head.item);
	__builtin_memset(&v->id, 0, sizeof v->id);
	__builtin_memset(&v->details, 0, sizeof v->details);
	bool process = t->pid == t->tgid;
	read_identity(&v->id, &v->details, t, !process, settings.namespaced ? NUMBER(t->thread_pid, how) : t->pid, how);
	v->id.started_ns = t->start_boottime + time_offset_ns((void *)bpf_get_current_task_btf());
	put_sums(v, seq, t, process, may_see);
	__builtin_memset(&v->part.counters, 0, sizeof v->part.counters);
	read_counters(&v->part.counters, &v->id, t, may_see);
	bpf_seq_write(seq, &v->part.counters, sizeof v->part.counters);
	put_memory(v, seq, t, mm, how);
	put_inside(v, seq, t, mm, may_see);
	bpf_seq_write(seq, &v->details, sizeof v->details);
	bpf_seq_write(seq, &v->id, sizeof v->id);
}

INLINE void put_own(struct visit *v, struct seq_file *seq, struct task_struct *t, bool may_see,
                    const struct reading *how)
{
	v->part.head.item = ITEM_SHARE;
	v->part.head.tgid = NUMBER(t->signal->pids[PID_OF_PROCESS], how);
	bpf_seq_write(seq, &v->part.head, sizeof v->part.head);
	put_sums(v, seq, t, false, may_see);
}

INLINE int put_task(struct seq_file *seq, struct task_struct *t, struct task_struct *reader, bool cast)
{
	__u32 zero = 0;
	struct task_control *c = bpf_map_lookup_elem(&control, &zero);
	struct reading how = { .control = c, .cast = cast };
	bool process = t->pid == t->tgid;
	struct visit v;

	if (!c)
		return 0;
	if (!c->ready)
		find_cpu_offsets(c);
	bool may_see = may_see_inside(reader, t);
	if (settings.hide_foreign && !can_trace(reader, t))
		return 0;
	how.scope = reader_scope(reader, &how);
	if (process || settings.threads)
		put_record(&v, seq, t, may_see, &how);
	if (process ? settings.threads : !settings.threads)
		put_own(&v, seq, t, may_see, &how);
	return 0;
}

SEC("iter/task")
int each(struct bpf_iter__task *context)
{
	struct task_struct *task = context->task;
	__u32 type = bpf_core_type_id_kernel(struct task_struct);

	return task ? put_task(context->meta->seq, bpf_rdonly_cast(task, type),
	                       bpf_rdonly_cast((void *)bpf_get_current_task_btf(), type), true) :
	              0;
}

SEC("iter/task")
int each_plain(struct bpf_iter__task *context)
{
	struct task_struct *task = context->task;

	return task ? put_task(context->meta->seq, task, (void *)bpf_get_current_task_btf(), false) : 0;
}
