#include "lab/crew.h"

#include <unistd.h>

static void (*task)(void);

static void *stand(void *context)
{
	struct crew *crew = context;

	if (task)
		task();
	pthread_barrier_wait(&crew->ready);
	pthread_barrier_wait(&crew->home);
	return NULL;
}

bool crew_start(struct crew *crew, size_t count, size_t stack_bytes, void (*act)(void))
{
	pthread_attr_t attributes;

	task = act;
	pthread_barrier_init(&crew->ready, NULL, (unsigned)count + 1);
	pthread_barrier_init(&crew->home, NULL, (unsigned)count + 1);
	pthread_attr_init(&attributes);
	pthread_attr_setstacksize(&attributes, stack_bytes);
	for (crew->count = 0; crew->count < count; crew->count++)
		if (pthread_create(&crew->threads[crew->count], &attributes, stand, crew) != 0)
			return false; /* those that are there wait until the experiment's process ends */
	pthread_barrier_wait(&crew->ready);
	return true;
}

void crew_end(struct crew *crew)
{
	pthread_barrier_wait(&crew->home);
	for (size_t i = 0; i < crew->count; i++)
		pthread_join(crew->threads[i], NULL);
}
