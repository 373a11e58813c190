/* Threads that come up, do something once, and stand still until they are sent home. */
#ifndef LAB_CREW_H
#define LAB_CREW_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

enum { CREW_MOST = 128 };

struct crew {
	pthread_t threads[CREW_MOST];
	size_t count;
	pthread_barrier_t ready, home;
};

/* Starts `count` threads with stacks of that size, each of which runs `act` (or nothing). Returns when all have; false,
 * and there is none, when so many cannot be had. */
bool crew_start(struct crew *crew, size_t count, size_t stack_bytes, void (*act)(void));

/* Sends them home and waits for them. */
void crew_end(struct crew *crew);

#endif
