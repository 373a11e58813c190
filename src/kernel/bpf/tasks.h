/*
 * The task list of the kernel in one call: the same struct task as from /proc/PID/{stat,statm,status,io,schedstat,
 * oom_score_adj}, every number exact, and some that no file tells. 0.1-0.3 us a process, against 20-30 us for those
 * files; 1-2 ms to load the program. Needs a kernel with BTF and either CAP_BPF and CAP_PERFMON (or CAP_SYS_ADMIN): the
 * walk where there is an open-coded task iterator (6.7), else a task iterator of our own (5.11), and all is gone with
 * the process that loaded it; or a task iterator that root has pinned, and the right to read its file.
 */
#ifndef KERNEL_BPF_TASKS_H
#define KERNEL_BPF_TASKS_H

#include "base/why.h"
#include "fields/task.h"
#include "kernel/bpf/record.h"
#include "kernel/units.h"

enum task_way { WAY_BEST, WAY_WALK, WAY_ITERATOR, WAY_PLAIN_ITERATOR, WAY_PINNED };

struct task_options {
	int proc_fd; /* its pid namespace is what will be seen; stays the caller's, and open */
	bool once;   /* there will be one look: what loads at once is better than what looks fast */
	enum task_way way;
};

struct task_list;

/* Cheap: whether there is any way at all. -EPERM with a reason. */
int task_list_allowed(struct why *why);

/* About what the first look costs more than the processes that it sees, in microseconds. */
unsigned task_list_start_us(void);

/*
 * Finds the best way and its program; loads nothing yet. -errno with a reason; `note` gets a line about the cache, or
 * "".
 */
int task_list_open(const struct task_options *options, struct task_list **ret, struct why *why, struct why *note);

/*
 * What the next looks shall tell: HAS_ bits, and records of threads too. Costs only when it is something new. -errno
 * with a reason, and then there is no look before this has succeeded.
 */
int task_list_want(struct task_list *list, unsigned want, bool threads, struct why *why);

/* The way taken, for people. */
const char *task_list_way(const struct task_list *list);

/*
 * Looks, once something is wanted. Gives records in no order, good until the next call. -errno. With a `patience` above
 * 1, a walk may leave who is alone in his process and has not run since the last look as he was then, his memory apart,
 * and reads him again every so many looks.
 */
int task_list_take(struct task_list *list, unsigned patience, struct task_records *ret);

/*
 * Whether the last look was a walk: its records are by age, and command lines can be had with arguments.h, where
 * started_ns less `ret_offset_ns` is boot_ns.
 */
bool task_list_walks(const struct task_list *list, uint64_t *ret_offset_ns);

/* Accepts NULL. */
void task_list_close(struct task_list *list);

/* Adds the fields that a record with those bits gives. */
void task_record_fields(unsigned has, struct field_set *set);

/* The bits that are needed for the wanted fields. */
unsigned task_record_bits(const struct field_set *wanted);

/*
 * Sets the fields of a record. Texts in `task` point into it, which is why it is not const: the name of a worker is put
 * together there.
 */
void task_record_fill(struct task_record *record, const struct kernel_units *units, struct task *task);

/* Of these only what others can change while a process sleeps: the memory that it has in RAM and in swap. */
void task_record_fill_paid(const struct task_record *record, const struct kernel_units *units, struct task *task);

#endif
