/*
 * What the programs call of the kernel, and what each of them begins with. The functions are weak: not every kernel
 * has each, and a program can look whether there is one.
 */
#ifndef KERNEL_BPF_KERNEL_CALLS_H
#define KERNEL_BPF_KERNEL_CALLS_H

#include "kernel/bpf/kernel_types.h"

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

#define HAS(type, member) bpf_core_field_exists(((type *)0)->member)
#define INLINE            static __always_inline

/* The kernel's iterators, by their sizes: they live on the program's stack. */
struct bpf_iter_num {
	__u64 opaque[1];
} __attribute__((aligned(8)));

struct bpf_iter_task {
	__u64 opaque[3];
} __attribute__((aligned(8)));

extern int bpf_iter_num_new(struct bpf_iter_num *it, int start, int end) __ksym __weak;
extern int *bpf_iter_num_next(struct bpf_iter_num *it) __ksym __weak;
extern void bpf_iter_num_destroy(struct bpf_iter_num *it) __ksym __weak;
extern int bpf_iter_task_new(struct bpf_iter_task *it, struct task_struct *task, unsigned flags) __ksym __weak;
extern struct task_struct *bpf_iter_task_next(struct bpf_iter_task *it) __ksym __weak;
extern void bpf_iter_task_destroy(struct bpf_iter_task *it) __ksym __weak;
extern struct task_struct *bpf_task_from_pid(int pid) __ksym __weak;
extern struct task_struct *bpf_task_acquire(struct task_struct *task) __ksym __weak;
extern void bpf_task_release(struct task_struct *task) __ksym __weak;
extern void *bpf_rdonly_cast(const void *object, __u32 btf_id) __ksym __weak;
extern void bpf_rcu_read_lock(void) __ksym __weak;
extern void bpf_rcu_read_unlock(void) __ksym __weak;

enum { WORKER = 0x20, KERNEL_THREAD = 0x200000 }; /* PF_WQ_WORKER, PF_KTHREAD */

/* Of a pointer that may be stale, too: reads through it give 0 when nothing is there. */
INLINE struct task_struct *cast(const void *task)
{
	return bpf_rdonly_cast(task, bpf_core_type_id_kernel(struct task_struct));
}

/* Stored in a map and loaded again, a pointer is a number for the verifier. */
INLINE unsigned long long pointer_number(unsigned long long *slot, const void *pointer)
{
	*(volatile unsigned long long *)slot = (unsigned long long)pointer;
	return *(volatile unsigned long long *)slot;
}

#endif
