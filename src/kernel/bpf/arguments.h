/*
 * Command lines by eBPF: the bytes of /proc/PID/cmdline, 1 us each instead of 5-8. Needs what the walk of tasks.h
 * needs. What it does not tell (see argument.h) the file does: long ones, titles written over the arguments, and those
 * that are not in RAM of processes that belong neither to root nor to the reader: their owner could hold the reader up.
 */
#ifndef KERNEL_BPF_ARGUMENTS_H
#define KERNEL_BPF_ARGUMENTS_H

#include "base/buffer.h"
#include "base/why.h"
#include "kernel/bpf/argument.h"

struct arguments;

/* -errno with a reason; `note` gets a line about the cache, or "". */
int arguments_open(struct arguments **ret, struct why *why, struct why *note);

/*
 * Answers `count` questions: host_pid and boot_ns are set. Texts are added to `texts`, and `at` tells where in it one
 * is. -errno, and then nothing is answered.
 */
int arguments_read(struct arguments *arguments, struct argument *asked, size_t count, struct buffer *texts);

/* Accepts NULL. */
void arguments_close(struct arguments *arguments);

#endif
