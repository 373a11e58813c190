/*
 * libvires: the memory of Linux processes and of the machine, for C programs.
 *
 * The way of one number:
 *
 *     vires_open              a source: this machine, or a captured tree of one
 *     vires_request_field     which fields; they decide which kernel files are opened, so ask for what you use
 *     vires_take              a snapshot: everything that was asked for, at one moment
 *     vires_number            one number of one row: 1 it is there, 0 the kernel did not say, below 0 a wrong call
 *
 * Fields. All that libvires knows is a field of one of four tables (enum vires_table). A field has a name, which never
 * changes its meaning, and an id for quick access, which holds for the loaded library only: look ids up by name when
 * the program starts. `vires fields` lists all names with unit, file, cost and meaning.
 *
 * Numbers are int64_t in the smallest part of their unit (enum vires_unit). Absent is not zero: what a kernel does not
 * know, or does not tell this user, is absent, and no number is put in its place.
 *
 * Texts are bytes with a length, without a NUL behind them. They may hold any byte (a process chooses its own name), so
 * look at them before they reach a terminal.
 *
 * Errors are negative errno values; vires_strerror names them. A call that fails changes nothing that its pointers
 * point to. -ENOMEM is possible wherever something is made, and not listed again below.
 *
 * Threads: one handle belongs to one thread at a time; different sources may be used by different threads at once.
 * Reading one snapshot in several threads at once is safe. The library prints nothing and starts no thread.
 */
#ifndef VIRES_H
#define VIRES_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define VIRES_PUBLIC __attribute__((visibility("default")))
#else
#define VIRES_PUBLIC
#endif

/* What a table has one row for. */
enum vires_table {
	VIRES_TASK,    /* each process, or thread where asked for */
	VIRES_MACHINE, /* the machine: always one row, 0 */
	VIRES_CPU,     /* each CPU that is online */
	VIRES_SWAP     /* each swap area */
};

enum vires_kind {
	VIRES_IDENTITY, /* says who or which; not to be summed */
	VIRES_GAUGE,    /* a level: may rise and fall */
	VIRES_COUNTER,  /* only rises; vires_rate gives how fast */
	VIRES_TEXT      /* for vires_text; all others are for vires_number */
};

enum vires_unit {
	VIRES_PLAIN,            /* a count, a number of something; also every text */
	VIRES_BYTES,            /* bytes */
	VIRES_NANOSECONDS,      /* nanoseconds */
	VIRES_PERCENT,          /* 1/10,000 of a percent: 100 % is 1,000,000 */
	VIRES_PER_SECOND,       /* 1/1,000 of an event a second */
	VIRES_BYTES_PER_SECOND, /* bytes a second */
	VIRES_BYTES_PER_MINUTE, /* bytes a minute; may be negative */
	VIRES_MASK,             /* 64 bits */
	VIRES_LETTER,           /* one ASCII character */
	VIRES_FRACTION          /* 1/1,000 of one */
};

/* What it costs to read the file that a field comes from. */
enum vires_cost {
	VIRES_FREE,     /* nothing: computed, or known from the listing */
	VIRES_CHEAP,    /* some microseconds a process */
	VIRES_MODERATE, /* some tens */
	VIRES_DEAR      /* walks the page tables: milliseconds for a big process */
};

struct vires_source;
struct vires_request;
struct vires_snapshot;

/* --- the library --- */

/* "0.1.0". The text is static. */
VIRES_PUBLIC const char *vires_version(void);

/* What an error value (-ENOENT and the like) means, in English; "unknown error" for any other. The text is static. */
VIRES_PUBLIC const char *vires_strerror(int error);

/* --- fields --- */

/* How many fields a table has: their ids are 0 to one less. -EINVAL: no such table. */
VIRES_PUBLIC int vires_field_count(enum vires_table table);

/* The id of the field of that name. -ENOENT: no such field; -EINVAL: no such table. */
VIRES_PUBLIC int vires_field_find(enum vires_table table, const char *name);

