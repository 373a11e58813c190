/*
 * The program `arguments` (kernels since 6.4): the command lines of some processes, byte for byte what
 * /proc/PID/cmdline would say. Memory of a process is read here that may have to be fetched first, and who owns it
 * could make that last for ever (a FUSE file mapped over it). The file in /proc is guarded against that, this is not:
 * so it reads only what belongs to root or to the reader himself. (Should such a process have mapped a file over its
 * own arguments, this shows what is in the file, and /proc nothing.)
 */
#include "kernel/bpf/argument.h"
#include "kernel/bpf/kernel_calls.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";

enum { KERNEL_THREAD = 0x200000 }; /* PF_KTHREAD */

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

INLINE struct task_struct *cast(const void *task)
{
	return bpf_rdonly_cast(task, bpf_core_type_id_kernel(struct task_struct));
}

INLINE bool is_trusted(const struct task_struct *t)
{
	const struct cred *owner = t->real_cred;
	unsigned uid = owner->uid.val;

	return owner->euid.val == uid && owner->suid.val == uid &&
	       (uid == 0 || uid == cast((void *)bpf_get_current_task_btf())->cred->fsuid.val);
}

/* The file tells more when the last byte is not 0: then the process has written a title over its arguments. */
INLINE unsigned copy(struct argument_control *c, struct argument *a, struct task_struct *task)
{
	struct task_struct *t = cast(task);
	struct mm_struct *mm = t->mm;
	unsigned long long start = mm->arg_start, end = mm->arg_end, len = end - start;
	unsigned at = c->used;

	if (start >= end || len > ARGUMENT_MOST || !mm->env_end || !is_trusted(t))
		return ARGUMENT_ELSEWHERE;
	if (at > ARGUMENT_TEXTS - ARGUMENT_MOST)
		return ARGUMENT_NO_ROOM;
	char *text = c->texts + at;
	if (bpf_copy_from_user_task(text, (__u32)len, (void *)start, task, 0))
		return ARGUMENT_ELSEWHERE;
	/* It may have become another program meanwhile. */
	if (t->mm != mm || mm->arg_start != start || mm->arg_end != end || text[(len - 1) & (ARGUMENT_MOST - 1)])
		return ARGUMENT_ELSEWHERE;
	a->at = at;
	a->len = (__u32)len;
	c->used = at + (__u32)len;
	return ARGUMENT_READ;
}

/* A function of its own, with the one signature that program.c knows: so the verifier looks at it once. */
__attribute__((noinline)) int answer(unsigned long long unused, unsigned index, unsigned more)
{
	__u32 zero = 0;
	struct argument_control *c = bpf_map_lookup_elem(&control, &zero);
	struct argument *a = bpf_map_lookup_elem(&records, &index);

	if (!c || !a)
		return (int)(unused + more);
	struct task_struct *task = bpf_task_from_pid((int)a->host_pid);
	unsigned status = ARGUMENT_ELSEWHERE;
	if (task) {
		struct task_struct *t = cast(task);
		if (t->start_boottime == a->boot_ns)
			status = !t->mm || (t->flags & KERNEL_THREAD) ? ARGUMENT_NONE : copy(c, a, task);
		bpf_task_release(task);
	}
	a->status = status;
	return 0;
}

SEC("syscall")
int arguments(void *context __attribute__((unused)))
{
	__u32 zero = 0;
	struct bpf_iter_num it;
	struct argument_control *c = bpf_map_lookup_elem(&control, &zero);
	int *next;

	if (!c)
		return 1;
	bpf_iter_num_new(&it, 0, ARGUMENTS_AT_ONCE);
	while ((next = bpf_iter_num_next(&it))) {
		if ((__u32)*next >= c->count)
			break;
		answer(0, (__u32)*next, 0);
	}
	bpf_iter_num_destroy(&it);
	return 0;
}
