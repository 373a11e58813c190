/*
 * A task iterator: its file, read whole, gives the same records as the walk. Loaded for ourselves (kernels since 5.11),
 * or pinned by root into a bpffs, where the file's mode alone decides who may read it.
 */
#ifndef KERNEL_BPF_STREAM_H
#define KERNEL_BPF_STREAM_H

#include <stdbool.h>

#include "kernel/bpf/program.h"
#include "kernel/bpf/record.h"

struct stream;

/* Loads that program. -errno with a reason. */
int stream_load(const struct program_image *image, const struct task_settings *settings, struct stream **ret,
                struct why *why);

/* Opens what was pinned at `path`, with or without records of threads. -errno. */
int stream_open(const char *path, bool threads, struct stream **ret);

/* Leaves it in a bpffs at `path`, for the owner alone. -errno. */
int stream_pin(const struct stream *stream, const char *path);

/* As walker_take(). */
int stream_take(struct stream *stream, struct task_records *ret);

/* Accepts NULL. */
void stream_close(struct stream *stream);

#endif
