/*
 * The task list of the kernel in one call: the same struct task as from /proc/PID/{stat,statm,status,io,schedstat,
 * oom_score_adj}, every number exact, and some that no file tells. Needs CAP_BPF and CAP_PERFMON (or CAP_SYS_ADMIN),
 * a kernel with BTF and the open-coded task iterator (6.7). 0.1-0.3 us a process, against 20-30 us for those files;
 * 1 ms to load the program. All is gone with the process that loaded it.
 */
#ifndef KERNEL_BPF_TASKS_H
#define KERNEL_BPF_TASKS_H

#include "base/why.h"
#include "fields/task.h"
#include "kernel/bpf/record.h"
#include "kernel/units.h"

struct task_walk;

/* Cheap: whether this process may load programs at all. -EPERM with a reason. */
int task_walk_allowed(struct why *why);

/*
 * `proc_fd` is /proc: its pid namespace is what will be seen. `want` are the HAS_ bits of what a record shall hold.
 * With `threads` each thread has a record behind that of its process. -errno with a reason; `note` gets a line about
 * the cache, or "".
 */
int task_walk_open(int proc_fd, unsigned want, bool threads, struct task_walk **ret, struct why *why, struct why *note);

/* Walks. How many records there are, or -errno. They are good until the next call. */
int task_walk_take(struct task_walk *walk);

/* In the order of the kernel's list, which is that of creation. */
struct task_record *task_walk_records(struct task_walk *walk);

/* Accepts NULL. */
void task_walk_close(struct task_walk *walk);

/* Adds the fields that a record with those bits gives. */
void task_record_fields(unsigned has, struct field_set *set);

/* The bits that are needed for the wanted fields. */
unsigned task_record_bits(const struct field_set *wanted);

/* Sets them. Texts in `task` point into the record, which is why it is not const: the name of a worker is put together
 * there. */
void task_record_fill(struct task_record *record, const struct kernel_units *units, struct task *task);

#endif
