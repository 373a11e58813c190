/*
 * One task_struct -> one record, inside an eBPF program. A task is read through one untrusted cast (bpf_rdonly_cast)
 * where the kernel has it: then every hop is a plain load that yields 0 when the memory is gone, no call, and next to
 * no work for the verifier. Nothing is locked, so a value may be of a moment later than its neighbour.
 */
#ifndef KERNEL_BPF_READ_TASK_H
#define KERNEL_BPF_READ_TASK_H

#include "kernel/bpf/kernel_types.h"
#include "kernel/bpf/record.h"

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

#define HAS(type, member) bpf_core_field_exists(((type *)0)->member)
#define INLINE            static __always_inline

enum { WORKER = 0x20, KERNEL_THREAD = 0x200000 }; /* PF_WQ_WORKER, PF_KTHREAD */
enum { TRACE_CAPABILITY = 19 };                   /* CAP_SYS_PTRACE */
enum { DUMPABLE_MASK = 3, DUMPABLE_BY_USER = 1 };

extern void *bpf_rdonly_cast(const void *object, __u32 btf_id) __ksym __weak;

const volatile struct task_settings settings = { .cpus = 1, .page_bytes = 4096 };

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct task_control);
} control SEC(".maps");

/* Exists to have an address on each CPU. */
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} anchor SEC(".maps");

/* In memory at once: a value that differs from branch to branch makes the verifier follow each of them to the end. */
#define MARK(identity, bit) (*(volatile unsigned *)&(identity)->has |= (bit))

/* The pointer at `where`, as a number. */
INLINE unsigned long long address_at(const void *where)
{
	unsigned long long address = 0;

	bpf_probe_read_kernel(&address, sizeof address, where);
	return address;
}

/* Stored and loaded again, a pointer is a number for the verifier. */
INLINE unsigned long long as_number(struct task_control *c, const void *pointer)
{
	*(volatile unsigned long long *)&c->address = (unsigned long long)pointer;
	return *(volatile unsigned long long *)&c->address;
}

/*
 * __per_cpu_offset is no symbol that every kernel shows. But a per-CPU map knows its address on each CPU, and the
 * address they are all counted from.
 */
INLINE void find_cpu_offsets(struct task_control *c)
{
	__u32 zero = 0;
	unsigned long long base =
		address_at((void *)(as_number(c, &anchor) + bpf_core_field_offset(struct bpf_array, pptrs)));

	for (unsigned cpu = 0; cpu < CPUS_MOST && cpu < settings.cpus; cpu++) {
		void *here = bpf_map_lookup_percpu_elem(&anchor, &zero, cpu);
		if (here)
			c->cpu_offset[cpu] = as_number(c, here) - base;
	}
	c->ready = 1;
}

INLINE struct upid upid_at(const void *where_pid, unsigned long long level)
{
	struct upid upid = { 0 };
	unsigned long long pid = address_at(where_pid);
	unsigned own_level = 0;

	bpf_probe_read_kernel(&own_level, sizeof own_level, (void *)(pid + bpf_core_field_offset(struct pid, level)));
	if (pid == 0 || own_level < level)
		return upid;
	unsigned long long at =
		pid + bpf_core_field_offset(struct pid, numbers) + level * bpf_core_type_size(struct upid);
	bpf_probe_read_kernel(&upid.nr, sizeof upid.nr, (void *)(at + bpf_core_field_offset(struct upid, nr)));
	upid.ns = (void *)address_at((void *)(at + bpf_core_field_offset(struct upid, ns)));
	return upid;
}

/* The number of the struct pid whose pointer lies at `where`, in the scope; 0 when there is none (as behind NULL). */
#define NUMBER(scope, where) \
	({ \
		int number_ = 0; \
		if (settings.namespaced) { \
			struct upid upid_ = upid_at(&(where), (scope)->level); \
			if ((unsigned long long)upid_.ns == (scope)->ns) \
				number_ = upid_.nr; \
		} else { \
			number_ = (where)->numbers[0].nr; \
		} \
		number_; \
	})

