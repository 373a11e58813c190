/*
 * The files of /proc/PID that hold one number. World readable; 4-5 us a read; all three were made for programs.
 *
 * - oom_score: 0 to 2000, how soon the kernel would kill this process. Computed at each read from its memory and the
 *   limits of its memory cgroup or cpuset.
 * - oom_score_adj: -1000 to 1000, as the administrator wrote it.
 * - loginuid: who logged in; 4294967295 for none. No newline at its end: a cut one cannot be told. Needs CONFIG_AUDIT.
 */
#ifndef KERNEL_PID_NUMBER_H
#define KERNEL_PID_NUMBER_H

#include "fields/task.h"
#include "kernel/units.h"

/* Each sets its one row. -EBADMSG, and nothing set, when the bytes are no such number. */
int pid_oom_score_parse(struct span bytes, const struct kernel_units *units, struct task *task);
int pid_oom_score_adj_parse(struct span bytes, const struct kernel_units *units, struct task *task);
int pid_loginuid_parse(struct span bytes, const struct kernel_units *units, struct task *task);

#endif
