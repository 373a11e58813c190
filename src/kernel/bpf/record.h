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
	HAS_SCHEDULING = 1 << 2, /* priorities, policy, CPU, exit signal */
	HAS_SUMS = 1 << 3,       /* CPU time and faults, of all threads */
	HAS_IO_BYTES = 1 << 4,   /* where this kernel counts them, and the reader may see them */
	HAS_IO_CHARS = 1 << 5,   /* the same for system calls and what was asked for */
	HAS_DELAYS = 1 << 6,     /* where delay accounting is on, and the reader may see them */
	HAS_RUN_QUEUE = 1 << 7,  /* where this kernel measures waiting for a CPU */
	HAS_SWITCHES = 1 << 8,
	HAS_CHILDREN = 1 << 9,  /* what children have used */
	HAS_CGROUP = 1 << 10,   /* where the kernel has them */
	HAS_SPACE = 1 << 11,    /* address space: kernel threads and zombies have none */
	HAS_RESIDENT = 1 << 12, /* pages in memory and in swap, the same */
	HAS_INSIDE = 1 << 13,   /* number of mappings, where the command line lies; if the reader may see it */
	HAS_OOM_ADJUST = 1 << 14,
	HAS_HELD = 1 << 15, /* the largest number of pages, their limit, what is pinned, huge pages and tables; with
	                       HAS_RESIDENT */
	WANT_ALL = (1 << 16) - 1,
	/* What only a record may have: */
	HAS_KERNEL_NAME = 1 << 16, /* a kernel thread's whole name, in place of memory */
	HAS_WORK = 1 << 17,        /* and the name of a worker's work queue */
	WORK_IS_RUNNING = 1 << 18, /* now, not before */
	WAS_TAKEN = 1 << 19,       /* put there by who has used it: as long as it stands, nothing but memory is newer */
};

enum { IO_READ_CHARS, IO_WRITTEN_CHARS, IO_READ_CALLS, IO_WRITE_CALLS, IO_READ, IO_WRITTEN, IO_CANCELLED, IO_COUNTS };
enum { DELAY_SWAP_IN, DELAY_RECLAIM, DELAY_THRASHING, DELAY_COMPACTION, DELAYS };
enum { PAGES_FILE, PAGES_ANON, PAGES_SWAP, PAGES_SHMEM, PAGE_KINDS }; /* the order of mm->rss_stat */
enum { ID_REAL, ID_EFFECTIVE, ID_SAVED, ID_FILESYSTEM, IDS };

/* Process numbers are those of the reader's namespace, host_pid alone is the kernel's. First what each look reads. */
struct record_identity {
	int host_pid, threads;
	unsigned is_thread, has;
	unsigned long long started_ns; /* since boot, as the reader's time namespace counts it */
	unsigned long long ran_ns;     /* with looks_again: this one thread, on a CPU */
	unsigned long long task;       /* where the kernel has it; 0 where only an iterator tells */
	unsigned flags, state, exit_state;
	int pid, tgid, ppid;
	char comm[16];
	unsigned uid[IDS], gid[IDS];
	int pgid, sid, tpgid;
	unsigned tty_dev, policy; /* tty_dev as the kernel holds it: major << 20 | minor */
	int prio, static_prio, cpu, exit_signal, oom_score_adj;
	unsigned rt_priority;
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

/* Pages, except what says bytes. Addresses are the process's own. */
struct record_memory {
	/* HAS_INSIDE: */
	unsigned long long arg_start, arg_end, env_start, env_end, mappings;
	unsigned long long map; /* which address space: another number after exec */
	/* HAS_HELD: */
	unsigned long long resident_peak, pinned, hugetlb, page_table_bytes, rss_limit_bytes;
	/* HAS_SPACE: */
	unsigned long long virt, virt_peak, locked, data, exec, stack, code_bytes;
	/* HAS_RESIDENT: */
	unsigned long long resident[PAGE_KINDS];
};

struct record_kernel_name {
	char name[64]; /* ended by a NUL */
	char work[32];
};

/* The parts are in the order in which an iterator can write them: `has` is complete only at the end. */
struct task_record {
	unsigned long long item; /* ITEM_TASK */
	struct record_sums sums;
	struct record_counters counters;
	union {
		struct record_memory memory;     /* HAS_SPACE, HAS_RESIDENT, HAS_INSIDE */
		struct record_kernel_name named; /* HAS_KERNEL_NAME */
	};
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
	unsigned long long ahead;   /* what was seen of the next task: nothing is done with it */
	unsigned long long time_offset_ns;
	struct scope scope;
	unsigned long long cpu_offset[CPUS_MOST]; /* from a per-CPU address to that of one CPU */
};

#endif
