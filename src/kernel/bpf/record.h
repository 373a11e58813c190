/*
 * What the eBPF programs write for each process or thread, in the kernel's own units. Both sides include this: the
 * programs fill it, fill.c turns it into struct task. No types but the compiler's own: a program has no libc.
 */
#ifndef KERNEL_BPF_RECORD_H
#define KERNEL_BPF_RECORD_H

/*
 * Bits of `has` and of `want`. What nobody wants is not read: it costs a cache line here and there in the walk, and the
 * verifier its time when the program is loaded.
 */
enum {
	HAS_USERS = 1 << 0,
	HAS_SESSION = 1 << 1,    /* group, session, terminal */
	HAS_SCHEDULING = 1 << 2, /* priorities, CPU, exit signal */
	HAS_POLICY = 1 << 3,
	HAS_SUMS = 1 << 4,      /* CPU time and faults, of all threads */
	HAS_IO_BYTES = 1 << 5,  /* where this kernel counts them, and the reader may see them */
	HAS_IO_CHARS = 1 << 6,  /* the same for system calls and what was asked for */
	HAS_DELAYS = 1 << 7,    /* where delay accounting is on, and the reader may see them */
	HAS_RUN_QUEUE = 1 << 8, /* where this kernel measures waiting for a CPU */
	HAS_SWITCHES = 1 << 9,
	HAS_CHILDREN = 1 << 10, /* what children have used */
	HAS_CGROUP = 1 << 11,   /* where the kernel has them */
	HAS_VIRT = 1 << 12,     /* size of the address space: kernel threads and zombies have none */
	HAS_SPACE = 1 << 13,    /* what is in it, the same */
	HAS_RESIDENT = 1 << 14, /* pages in memory and in swap, the same */
	HAS_INSIDE = 1 << 15,   /* number of mappings, where the command line lies; if the reader may see it */
	HAS_OOM_ADJUST = 1 << 16,
	HAS_HELD = 1 << 17, /* the largest number of pages, their limit, what is pinned, huge pages and tables; with
	                       HAS_RESIDENT */
	WANT_ALL = (1 << 18) - 1,
	/* What only a record may have: */
	HAS_KERNEL_NAME = 1 << 18, /* a kernel thread's whole name, in place of memory */
	HAS_WORK = 1 << 19,        /* and the name of a worker's work queue */
	WORK_IS_RUNNING = 1 << 20, /* now, not before */
	WAS_TAKEN = 1 << 21,       /* put there by who has used it: as long as it stands, nothing but memory is newer */
	IS_THREAD = 1 << 22,       /* of a process that has its record before it */
	IS_ALONE = 1 << 23,        /* the only thread of its process */
	IS_KERNEL = 1 << 24,       /* a kernel thread */
};

enum { IO_READ_CHARS, IO_WRITTEN_CHARS, IO_READ_CALLS, IO_WRITE_CALLS, IO_READ, IO_WRITTEN, IO_CANCELLED, IO_COUNTS };
enum { DELAY_SWAP_IN, DELAY_RECLAIM, DELAY_THRASHING, DELAY_COMPACTION, DELAYS };
enum { PAGES_FILE, PAGES_ANON, PAGES_SWAP, PAGES_SHMEM, PAGE_KINDS }; /* the order of mm->rss_stat */
enum { ID_REAL, ID_EFFECTIVE, ID_SAVED, ID_FILESYSTEM, IDS };

/* Process numbers are those of the reader's namespace, host_pid alone is the kernel's. */

/* What each look at a task reads, and all that it reads of one that sleeps: one cache line. */
struct record_identity {
	unsigned long long task;       /* where the kernel has it; 0 where only an iterator tells */
	unsigned long long started_ns; /* since boot, as the reader's time namespace counts it */
	unsigned long long ran_ns;     /* with looks_again: this one thread, on a CPU */
	int pid;
	unsigned has;
	unsigned long long resident[PAGE_KINDS]; /* HAS_RESIDENT: pages */
};

struct record_details {
	int host_pid, tgid, ppid, threads;
	unsigned flags, state, exit_state;
	int pgid, sid, tpgid;
	unsigned tty_dev; /* as the kernel holds it: major << 20 | minor */
	int prio, static_prio, cpu, exit_signal, oom_score_adj;
	char comm[16];
	unsigned rt_priority, policy;
	unsigned uid[IDS], gid[IDS];
};

