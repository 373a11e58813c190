/*
 * The program `mappings` (kernels since 6.1): those of one process, read from an iterator over them. Names that the
 * kernel makes up by its own rules ([heap], [vdso], layers of an overlay) are left to be asked for: they are few.
 */
#include "kernel/bpf/kernel_calls.h"
#include "kernel/bpf/layered.h"
#include "kernel/bpf/mapping_record.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";

enum { CONTEXT_HAS_VSYSCALL = 1 << 1 }; /* MM_CONTEXT_HAS_VSYSCALL */

/* Ours alone: whoever reads has loaded it himself. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct mapping_buffer);
} control SEC(".maps");

INLINE bool touches(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	return vma->vm_start <= end && vma->vm_end >= start;
}

INLINE unsigned name_of_memory(struct vm_area_struct *vma)
{
	struct mm_struct *mm = vma->vm_mm;

	if (vma->vm_ops || (HAS(struct vm_area_struct, anon_name) && vma->anon_name) ||
	    touches(vma, mm->start_brk, mm->brk) || touches(vma, mm->start_stack, mm->start_stack))
		return MAPPING_ASKED;
	return MAPPING_UNNAMED;
}

INLINE unsigned name_of_file(struct mapping_buffer *to, struct vm_area_struct *vma, struct file *file)
{
	if ((HAS(struct vm_area_struct, anon_name) && vma->anon_name) || may_be_layered(file))
		return MAPPING_ASKED;
	struct inode *inode = file->f_inode;
	to->record.inode = inode->i_ino;
	to->record.device = inode->i_sb->s_dev;
	long len = bpf_d_path(&file->f_path, to->path, sizeof to->path);
	if (len <= 1 || len > MAPPING_PATH_MOST)
		return MAPPING_ASKED;
	to->record.name_bytes = (__u32)len;
	return MAPPING_PATH;
}

SEC("iter/task_vma")
int mappings(struct bpf_iter__task_vma *context)
{
	__u32 zero = 0;
	struct vm_area_struct *vma = context->vma;
	struct task_struct *task = context->task;
	struct mapping_buffer *to = bpf_map_lookup_elem(&control, &zero);

	if (!vma || !task || !to)
		return 0;
	if (!to->boot_ns) {
		to->host_pid = (__u32)task->tgid;
		to->boot_ns = task->start_boottime;
	}
	__builtin_memset(&to->record, 0, sizeof to->record);
	to->record.start = vma->vm_start;
	to->record.end = vma->vm_end;
	to->record.flags = vma->vm_flags;
	if (HAS(struct mm_struct___x86, context.flags) &&
	    (((struct mm_struct___x86 *)vma->vm_mm)->context.flags & CONTEXT_HAS_VSYSCALL))
		to->record.more = MAPPING_HAS_GATE;
	struct file *file = vma->vm_file;
	if (file)
		to->record.page_offset = vma->vm_pgoff;
	to->record.name = file ? name_of_file(to, vma, file) : name_of_memory(vma);
	__u32 room = (to->record.name_bytes + 7) & ~7U;
	if (room > MAPPING_PATH_MOST)
		return 0;
	bpf_seq_write(context->meta->seq, to, sizeof to->record + room);
	return 0;
}
