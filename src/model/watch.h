/*
 * How large each process was a while ago: when it was first seen, and once that is long ago, five to ten minutes back,
 * so that what began to grow late is seen as well. Forgets those that are gone.
 */
#ifndef MODEL_WATCH_H
#define MODEL_WATCH_H

#include "model/snapshot.h"

struct sighting {
	int64_t pid, started_ns;
	int64_t monotonic_ns, rss_bytes;
	int64_t later_ns, later_rss_bytes; /* what takes their place when it is old enough */
};

struct watch {
	struct sighting *sightings; /* owned, by (pid, started_ns) */
	size_t count;
};

/* Takes note of the processes of a snapshot that has pid, started_ns and rss_bytes. -ENOMEM, and nothing is changed. */
int watch_update(struct watch *watch, const struct snapshot *snapshot);

/* The sighting that growth counts from; false when it has not been seen. */
bool watch_first(const struct watch *watch, int64_t pid, int64_t started_ns, struct sighting *ret);

void watch_done(struct watch *watch);

#endif
