/*
 * The kernel's own structures, only what the programs read. Places and sizes are those of the running kernel: libbpf
 * finds each member by its name (preserve_access_index). Names behind ___ are older or newer shapes of the same thing.
 */
#ifndef KERNEL_BPF_KERNEL_TYPES_H
#define KERNEL_BPF_KERNEL_TYPES_H

#include <stdbool.h>

typedef signed char __s8;
typedef unsigned char __u8;
typedef short __s16;
typedef unsigned short __u16;
typedef int __s32;
typedef unsigned __u32;
typedef long long __s64;
typedef unsigned long long __u64;
typedef __u16 __be16;
typedef __u32 __be32;
typedef __u32 __wsum;

/* Part of the kernel's promise to programs, see linux/bpf.h. */
enum { BPF_MAP_TYPE_ARRAY = 2, BPF_MAP_TYPE_PERCPU_ARRAY = 6, BPF_F_MMAPABLE = 1 << 10 };

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct pid_namespace {
	unsigned level;
};

struct upid {
	int nr;
	struct pid_namespace *ns;
};

struct pid {
	unsigned level;
	struct upid numbers[1];
};

struct kuid {
	unsigned val;
};

struct cred {
	struct kuid uid, euid, suid, fsuid, gid, egid, sgid, fsgid;
	struct {
		__u64 val;
	} cap_effective;
};

struct cred___before_6_3 {
	struct {
		__u32 cap[2];
	} cap_effective;
};

struct task_io_accounting {
	__u64 rchar, wchar, syscr, syscw, read_bytes, write_bytes, cancelled_write_bytes;
};

struct task_delay_info {
	__u64 blkio_delay, swapin_delay, freepages_delay, thrashing_delay, compact_delay;
};

struct sched_info {
	unsigned long pcount;
	unsigned long long run_delay;
};

struct sched_entity {
	__u64 sum_exec_runtime;
};

struct thread_info {
	__u32 cpu;
};

struct timespec64 {
	__s64 tv_sec;
	long tv_nsec;
};

struct time_namespace {
	struct {
		struct timespec64 boottime;
	} offsets;
};

struct nsproxy {
	struct time_namespace *time_ns;
};

struct tty_driver {
	int major, minor_start;
};

struct tty_struct {
	int index;
	struct tty_driver *driver;
	struct {
		struct pid *pgrp;
	} ctrl;
};

struct tty_struct___before_5_16 {
	struct pid *pgrp;
};

struct rlimit {
	unsigned long rlim_cur;
};

enum { PID_OF_PROCESS = 1, PID_OF_GROUP = 2, PID_OF_SESSION = 3 }; /* enum pid_type */
enum { RESIDENT_LIMIT = 5 };                                       /* RLIMIT_RSS */

struct signal_struct {
	int nr_threads;
	struct pid *pids[4];
	struct tty_struct *tty;
	struct {
		struct {
			struct {
				unsigned sequence;
			} seqcount;
		} seqcount;
	} stats_lock;
	__u64 cutime, cstime, gtime;
	unsigned long min_flt, maj_flt, cmin_flt, cmaj_flt;
	struct task_io_accounting ioac;
	unsigned long long sum_sched_runtime;
	struct rlimit rlim[16];
	short oom_score_adj;
};

struct kernfs_node {
	__u64 id;
};

struct cgroup {
	struct kernfs_node *kn;
};

struct css_set {
	struct cgroup *dfl_cgrp;
};

/* Since 6.2 each CPU has its own part of the count. */
struct percpu_counter {
	__s64 count;
	__s32 *counters;
};

struct atomic_count {
	__s64 counter;
};

struct mm_struct {
	void *pgd;
	unsigned long total_vm, hiwater_vm, hiwater_rss, locked_vm, data_vm, exec_vm, stack_vm;
	struct atomic_count pinned_vm, pgtables_bytes, hugetlb_usage;
	int map_count;
	unsigned long start_code, end_code, start_brk, brk, start_stack, arg_start, arg_end, env_start, env_end, flags;
	struct percpu_counter rss_stat[4];
};

struct mm_struct___before_6_2 {
	struct {
		struct atomic_count count[4];
	} rss_stat;
};

struct mm_struct___since_6_18 {
	struct {
		unsigned long __mm_flags[1];
	} flags;
};

struct mm_struct___x86 {
	struct {
		unsigned long flags;
	} context;
};

struct super_block {
	unsigned s_dev;
};

/* What a file has of pages; the one of a file of one page is the head itself. */
struct address_space {
	struct {
		void *xa_head;
	} i_pages;
};

struct inode {
	unsigned long i_ino;
	struct super_block *i_sb;
	struct address_space *i_mapping;
};

struct path {
	void *mnt, *dentry;
};

struct file {
	unsigned f_mode;
	struct inode *f_inode;
	struct path f_path;
};

struct fdtable {
	struct file **fd;
};

struct files_struct {
	struct fdtable *fdt;
};

struct atomic_number {
	int counter;
};

struct page {
	unsigned long compound_head;
	struct atomic_number _mapcount, _refcount;
};

struct folio {
	struct atomic_number _entire_mapcount;
};

enum pageflags { PG_dirty, PG_head };

struct vm_area_struct {
	unsigned long vm_start, vm_end;
	struct mm_struct *vm_mm;
	unsigned long vm_flags;
	const void *vm_ops;
	unsigned long vm_pgoff;
	struct file *vm_file;
	void *anon_name;
};

struct worker_pool {
	int cpu;
};

struct work_struct;

struct worker {
	struct work_struct *current_work;
	struct worker_pool *pool;
	char desc[32];
};

struct kthread {
	void *data;
	char *full_name;
};

struct list_head {
	struct list_head *next;
};

struct task_struct {
	struct thread_info thread_info;
	unsigned __state;
	unsigned flags;
	int prio, static_prio;
	unsigned rt_priority, policy;
	struct sched_entity se;
	struct sched_info sched_info;
	struct list_head tasks;
	struct mm_struct *mm;
	int exit_state, exit_signal;
	int pid, tgid;
	struct task_struct *real_parent;
	struct pid *thread_pid;
	void *worker_private;
	__u64 gtime;
	unsigned long nvcsw, nivcsw;
	__u64 start_boottime;
	unsigned long min_flt, maj_flt;
	const struct cred *cred, *real_cred;
	char comm[16];
	struct nsproxy *nsproxy;
	struct files_struct *files;
	struct signal_struct *signal;
	struct task_io_accounting ioac;
	struct css_set *cgroups;
	struct task_delay_info *delays;
};

struct task_struct___before_5_14 {
	long state;
};

struct task_struct___before_5_16 {
	unsigned cpu;
};

struct bpf_array {
	void *pptrs[1];
};

struct seq_file;

struct bpf_iter_meta {
	struct seq_file *seq;
};

struct bpf_iter__task {
	struct bpf_iter_meta *meta;
	struct task_struct *task;
};

struct bpf_iter__task_vma {
	struct bpf_iter_meta *meta;
	struct task_struct *task;
	struct vm_area_struct *vma;
};

#pragma clang attribute pop

#endif
