/*
 * The program `arguments` (kernels since 6.4): the command lines of some processes, byte for byte what
 * /proc/PID/cmdline would say. (Should a process have mapped a file over its own arguments, this shows what is in the
 * file, and /proc nothing.) What is in RAM is read through the page tables of the process, without a lock. The rest has
 * to be fetched first, and who owns it could make that last for ever (a FUSE file mapped over it). The file in /proc is
 * guarded against that, this is not: so it fetches only what belongs to root or to the reader himself.
 */
#include "kernel/bpf/argument.h"
#include "kernel/bpf/page_table.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, ARGUMENTS_AT_ONCE);
	__type(key, __u32);
	__type(value, struct argument);
} records SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct argument_control);
} control SEC(".maps");

INLINE bool is_trusted(const struct task_struct *t)
{
	const struct cred *owner = t->real_cred;
	unsigned uid = owner->uid.val;

	return owner->euid.val == uid && owner->suid.val == uid &&
	       (uid == 0 || uid == cast((void *)bpf_get_current_task_btf())->cred->fsuid.val);
}

/*
 * Of one page of the process whose tables begin at c->root, to a place in the texts. What is there was there all the
 * time when its entry is afterwards what it was.
 */
FUNCTION int copy_from_page(unsigned long long address, unsigned at, unsigned len)
{
	__u32 zero = 0;
	struct argument_control *c = bpf_map_lookup_elem(&control, &zero);

	if (!c || at > ARGUMENT_TEXTS)
		return -1;
	__u64 place = find_entry(c->ram.direct_map, c->ram.frames_end, c->root, address), entry = word_at(place);
	if (!place || (entry & SPECIAL) || !(entry & PRESENT) || frame_of(entry) >= c->ram.frames_end)
		return -1;
	__u64 from = c->ram.direct_map + (entry & FRAME_MASK) + (address & PAGE_MASK);
	barrier_var(len); /* else it is compared far above and the verifier has forgotten it */
	if (len > ARGUMENT_MOST || bpf_probe_read_kernel(c->texts + at, len, (void *)from))
		return -1;
	return word_at(place) == entry ? 0 : -1;
}

/* Only if it is in RAM. */
INLINE bool copy_resident(struct argument_control *c, struct mm_struct *mm, __u64 start, unsigned at, unsigned len)
{
	unsigned first = PAGE_MASK + 1 - (start & PAGE_MASK);

	if (!c->ram.direct_map)
		return false;
	if (first > len)
		first = len;
	bpf_rcu_read_lock(); /* tables that are taken away meanwhile stay what they are */
	c->root = pointer_number(&c->pointer, mm->pgd);
	int r = copy_from_page(start, at, first);
	if (r == 0 && first < len)
		r = copy_from_page(start + first, at + first, len - first);
	bpf_rcu_read_unlock();
	return r == 0;
}

/* Where the arguments lie, as long as that stays so. */
struct place {
	struct mm_struct *mm;
	__u64 start, end;
};

INLINE struct place place_of(struct task_struct *t)
{
	struct mm_struct *mm = t->mm;

	return (struct place){ mm, mm->arg_start, mm->arg_end };
}

/*
 * What was copied, if it has not become another program meanwhile. The file tells more when the last byte is not 0:
 * then the process has written a title over its arguments.
 */
INLINE unsigned keep(struct argument_control *c, struct argument *a, struct task_struct *t, struct place was)
{
	struct place is = place_of(t);
	unsigned len = (__u32)(was.end - was.start), last = (c->used + len - 1) & (2 * ARGUMENT_TEXTS - 1);

	if (is.mm != was.mm || is.start != was.start || is.end != was.end || last >= ARGUMENT_TEXTS || c->texts[last])
		return ARGUMENT_ELSEWHERE;
	a->at = c->used;
	a->len = len;
	c->used += len;
	return ARGUMENT_READ;
}

/* What can be told without waiting; ARGUMENT_ASKED when it is not in RAM. */
FUNCTION int glance(unsigned long long task, unsigned index, unsigned unused)
{
	__u32 zero = 0;
	struct argument_control *c = bpf_map_lookup_elem(&control, &zero);
	struct argument *a = bpf_map_lookup_elem(&records, &index);
	struct task_struct *t = cast((void *)task);

	if (!c || !a)
		return (int)unused;
	if (!t->mm || (t->flags & KERNEL_THREAD))
		return ARGUMENT_NONE;
	struct place place = place_of(t);
	__u64 len = place.end - place.start;
	if (place.start >= place.end || len > ARGUMENT_MOST || !place.mm->env_end)
		return ARGUMENT_ELSEWHERE;
	if (c->used > ARGUMENT_TEXTS - ARGUMENT_MOST)
		return ARGUMENT_NO_ROOM;
	return copy_resident(c, place.mm, place.start, c->used, (__u32)len) ? keep(c, a, t, place) : ARGUMENT_ASKED;
}

/* Behind a glance. */
INLINE unsigned fetch(struct argument_control *c, struct argument *a, struct task_struct *task)
{
	struct task_struct *t = cast(task);
	struct place place = place_of(t);
	__u64 len = place.end - place.start;
	unsigned at = c->used;

	if (len > ARGUMENT_MOST || at > ARGUMENT_TEXTS - ARGUMENT_MOST || !is_trusted(t) ||
	    bpf_copy_from_user_task(c->texts + at, (__u32)len, (void *)place.start, task, 0))
		return ARGUMENT_ELSEWHERE;
	return keep(c, a, t, place);
}

INLINE bool is_of(const struct argument *a, struct task_struct *t)
{
	return t->pid == (int)a->host_pid && t->start_boottime == a->boot_ns;
}

/* A function of its own, with the one signature that program.c knows: so the verifier looks at it once. */
FUNCTION int answer(unsigned long long unused, unsigned index, unsigned more)
{
	__u32 zero = 0;
	struct argument_control *c = bpf_map_lookup_elem(&control, &zero);
	struct argument *a = bpf_map_lookup_elem(&records, &index);

	if (!c || !a)
		return (int)(unused + more);
	struct task_struct *t = cast((void *)a->task), *task;
	unsigned status = ARGUMENT_ASKED;
	/* It may be gone, and something else be there. */
	if (is_of(a, t)) {
		status = (unsigned)glance(a->task, index, 0);
		if (!is_of(a, t))
			status = ARGUMENT_ASKED;
	}
	if (status == ARGUMENT_ASKED) {
		status = ARGUMENT_ELSEWHERE;
		task = bpf_task_from_pid((int)a->host_pid);
		if (task) {
			if (is_of(a, cast(task))) {
				status = (unsigned)glance(pointer_number(&c->pointer, task), index, 0);
				if (status == ARGUMENT_ASKED)
					status = fetch(c, a, task);
			}
			bpf_task_release(task);
		}
	}
	a->status = status;
	return 0;
}

SEC("syscall")
int arguments(void *context __attribute__((unused)))
{
	__u32 zero = 0;
	struct argument_control *c = bpf_map_lookup_elem(&control, &zero);

	if (!c)
		return 1;
	if (c->ram.frames_end && !c->ram.direct_map) {
		struct mm_struct *mm = cast(bpf_get_current_task_btf())->mm;
		c->root = pointer_number(&c->pointer, mm->pgd);
		find_direct_map(&c->ram, c->root);
	}
	FOR(i, ARGUMENTS_AT_ONCE, {
		if (i >= c->count)
			break;
		answer(0, i, 0);
	})
	return 0;
}
