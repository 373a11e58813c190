/* The control group of an experiment (`.groups`), for those who are its only user. */
#ifndef LAB_LIMITED_H
#define LAB_LIMITED_H

#include "lab/peer.h"

/* Sets a number of the group. The experiment ends where that is not possible. */
void limited_set(struct stage *stage, enum group_number number, int64_t value);

/* A number of the group, or UNSEEN. */
int64_t limited_get(struct stage *stage, enum group_number number);

/* A limit of memory, and none of it on swap; -1 for none. */
void limited_memory(struct stage *stage, int64_t bytes);

/* As peer_start, of a process inside the group. */
void limited_start(struct stage *stage, struct peer *peer, void (*act)(struct peer *peer, void *context),
                   void *context);

#endif
