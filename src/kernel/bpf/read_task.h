/*
 * One task_struct -> one record, inside an eBPF program. A task is read through one untrusted cast (bpf_rdonly_cast)
 * where the kernel has it: then every hop is a plain load that yields 0 when the memory is gone, no call, and next to
 * no work for the verifier. Nothing is locked, so a value may be of a moment later than its neighbour.
 */
#ifndef KERNEL_BPF_READ_TASK_H
#define KERNEL_BPF_READ_TASK_H

#include "kernel/bpf/reading.h"

/* Without a branch, as in number_at_address(): what lies behind no terminal reads as 0. */
INLINE void read_session(struct record_details *to, struct signal_struct *signal, const struct reading *how)
{
	struct tty_struct *tty = signal->tty;
	unsigned long long at = how->alone ? as_number(how->control, tty) : address_at(&signal->tty);
	struct tty_driver *driver = tty->driver;
	int tpgid;

	to->pgid = NUMBER(signal->pids[PID_OF_GROUP], how);
	to->sid = NUMBER(signal->pids[PID_OF_SESSION], how);
	to->tty_dev = (unsigned)driver->major << 20 | (unsigned)(driver->minor_start + tty->index);
	if (HAS(struct tty_struct, ctrl.pgrp))
		tpgid = NUMBER(tty->ctrl.pgrp, how);
	else
		tpgid = NUMBER(((struct tty_struct___before_5_16 *)tty)->pgrp, how);
	at |= -at;
	barrier_var(at);
	to->tpgid = tpgid | (int)~((long long)at >> 63); /* -1 without one */
}

INLINE void read_users(struct record_details *to, struct task_struct *t)
{
	const struct cred *cred = t->real_cred;

	to->uid[ID_REAL] = cred->uid.val;
	to->uid[ID_EFFECTIVE] = cred->euid.val;
	to->uid[ID_SAVED] = cred->suid.val;
	to->uid[ID_FILESYSTEM] = cred->fsuid.val;
	to->gid[ID_REAL] = cred->gid.val;
	to->gid[ID_EFFECTIVE] = cred->egid.val;
	to->gid[ID_SAVED] = cred->sgid.val;
	to->gid[ID_FILESYSTEM] = cred->fsgid.val;
}

INLINE void read_scheduling(struct record_details *to, struct task_struct *t)
{
	to->prio = t->prio;
	to->static_prio = t->static_prio;
	to->rt_priority = t->rt_priority;
	to->cpu = (int)(HAS(struct task_struct, thread_info.cpu) ? t->thread_info.cpu :
	                                                           ((struct task_struct___before_5_16 *)t)->cpu);
	to->exit_signal = t->exit_signal;
}

enum { KERNEL_THREAD_BIT = 21 };
_Static_assert(KERNEL_THREAD == 1 << KERNEL_THREAD_BIT, "a shift takes it from flags to has");

/* What a record has as soon as it is begun. Without a branch, as above. */
INLINE unsigned first_bits(unsigned flags, unsigned threads, unsigned is_thread)
{
	unsigned always = settings.want & (HAS_USERS | HAS_SESSION | HAS_SCHEDULING | HAS_POLICY | HAS_SUMS |
	                                   HAS_SWITCHES | HAS_CHILDREN | HAS_OOM_ADJUST);
	unsigned others = threads ^ 1;

	others |= -others;
	barrier_var(others);
	return always | is_thread * IS_THREAD | (~others >> 31) * IS_ALONE |
	       (flags >> KERNEL_THREAD_BIT & 1) * IS_KERNEL;
}