INLINE struct scope reader_scope(struct task_struct *reader)
{
	struct scope scope = { 0 };

	if (!settings.namespaced)
		return scope;
	unsigned level = reader->thread_pid->level;
	scope.level = level > settings.levels_up ? level - settings.levels_up : 0;
	scope.ns = (unsigned long long)upid_at(&reader->thread_pid, scope.level).ns;
	return scope;
}

INLINE bool can_trace_all(struct task_struct *reader)
{
	unsigned long long caps;

	if (HAS(struct cred, cap_effective.val))
		caps = reader->cred->cap_effective.val;
	else
		caps = ((struct cred___before_6_3 *)reader->cred)->cap_effective.cap[0];
	return caps >> TRACE_CAPABILITY & 1;
}

INLINE bool is_dumpable(struct mm_struct *mm)
{
	unsigned long flags;

	if (HAS(struct mm_struct___since_6_18, flags.__mm_flags))
		flags = ((struct mm_struct___since_6_18 *)mm)->flags.__mm_flags[0];
	else
		flags = mm->flags;
	return (flags & DUMPABLE_MASK) == DUMPABLE_BY_USER;
}

/* As ptrace_may_access(PTRACE_MODE_READ_FSCREDS) decides for an ordinary reader, who is not that process itself. */
INLINE bool can_trace(struct task_struct *reader, struct task_struct *t)
{
	const struct cred *to = t->real_cred, *from = reader->cred;
	unsigned uid = from->fsuid.val, gid = from->fsgid.val;

	if (t->tgid == reader->tgid || can_trace_all(reader))
		return true;
	if (to->uid.val != uid || to->euid.val != uid || to->suid.val != uid)
		return false;
	if (to->gid.val != gid || to->egid.val != gid || to->sgid.val != gid)
		return false;
	struct mm_struct *mm = t->mm;
	return !mm || is_dumpable(mm);
}

INLINE unsigned long long time_offset_ns(struct task_struct *reader)
{
	struct time_namespace *time;

	if (!HAS(struct nsproxy, time_ns))
		return 0;
	time = reader->nsproxy->time_ns;
	return (unsigned long long)time->offsets.boottime.tv_sec * 1000000000 +
	       (unsigned long long)time->offsets.boottime.tv_nsec;
}

INLINE void read_terminal(struct record_identity *to, struct signal_struct *signal, const struct scope *scope)
{
	struct tty_struct *tty = signal->tty;

	to->tty_dev = 0;
	to->tpgid = -1;
	if (!tty)
		return;
	struct tty_driver *driver = tty->driver;
	to->tty_dev = (unsigned)driver->major << 20 | (unsigned)(driver->minor_start + tty->index);
	if (HAS(struct tty_struct, ctrl.pgrp))
		to->tpgid = NUMBER(scope, tty->ctrl.pgrp);
}

INLINE void read_users(struct record_identity *to, struct task_struct *t)
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

INLINE void read_scheduling(struct record_identity *to, struct task_struct *t)
{
	to->state = HAS(struct task_struct, __state) ? t->__state :
	                                               (unsigned)((struct task_struct___before_5_14 *)t)->state;
	to->exit_state = (unsigned)t->exit_state;
	to->prio = t->prio;
	to->static_prio = t->static_prio;
	to->rt_priority = t->rt_priority;
	to->policy = t->policy;
	to->cpu = (int)(HAS(struct task_struct, thread_info.cpu) ? t->thread_info.cpu :
	                                                           ((struct task_struct___before_5_16 *)t)->cpu);
	to->exit_signal = t->exit_signal;
}

