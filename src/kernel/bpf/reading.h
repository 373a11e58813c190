/*
 * The ground that all programs stand on: their maps and settings, how a pointer becomes a number, in which namespace
 * numbers are told, and what the reader may see.
 */
#ifndef KERNEL_BPF_READING_H
#define KERNEL_BPF_READING_H

#include "kernel/bpf/kernel_calls.h"
#include "kernel/bpf/record.h"

enum { TRACE_CAPABILITY = 19 }; /* CAP_SYS_PTRACE */
enum { DUMPABLE_MASK = 3, DUMPABLE_BY_USER = 1 };

const volatile struct task_settings settings = { .want = WANT_ALL, .cpus = 1, .page_bytes = 4096 };

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

INLINE unsigned long long as_number(struct task_control *c, const void *pointer)
{
	return pointer_number(&c->address, pointer);
}

/*
 * __per_cpu_offset is no symbol that every kernel shows. But a per-CPU map knows its address on each CPU, and the
 * address they are all counted from.
 */
INLINE void find_cpu_offsets(struct task_control *c)
{
	__u32 zero = 0;

	c->ready = 1;
	if (!HAS(struct mm_struct, rss_stat[0].count))
		return; /* before 6.2 nothing is counted per CPU */
	if (!(settings.want & HAS_RESIDENT))
		return;
	unsigned long long base =
		address_at((void *)(as_number(c, &anchor) + bpf_core_field_offset(struct bpf_array, pptrs)));

	for (unsigned cpu = 0; cpu < CPUS_MOST && cpu < settings.cpus; cpu++) {
		void *here = bpf_map_lookup_percpu_elem(&anchor, &zero, cpu);
		if (here)
			c->cpu_offset[cpu] = as_number(c, here) - base;
	}
}

/* How this program can read, and where; all but the scope is known to the compiler. */
struct reading {
	struct task_control *control;
	bool alone; /* nobody else runs this program on the same control */
	bool cast;  /* bpf_rdonly_cast is there */
	struct scope scope;
	/* Tells number_at_address() in a function of its own; or NULL. */
	int (*number)(unsigned long long pid, unsigned unused, unsigned none);
};

/* The pointer `pointer`, which was loaded from `where`, as a number. */
INLINE unsigned long long pid_address(const struct pid *pid, const void *where, const struct reading *how)
{
	return how->alone ? as_number(how->control, pid) : address_at(where);
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

/* A number, and in which namespace it is that. */
struct number {
	long long nr;
	unsigned long long ns;
};

INLINE struct number number_at(unsigned long long pid, unsigned long long level, bool cast)
{
	unsigned long long nr, ns, unused;
	unsigned long long at =
		pid + bpf_core_field_offset(struct pid, numbers) + level * bpf_core_type_size(struct upid);

	read_pair(&nr, &ns, at + bpf_core_field_offset(struct upid, nr), cast);
	if (bpf_core_field_offset(struct upid, ns) != bpf_core_field_offset(struct upid, nr) + sizeof nr)
		read_pair(&ns, &unused, at + bpf_core_field_offset(struct upid, ns), cast);
	return (struct number){ (int)nr, ns };
}

/*
 * The number of a struct pid in the scope; 0 when it has none there, or is NULL: what lies behind that reads as 0.
 * Without a branch: each would double what the verifier has to look at.
 */
INLINE int number_at_address(const struct pid *pid, unsigned long long address, const struct reading *how)
{
	struct number number = number_at(address, how->scope.level, how->cast);
	unsigned long long other = number.ns ^ how->scope.ns;
	other |= -other;
	barrier_var(other); /* else the compiler sees a comparison in it */
	long long is_foreign = (long long)other >> 63,
		  is_above = ((long long)pid->level - (long long)how->scope.level) >> 63;
	return (int)(number.nr & ~is_foreign & ~is_above);
}

/* Of a pointer that was loaded from `where`. */
INLINE int number_of(const struct pid *pid, const void *where, const struct reading *how)
{
	if (!settings.namespaced)
		return pid->numbers[0].nr;
	unsigned long long address = pid_address(pid, where, how);
	return how->number ? how->number(address, 0, 0) : number_at_address(pid, address, how);
}

#define NUMBER(pointer, how) number_of(pointer, &(pointer), how)

INLINE struct scope reader_scope(struct task_struct *reader, const struct reading *how)
{
	struct scope scope = { 0 };

	if (!settings.namespaced)
		return scope;
	long long level = (long long)reader->thread_pid->level - (long long)settings.levels_up;
	scope.level = (unsigned long long)(level & ~(level >> 63)); /* without a branch, as above */
	unsigned long long pid = pid_address(reader->thread_pid, &reader->thread_pid, how);
	scope.ns = number_at(pid, scope.level, how->cast).ns;
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

/* What /proc keeps for the owner of a file: of one who has no memory any more, root owns it. */
INLINE bool may_see_inside(struct task_struct *reader, struct task_struct *t)
{
	if (!settings.hide_io)
		return true;
	return can_trace(reader, t) && (t->mm || reader->cred->fsuid.val == 0 || can_trace_all(reader));
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

#endif