/* Of a process: of all its threads, living and dead. Of a thread: its own. */
struct record_sums {
	unsigned long long cpu_ns, guest_ns, minor_faults, major_faults, io[IO_COUNTS], delay_ns[DELAYS];
};

struct record_counters {
	/* of this one thread */
	unsigned long long run_ns, run_wait_ns, run_slices, voluntary_switches, involuntary_switches, block_io_ns;
	/* of the process */
	unsigned long long children_user_ns, children_system_ns, children_minor_faults, children_major_faults;
	unsigned long long cgroup_id;
};

/* Pages, except what says bytes. */
struct record_memory {
	/* HAS_VIRT: */
	unsigned long long virt, virt_peak, locked;
	/* HAS_SPACE: */
	unsigned long long data, exec, stack, code_bytes;
	/* HAS_HELD: */
	unsigned long long resident_peak, pinned, hugetlb, page_table_bytes, rss_limit_bytes;
};

/* Addresses are the process's own. */
struct record_inside {
	unsigned long long arg_start, arg_end, env_start, env_end, mappings;
	unsigned long long map; /* which address space: another number after exec */
};

struct record_kernel_name {
	char name[64]; /* ended by a NUL */
	char work[32];
};

/*
 * A walk is given records that end behind what is wanted, see walker.c: what is wanted more often comes first.
 */
struct task_record {
	struct record_identity identity;
	struct record_details details;
	union {
		struct record_memory memory;     /* HAS_VIRT, HAS_SPACE, HAS_HELD */
		struct record_kernel_name named; /* HAS_KERNEL_NAME */
	};
	struct record_inside inside;
	struct record_sums sums;
	struct record_counters counters;
};

/* What a look has found: so many, each so many bytes behind the one before. Good until the next look. */
struct task_records {
	char *at;
	unsigned long step, count;
};

/* One of them; beyond `step` there is nothing of it. */
static inline struct task_record *task_record_at(const struct task_records *records, unsigned long index)
{
	return (struct task_record *)(records->at + index * records->step);
}

/* The same as an iterator writes it, one part after the other: `has` is complete only at the end. */
struct task_item {
	unsigned long long item; /* ITEM_TASK */
	struct record_sums sums;
	struct record_counters counters;
	union {
		struct record_memory memory;
		struct record_kernel_name named;
	};
	struct record_inside inside;
	struct record_details details;
	struct record_identity identity;
};

/*
 * What one thread has by itself. An iterator that gives no records of threads gives it of all but the first: to be
 * added to the process. One that does gives it of the first, whose record is that of the process.
 */
struct thread_share {
	unsigned long long item; /* ITEM_SHARE */
	long long tgid;
	struct record_sums sums;
};

enum { ITEM_TASK = 1, ITEM_SHARE = 2 };

/* How a program shall look, known when it is loaded: the verifier leaves out what is not asked for. */
struct task_settings {
	unsigned want;         /* HAS_ bits */
	unsigned cpus;         /* possible ones, at most CPUS_MOST */
	unsigned threads;      /* a record for each thread too */
	unsigned namespaced;   /* /proc shows one pid namespace: numbers are translated, foreign tasks left out */
	unsigned levels_up;    /* which namespace: so many above that of the reader */
	unsigned hide_io;      /* of those that the reader could not trace */
	unsigned hide_foreign; /* leave out all of those */
	unsigned looks_again;  /* there may be looks with patience: see task_control */
	unsigned page_bytes;
};

enum { CPUS_MOST = 1024 };

/* Which pid namespace /proc shows; level 0 is the whole machine. */
struct scope {
	unsigned long long ns, level;
};

/* Where a program and its caller meet: some pages, mapped by the caller. */
struct task_control {
	unsigned long long count; /* records wanted in the last walk: more than there was room for, perhaps */
	/* A thread ended in the last walk while its process was summed up: it has to be made again. */
	unsigned long long torn;
	unsigned long long strange; /* not 0: resident pages are kept in a way that the walk does not know */
	unsigned long long ready;   /* cpu_offset is known */
	/*
	 * Of who has not run since the last look and is alone in his process, only memory is read again, and all else
	 * every so many looks, in turn. 0 or 1: all is read of everybody.
	 */
	unsigned long long patience, look;
	/* of the program alone */
	unsigned long long address; /* a pointer on its way to being a number */
	unsigned long long time_offset_ns;
	struct scope scope;
	unsigned long long cpu_offset[CPUS_MOST]; /* from a per-CPU address to that of one CPU */
};

#endif