INLINE void read_identity(struct record_identity *to, struct task_struct *t, bool thread, const struct scope *scope)
{
	struct signal_struct *signal = t->signal;

	to->is_thread = thread;
	to->has = 0;
	to->host_pid = t->pid;
	to->pid = NUMBER(scope, t->thread_pid);
	to->tgid = NUMBER(scope, signal->pids[PID_OF_PROCESS]);
	to->ppid = NUMBER(scope, t->real_parent->signal->pids[PID_OF_PROCESS]);
	to->pgid = NUMBER(scope, signal->pids[PID_OF_GROUP]);
	to->sid = NUMBER(scope, signal->pids[PID_OF_SESSION]);
	to->flags = t->flags;
	to->threads = signal->nr_threads;
	to->oom_score_adj = signal->oom_score_adj;
	__builtin_memcpy(to->comm, t->comm, sizeof to->comm);
	read_terminal(to, signal, scope);
	read_users(to, t);
	read_scheduling(to, t);
}

INLINE void add_io(unsigned long long *to, const struct task_io_accounting *io)
{
	if (HAS(struct task_io_accounting, rchar)) {
		to[IO_READ_CHARS] += io->rchar;
		to[IO_WRITTEN_CHARS] += io->wchar;
		to[IO_READ_CALLS] += io->syscr;
		to[IO_WRITE_CALLS] += io->syscw;
	}
	if (HAS(struct task_io_accounting, read_bytes)) {
		to[IO_READ] += io->read_bytes;
		to[IO_WRITTEN] += io->write_bytes;
		to[IO_CANCELLED] += io->cancelled_write_bytes;
	}
}

/* What the dead threads of a process have left behind: where its sums begin. */
INLINE void start_sums(struct record_counters *to, struct signal_struct *signal)
{
	to->cpu_ns = signal->sum_sched_runtime;
	to->guest_ns = signal->gtime;
	to->minor_faults = signal->min_flt;
	to->major_faults = signal->maj_flt;
	__builtin_memset(to->io, 0, sizeof to->io);
	__builtin_memset(to->delay_ns, 0, sizeof to->delay_ns);
	add_io(to->io, &signal->ioac);
}

/* What a thread adds to them. */
INLINE void add_thread(struct record_counters *to, struct task_struct *t)
{
	to->cpu_ns += t->se.sum_exec_runtime;
	to->guest_ns += t->gtime;
	to->minor_faults += t->min_flt;
	to->major_faults += t->maj_flt;
	add_io(to->io, &t->ioac);
	if (!HAS(struct task_struct, delays) || !t->delays)
		return;
	struct task_delay_info *delays = t->delays;
	if (HAS(struct task_delay_info, swapin_delay))
		to->delay_ns[DELAY_SWAP_IN] += delays->swapin_delay;
	if (HAS(struct task_delay_info, freepages_delay))
		to->delay_ns[DELAY_RECLAIM] += delays->freepages_delay;
	if (HAS(struct task_delay_info, thrashing_delay))
		to->delay_ns[DELAY_THRASHING] += delays->thrashing_delay;
	if (HAS(struct task_delay_info, compact_delay))
		to->delay_ns[DELAY_COMPACTION] += delays->compact_delay;
}

/* All counters but the sums. */
INLINE void read_counters(struct record_counters *to, struct task_struct *t)
{
	struct signal_struct *signal = t->signal;

	to->run_ns = t->se.sum_exec_runtime;
	if (HAS(struct task_struct, sched_info.run_delay)) {
		to->run_wait_ns = t->sched_info.run_delay;
		to->run_slices = t->sched_info.pcount;
	}
	to->voluntary_switches = t->nvcsw;
	to->involuntary_switches = t->nivcsw;
	to->children_user_ns = signal->cutime;
	to->children_system_ns = signal->cstime;
	to->children_minor_faults = signal->cmin_flt;
	to->children_major_faults = signal->cmaj_flt;
	to->rss_limit_bytes = signal->rlim[RESIDENT_LIMIT].rlim_cur;
	if (HAS(struct task_struct, delays) && t->delays)
		to->delay_ns[DELAY_BLOCK_IO] = t->delays->blkio_delay;
	if (HAS(struct task_struct, cgroups))
		to->cgroup_id = t->cgroups->dfl_cgrp->kn->id;
}