/* About one field. The texts are static, and NULL when there is no such field; the numbers are then -EINVAL. */
VIRES_PUBLIC const char *vires_field_name(enum vires_table table, int id);    /* "rss_bytes" */
VIRES_PUBLIC const char *vires_field_header(enum vires_table table, int id);  /* "RES" */
VIRES_PUBLIC const char *vires_field_meaning(enum vires_table table, int id); /* what it is, and what it is not */
VIRES_PUBLIC const char *vires_field_file(enum vires_table table, int id);    /* "/proc/PID/statm", or "computed" */
VIRES_PUBLIC const char *vires_field_access(enum vires_table table, int id);  /* who may read that file */
VIRES_PUBLIC int vires_field_kind(enum vires_table table, int id);            /* enum vires_kind */
VIRES_PUBLIC int vires_field_unit(enum vires_table table, int id);            /* enum vires_unit */
VIRES_PUBLIC int vires_field_cost(enum vires_table table, int id);            /* enum vires_cost */

/* "bytes", "ns", "%", "1/s"...; "" for plain counts, NULL when there is no such unit. The text is static. */
VIRES_PUBLIC const char *vires_unit_name(enum vires_unit unit);

/* How many smallest parts one of that unit has: 10,000 for VIRES_PERCENT, 1,000 for VIRES_PER_SECOND and
 * VIRES_FRACTION, 1 for all others. -EINVAL: no such unit. */
VIRES_PUBLIC int vires_unit_parts(enum vires_unit unit);

/* --- sources --- */

/*
 * Keep the most used files of each process open between snapshots, which makes the next one about a third cheaper.
 * For programs that take many. It raises the soft limit RLIMIT_NOFILE of the calling process to the hard one, keeps to
 * it less some spare, and does without where it does not suffice. Only for the live machine.
 */
#define VIRES_KEEP_OPEN 1u

/*
 * Walk the kernel's own list of tasks with eBPF where that is built in, allowed (CAP_BPF and CAP_PERFMON) and cheaper
 * than reading /proc; else /proc is read as without it. The numbers are the same; vires_source_name tells which it was.
 */
#define VIRES_BPF 2u

/*
 * Opens the machine that the program runs on (root NULL), or the captured tree `root`: a directory that holds proc/, or
 * directories 0, 1, 2, ... that do, one for each snapshot (the last one stays). flags: 0 or any of the two. -ENOENT,
 * -ENOTDIR, -EACCES...: there is none, or it may not be entered; -EINVAL: no such flag.
 */
VIRES_PUBLIC int vires_open(const char *root, unsigned flags, struct vires_source **ret);

/* Accepts NULL. Snapshots that were taken stay good. */
VIRES_PUBLIC void vires_close(struct vires_source *source);

/* --- requests: what a snapshot shall hold --- */

/* An empty request: times and boot id only. */
VIRES_PUBLIC int vires_request_new(struct vires_request **ret);

/* Accepts NULL. */
VIRES_PUBLIC void vires_request_free(struct vires_request *request);

/*
 * Asks for a field, and with it for whatever it is computed from. Of VIRES_CPU and VIRES_SWAP any field asks for all.
 * A VIRES_TASK field asks for a row for each process; pid, tgid, is_thread and read_ns come with every one, and
 * started_ns with every counter. -EINVAL: no such table or id.
 */
VIRES_PUBLIC int vires_request_field(struct vires_request *request, enum vires_table table, int id);

/* The same by name. -ENOENT: no such field. */
VIRES_PUBLIC int vires_request_name(struct vires_request *request, enum vires_table table, const char *name);

/* Only these `count` processes, looked up directly, those that do not exist left out; 0: all processes again.
 * -EINVAL: a number below 1. */
VIRES_PUBLIC int vires_request_pids(struct vires_request *request, const int64_t *pids, size_t count);

enum vires_threads {
	VIRES_NO_THREADS,   /* a row for each process: as a new request has it */
	VIRES_ONLY_THREADS, /* a row for each thread instead; memory is the whole process's in each */
	VIRES_THREADS_TOO   /* the process's row, then those of its threads */
};

