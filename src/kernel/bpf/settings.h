/* How a program shall look for this reader: his namespace, his rights. */
#ifndef KERNEL_BPF_SETTINGS_H
#define KERNEL_BPF_SETTINGS_H

#include <stdbool.h>

#include "base/why.h"
#include "kernel/bpf/record.h"

/* CAP_BPF and CAP_PERFMON, or CAP_SYS_ADMIN. */
bool may_load_programs(void);

/* CAP_SYS_PTRACE. */
bool may_trace_all(void);

/* For ourselves, looking through `proc_fd`; nothing is wanted yet. -errno with a reason. */
int settings_for_us(int proc_fd, struct task_settings *ret, struct why *why);

/* For whoever will read: nothing that /proc would hide from him. -errno with a reason. */
int settings_for_anyone(int proc_fd, bool threads, struct task_settings *ret, struct why *why);

#endif
