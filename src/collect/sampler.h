/*
 * A source that is asked in one thread and reads in another, so that whoever asks can go on with its keys and its
 * drawing. One sample at a time.
 */
#ifndef COLLECT_SAMPLER_H
#define COLLECT_SAMPLER_H

#include "model/source.h"

struct sampler;

/* Takes the source over, also when it fails: -errno. Its thread has all signals blocked. */
int sampler_new(struct source *source, struct sampler **ret);

/* Waits for the sample that is under way. Accepts NULL. */
void sampler_free(struct sampler *sampler);

/* A descriptor that can be read from when a sample is ready, until it is taken. */
int sampler_fd(const struct sampler *sampler);

/*
 * Starts a sample at `due_ns` (CLOCK_MONOTONIC; 0: now). What `request` points to must live, unchanged, until the
 * result is taken; `choose` is called in the other thread. False, and nothing happens, when one is asked for, under way
 * or not taken yet. Who is going to ask for another, due at `next_ns` or later, wakes nobody by that; INT64_MAX: not
 * known.
 */
bool sampler_ask(struct sampler *sampler, const struct request *request, int64_t due_ns, int64_t next_ns);

/* Takes back what was asked for, as if it had not been. False when it has begun, or nothing was asked for. */
bool sampler_recall(struct sampler *sampler);

/* -EAGAIN while none is ready; else 0 and the sample, or the -errno of the source. */
int sampler_take(struct sampler *sampler, struct snapshot *ret);

#endif