/* `pid`: its own number in the scope. */
INLINE void read_identity(struct record_identity *to, struct record_details *more, struct task_struct *t,
                          unsigned thread, int pid, const struct reading *how)
{
	struct signal_struct *signal = t->signal;

	to->pid = pid;
	more->flags = t->flags;
	more->threads = signal->nr_threads;
	to->has = first_bits(more->flags, (unsigned)more->threads, thread);
	if (settings.looks_again)
		to->ran_ns = t->se.sum_exec_runtime;
	more->host_pid = t->pid;
	if (settings.namespaced) {
		more->tgid = settings.threads ? NUMBER(signal->pids[PID_OF_PROCESS], how) : pid;
		more->ppid = NUMBER(t->real_parent->signal->pids[PID_OF_PROCESS], how);
	} else { /* the same, without two more cache lines */
		more->tgid = t->tgid;
		more->ppid = t->real_parent->tgid;
	}
	more->state = HAS(struct task_struct, __state) ? t->__state :
	                                                 (unsigned)((struct task_struct___before_5_14 *)t)->state;
	more->exit_state = (unsigned)t->exit_state;
	__builtin_memcpy(more->comm, t->comm, sizeof more->comm);
	if (settings.want & HAS_SESSION)
		read_session(more, signal, how);
	if (settings.want & HAS_USERS)
		read_users(more, t);
	if (settings.want & HAS_SCHEDULING)
		read_scheduling(more, t);
	if (settings.want & HAS_POLICY)
		more->policy = t->policy;
	if (settings.want & HAS_OOM_ADJUST)
		more->oom_score_adj = signal->oom_score_adj;
}

enum {
	WANT_SUMS = HAS_SUMS | HAS_IO_BYTES | HAS_IO_CHARS | HAS_DELAYS,
	WANT_PAID = HAS_RESIDENT | HAS_HELD,
	WANT_SIZES = HAS_VIRT | HAS_SPACE,
};

INLINE void add_io(unsigned long long *to, const struct task_io_accounting *io)
{
	if ((settings.want & HAS_IO_CHARS) && HAS(struct task_io_accounting, rchar)) {
		to[IO_READ_CHARS] += io->rchar;
		to[IO_WRITTEN_CHARS] += io->wchar;
		to[IO_READ_CALLS] += io->syscr;
		to[IO_WRITE_CALLS] += io->syscw;
	}
	if ((settings.want & HAS_IO_BYTES) && HAS(struct task_io_accounting, read_bytes)) {
		to[IO_READ] += io->read_bytes;
		to[IO_WRITTEN] += io->write_bytes;
		to[IO_CANCELLED] += io->cancelled_write_bytes;
	}
}

INLINE void clear_sums(struct record_sums *to)
{
	if (settings.want & HAS_SUMS)
		to->cpu_ns = to->guest_ns = to->minor_faults = to->major_faults = 0;
	if (settings.want & (HAS_IO_BYTES | HAS_IO_CHARS))
		__builtin_memset(to->io, 0, sizeof to->io);
	if (settings.want & HAS_DELAYS)
		__builtin_memset(to->delay_ns, 0, sizeof to->delay_ns);
}

/* What the dead threads of a process have left behind. */
INLINE void add_dead(struct record_sums *to, struct signal_struct *signal)
{
	if (settings.want & HAS_SUMS) {
		to->cpu_ns += signal->sum_sched_runtime;
		to->guest_ns += signal->gtime;
		to->minor_faults += signal->min_flt;
		to->major_faults += signal->maj_flt;
	}
	add_io(to->io, &signal->ioac);
}

INLINE void add_delays(unsigned long long *delay_ns, const struct task_delay_info *delays)
{
	if (HAS(struct task_delay_info, swapin_delay))
		delay_ns[DELAY_SWAP_IN] += delays->swapin_delay;
	if (HAS(struct task_delay_info, freepages_delay))
		delay_ns[DELAY_RECLAIM] += delays->freepages_delay;
	if (HAS(struct task_delay_info, thrashing_delay))
		delay_ns[DELAY_THRASHING] += delays->thrashing_delay;
	if (HAS(struct task_delay_info, compact_delay))
		delay_ns[DELAY_COMPACTION] += delays->compact_delay;
}

INLINE void add_thread(struct record_sums *to, struct task_struct *t)
{
	if (settings.want & HAS_SUMS) {
		to->cpu_ns += t->se.sum_exec_runtime;
		to->guest_ns += t->gtime;
		to->minor_faults += t->min_flt;
		to->major_faults += t->maj_flt;
	}
	add_io(to->io, &t->ioac);
	if ((settings.want & HAS_DELAYS) && HAS(struct task_struct, delays) && t->delays)
		add_delays(to->delay_ns, t->delays);
}

