/* The program `mapped_files` (kernels since 5.12): which files all processes have mapped, without their names. */
#include "kernel/bpf/kernel_types.h"
#include "kernel/bpf/layered.h"
#include "kernel/bpf/mapped_file.h"

#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "Dual MIT/GPL";

SEC("iter/task_vma")
int mapped_files(struct bpf_iter__task_vma *context)
{
	struct vm_area_struct *vma = context->vma;
	struct task_struct *task = context->task;
	struct mapped_file record = { 0 };

	if (!vma || !task || !vma->vm_file)
		return 0;
	record.start = vma->vm_start;
	record.end = vma->vm_end;
	record.pid = task->tgid;
	record.known = !may_be_layered(vma->vm_file);
	record.inode = vma->vm_file->f_inode->i_ino;
	record.device = vma->vm_file->f_inode->i_sb->s_dev;
	bpf_seq_write(context->meta->seq, &record, sizeof record);
	return 0;
}
