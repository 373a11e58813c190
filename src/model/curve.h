/*
 * How large each process was, from when it was first seen until now, in a few points: when there are too many, every
 * other one goes and the rest stand for twice the time.
 */
#ifndef MODEL_CURVE_H
#define MODEL_CURVE_H

#include "model/snapshot.h"

enum { CURVE_POINTS = 40 };

struct curve {
	int64_t pid, started_ns;
	int64_t first_ns;           /* monotonic */
	uint32_t every, seen;       /* one sample in `every` is kept */
	uint32_t kib[CURVE_POINTS]; /* RES, oldest first */
	uint32_t count;
};

struct curve_set {
	struct curve *at; /* owned, in the order of the rows of the last snapshot */
	size_t count;
};

/* Takes note of the processes of a snapshot with pid, started_ns and rss_bytes; forgets those that are gone. -ENOMEM,
 * and nothing is changed. */
int curve_set_update(struct curve_set *curves, const struct snapshot *snapshot);

/* NULL when it has not been seen. */
const struct curve *curve_set_find(const struct curve_set *curves, int64_t pid, int64_t started_ns);

void curve_set_done(struct curve_set *curves);

#endif