INLINE void read_own(struct record_counters *to, struct record_identity *id, struct task_struct *t, bool may_see)
{
	if ((settings.want & HAS_RUN_QUEUE) && HAS(struct task_struct, sched_info.run_delay)) {
		to->run_ns = t->se.sum_exec_runtime;
		to->run_wait_ns = t->sched_info.run_delay;
		to->run_slices = t->sched_info.pcount;
		MARK(id, HAS_RUN_QUEUE);
	}
	if (settings.want & HAS_SWITCHES) {
		to->voluntary_switches = t->nvcsw;
		to->involuntary_switches = t->nivcsw;
	}
	if ((settings.want & HAS_DELAYS) && HAS(struct task_struct, delays) && t->delays && may_see) {
		to->block_io_ns = t->delays->blkio_delay;
		MARK(id, HAS_DELAYS);
	}
}

INLINE void read_counters(struct record_counters *to, struct record_identity *id, struct task_struct *t, bool may_see)
{
	struct signal_struct *signal = t->signal;

	read_own(to, id, t, may_see);
	if (settings.want & HAS_CHILDREN) {
		to->children_user_ns = signal->cutime;
		to->children_system_ns = signal->cstime;
		to->children_minor_faults = signal->cmin_flt;
		to->children_major_faults = signal->cmaj_flt;
	}
	if ((settings.want & HAS_CGROUP) && HAS(struct task_struct, cgroups)) {
		to->cgroup_id = t->cgroups->dfl_cgrp->kn->id;
		MARK(id, HAS_CGROUP);
	}
	if ((settings.want & HAS_IO_CHARS) && HAS(struct task_io_accounting, rchar) && may_see)
		MARK(id, HAS_IO_CHARS);
	if ((settings.want & HAS_IO_BYTES) && HAS(struct task_io_accounting, read_bytes) && may_see)
		MARK(id, HAS_IO_BYTES);
}

INLINE __s32 cpu_part(unsigned long long at)
{
	__s32 part = 0;

	bpf_probe_read_kernel(&part, sizeof part, (void *)at);
	return part;
}

/* Each index is written out: a variable one would count in this file's sizes, not in those of the kernel. */
#define RSS_STAT(mm, index)  ((struct mm_struct *)(mm))->rss_stat[index]
#define RSS_PARTS(mm, index) ((unsigned long long)RSS_STAT(mm, index).counters)
#define RSS_OLD(mm, index)   ((struct mm_struct___before_6_2 *)(mm))->rss_stat.count[index].counter

/* Since 6.2 the kernel keeps a small part of each count per CPU. The four parts lie side by side since 6.6. */
INLINE void add_cpu_parts(long long *count, struct mm_struct *mm, const struct task_control *c, bool cast)
{
	unsigned long long at = RSS_PARTS(mm, 0);

	for (unsigned cpu = 0; cpu < CPUS_MOST && cpu < settings.cpus; cpu++) {
		unsigned long long first, second;
		read_pair(&first, &second, at + c->cpu_offset[cpu], cast);
		count[PAGES_FILE] += (__s32)first;
		count[PAGES_ANON] += (__s32)(first >> 32);
		count[PAGES_SWAP] += (__s32)second;
		count[PAGES_SHMEM] += (__s32)(second >> 32);
	}
}

INLINE void add_scattered_parts(long long *count, struct mm_struct *mm, const struct task_control *c)
{
	for (unsigned cpu = 0; cpu < CPUS_MOST && cpu < settings.cpus; cpu++) {
		unsigned long long offset = c->cpu_offset[cpu];
		count[PAGES_FILE] += cpu_part(RSS_PARTS(mm, 0) + offset);
		count[PAGES_ANON] += cpu_part(RSS_PARTS(mm, 1) + offset);
		count[PAGES_SWAP] += cpu_part(RSS_PARTS(mm, 2) + offset);
		count[PAGES_SHMEM] += cpu_part(RSS_PARTS(mm, 3) + offset);
	}
}