INLINE void mark_what_it_has(struct record_identity *to, struct task_struct *t, bool may_see)
{
	if (HAS(struct task_io_accounting, rchar) && may_see)
		MARK(to, HAS_IO_CHARS);
	if (HAS(struct task_io_accounting, read_bytes) && may_see)
		MARK(to, HAS_IO_BYTES);
	if (HAS(struct task_struct, delays) && t->delays)
		MARK(to, HAS_DELAYS);
	if (HAS(struct task_struct, sched_info.run_delay))
		MARK(to, HAS_RUN_QUEUE);
	if (HAS(struct task_struct, cgroups))
		MARK(to, HAS_CGROUP);
}

/* Two neighbours of 64 bits somewhere in the kernel, read as the one type that is just that; 0 where nothing is. */
INLINE void read_pair(unsigned long long *first, unsigned long long *second, unsigned long long at, bool cast)
{
	unsigned long long pair[2] = { 0 };

	if (cast) {
		struct timespec64 *both = bpf_rdonly_cast((void *)at, bpf_core_type_id_kernel(struct timespec64));
		*first = (unsigned long long)both->tv_sec;
		*second = (unsigned long long)both->tv_nsec;
		return;
	}
	bpf_probe_read_kernel(pair, sizeof pair, (void *)at);
	*first = pair[0];
	*second = pair[1];
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

INLINE void read_resident(unsigned long long *pages, struct mm_struct *mm, const struct task_control *c, bool cast)
{
	long long count[PAGE_KINDS];

	if (HAS(struct mm_struct, rss_stat[0].count)) {
		count[0] = RSS_STAT(mm, 0).count;
		count[1] = RSS_STAT(mm, 1).count;
		count[2] = RSS_STAT(mm, 2).count;
		count[3] = RSS_STAT(mm, 3).count;
		if (RSS_PARTS(mm, 3) == RSS_PARTS(mm, 0) + 12 && RSS_PARTS(mm, 0))
			add_cpu_parts(count, mm, c, cast);
		else if (RSS_PARTS(mm, 0))
			add_scattered_parts(count, mm, c);
	} else {
		count[0] = RSS_OLD(mm, 0);
		count[1] = RSS_OLD(mm, 1);
		count[2] = RSS_OLD(mm, 2);
		count[3] = RSS_OLD(mm, 3);
	}
	for (unsigned i = 0; i < PAGE_KINDS; i++)
		pages[i] = (unsigned long long)(count[i] & ~(count[i] >> 63)); /* below 0 is 0, without a branch */
}

INLINE void read_memory(struct record_memory *to, struct mm_struct *mm, const struct task_control *c, bool cast)
{
	to->map = (unsigned long long)mm;
	to->virt = mm->total_vm;
	to->virt_peak = mm->hiwater_vm;
	to->resident_peak = mm->hiwater_rss;
	to->locked = mm->locked_vm;
	to->pinned = (unsigned long long)mm->pinned_vm.counter;
	to->data = mm->data_vm;
	to->exec = mm->exec_vm;
	to->stack = mm->stack_vm;
	to->hugetlb = HAS(struct mm_struct, hugetlb_usage) ? (unsigned long long)mm->hugetlb_usage.counter : 0;
	to->page_table_bytes = (unsigned long long)mm->pgtables_bytes.counter;
	to->code_start = mm->start_code;
	to->code_end = mm->end_code;
	to->arg_start = mm->arg_start;
	to->arg_end = mm->arg_end;
	to->env_start = mm->env_start;
	to->env_end = mm->env_end;
	to->mappings = (unsigned long long)mm->map_count;
	read_resident(to->resident, mm, c, cast);
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
		__builtin_memcpy(to->name, t->comm, sizeof t->comm);
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