/* -EINVAL: none of the three. */
VIRES_PUBLIC int vires_request_threads(struct vires_request *request, enum vires_threads threads);

/* --- snapshots --- */

/*
 * Takes a snapshot. What is not readable is absent in it; a process that ends meanwhile has no row. Fails only when
 * /proc cannot be listed (-EACCES, -ENOENT...). The request may be changed or freed afterwards.
 */
VIRES_PUBLIC int vires_take(struct vires_source *source, const struct vires_request *request,
                            struct vires_snapshot **ret);

/* Accepts NULL. */
VIRES_PUBLIC void vires_snapshot_free(struct vires_snapshot *snapshot);

/* When it was taken: since 1970, and on a clock that is never set (CLOCK_MONOTONIC), in nanoseconds. Of a captured tree
 * both are the captured machine's. */
VIRES_PUBLIC int64_t vires_wall_ns(const struct vires_snapshot *snapshot);
VIRES_PUBLIC int64_t vires_monotonic_ns(const struct vires_snapshot *snapshot);

/* The boot that it belongs to, as the kernel writes it; "" when it does not say. Lives as long as the snapshot. */
VIRES_PUBLIC const char *vires_boot_id(const struct vires_snapshot *snapshot);

/* Who read it: "proc", "bpf", "root" and the like. The text is static. */
VIRES_PUBLIC const char *vires_source_name(const struct vires_snapshot *snapshot);

/* Rows of a table: 1 for VIRES_MACHINE, 0 for what was not asked for or is not readable. Tasks come by process id, each
 * process before its threads. 0 when there is no such table. */
VIRES_PUBLIC size_t vires_rows(const struct vires_snapshot *snapshot, enum vires_table table);

/* The VIRES_TASK row of a process (never that of a thread): 1, or 0 when it is not in the snapshot. */
VIRES_PUBLIC int vires_find_pid(const struct vires_snapshot *snapshot, int64_t pid, size_t *ret_row);

/*
 * One number, in the smallest part of the field's unit. 1: it is in *ret; 0: absent, *ret is as it was. -EINVAL: no
 * such table or field, or a text; -ERANGE: no such row; -ENODATA: the field was not asked for.
 */
VIRES_PUBLIC int vires_number(const struct vires_snapshot *snapshot, enum vires_table table, size_t row, int id,
                              int64_t *ret);

/* The same for a text, which lives as long as the snapshot. The arguments in cmdline and environ end with a NUL each.
 * -EINVAL also when the field is a number. */
VIRES_PUBLIC int vires_text(const struct vires_snapshot *snapshot, enum vires_table table, size_t row, int id,
                            const char **ret_text, size_t *ret_length);

/* The same by name, for fields that are read once or twice. -ENOENT: no such field. */
VIRES_PUBLIC int vires_number_of(const struct vires_snapshot *snapshot, enum vires_table table, size_t row,
                                 const char *name, int64_t *ret);
VIRES_PUBLIC int vires_text_of(const struct vires_snapshot *snapshot, enum vires_table table, size_t row,
                               const char *name, const char **ret_text, size_t *ret_length);

/* --- two moments --- */

/*
 * Sets what `snapshot` is compared with: an earlier one of the same source, which must live as long as rates are read;
 * NULL: none. From then on fields that need two moments (cpu_percent, minor_faults_per_s...) are there for every task
 * that is the same in both, by pid and start time, or that started in between. -EINVAL: the two are of different boots
 * or `before` is the later one.
 */
VIRES_PUBLIC int vires_compare(struct vires_snapshot *snapshot, const struct vires_snapshot *before);

/*
 * How fast a VIRES_COUNTER field rises, in the field's unit a second, between the two moments. 1: it is in *ret; 0: not
 * known (nothing to compare with, a value is absent in one of them, the counter was reset). Errors as vires_number;
 * -EINVAL also when the field is no counter or is computed.
 */
VIRES_PUBLIC int vires_rate(const struct vires_snapshot *snapshot, enum vires_table table, size_t row, int id,
                            double *ret);

#ifdef __cplusplus
}
#endif

#endif