/* A kernel that has the walk has them side by side, so that it is spared the other way: it only says if not. */
INLINE void read_resident(unsigned long long *pages, struct mm_struct *mm, const struct reading *how)
{
	struct task_control *c = how->control;
	long long count[PAGE_KINDS];

	if (HAS(struct mm_struct, rss_stat[0].count)) {
		count[0] = RSS_STAT(mm, 0).count;
		count[1] = RSS_STAT(mm, 1).count;
		count[2] = RSS_STAT(mm, 2).count;
		count[3] = RSS_STAT(mm, 3).count;
		if (RSS_PARTS(mm, 3) == RSS_PARTS(mm, 0) + 12)
			add_cpu_parts(count, mm, c, how->cast);
		else if (how->alone)
			c->strange |= RSS_PARTS(mm, 0);
		else if (RSS_PARTS(mm, 0))
			add_scattered_parts(count, mm, c);
	} else {
		count[0] = RSS_OLD(mm, 0);
		count[1] = RSS_OLD(mm, 1);
		count[2] = RSS_OLD(mm, 2);
		count[3] = RSS_OLD(mm, 3);
	}
	for (unsigned i = 0; i < PAGE_KINDS; i++) {
		long long is_below = count[i] >> 63;
		barrier_var(is_below);
		pages[i] = (unsigned long long)(count[i] & ~is_below); /* below 0 is 0, without a branch */
	}
}

/* Each in a cache line of its own. */
INLINE void read_sizes(struct record_memory *to, struct mm_struct *mm)
{
	unsigned long long page = settings.page_bytes;

	if (settings.want & HAS_VIRT) {
		to->virt = mm->total_vm;
		to->virt_peak = mm->hiwater_vm;
		to->locked = mm->locked_vm;
	}
	if (!(settings.want & HAS_SPACE))
		return;
	to->data = mm->data_vm;
	to->exec = mm->exec_vm;
	to->stack = mm->stack_vm;
	to->code_bytes = ((mm->end_code + page - 1) & -page) - (mm->start_code & -page);
}

/* What others can change while it sleeps. */
INLINE void read_paid(struct record_identity *id, struct record_memory *to, struct task_struct *t, struct mm_struct *mm,
                      const struct reading *how)
{
	if (settings.want & HAS_RESIDENT)
		read_resident(id->resident, mm, how);
	MARK(id, settings.want & (HAS_RESIDENT | HAS_HELD));
	if (!(settings.want & HAS_HELD))
		return;
	to->resident_peak = mm->hiwater_rss;
	to->pinned = (unsigned long long)mm->pinned_vm.counter;
	to->hugetlb = HAS(struct mm_struct, hugetlb_usage) ? (unsigned long long)mm->hugetlb_usage.counter : 0;
	to->page_table_bytes = (unsigned long long)mm->pgtables_bytes.counter;
	to->rss_limit_bytes = t->signal->rlim[RESIDENT_LIMIT].rlim_cur;
}

/* Of a task that has an address space, if the reader may see it. */
INLINE void read_inside(struct record_inside *to, struct record_identity *id, struct mm_struct *mm)
{
	to->arg_start = mm->arg_start;
	to->arg_end = mm->arg_end;
	to->env_start = mm->env_start;
	to->env_end = mm->env_end;
	to->mappings = (unsigned long long)mm->map_count;
	to->map = (unsigned long long)mm;
	MARK(id, HAS_INSIDE);
}

/* A kernel thread's name may be longer than comm, and a worker tells what it works on: /proc shows both. */
INLINE void read_kernel_name(struct record_identity *id, struct record_kernel_name *to, struct task_struct *t)
{
	if (!HAS(struct task_struct, worker_private) || !HAS(struct kthread, full_name))
		return;
	unsigned long long own = (unsigned long long)t->worker_private;
	if (!own)
		return;
	unsigned long long full = address_at((void *)(own + bpf_core_field_offset(struct kthread, full_name)));
	if (full)
		bpf_probe_read_kernel_str(to->name, sizeof to->name, (void *)full);
	else
		__builtin_memcpy(__builtin_assume_aligned(to->name, 8), t->comm, sizeof t->comm);
	MARK(id, HAS_KERNEL_NAME);
	if (!(t->flags & WORKER))
		return;
	unsigned long long work = address_at((void *)(own + bpf_core_field_offset(struct kthread, data)));
	if (!address_at((void *)(work + bpf_core_field_offset(struct worker, pool))))
		return;
	bpf_probe_read_kernel_str(to->work, sizeof to->work,
	                          (void *)(work + bpf_core_field_offset(struct worker, desc)));
	MARK(id, HAS_WORK);
	if (address_at((void *)(work + bpf_core_field_offset(struct worker, current_work))))
		MARK(id, WORK_IS_RUNNING);
}

#endif
