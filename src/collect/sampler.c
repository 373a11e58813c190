#include "collect/sampler.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum state { IDLE, ASKED, READY, ENDING };

struct sampler {
	struct source *source;
	pthread_t thread;
	pthread_mutex_t mutex;
	pthread_cond_t changed;
	int event_fd;
	/* under the mutex */
	enum state state;
	struct request request;
	struct snapshot result;
	int error;
};

static void *sample(void *context)
{
	struct sampler *sampler = context;

	pthread_mutex_lock(&sampler->mutex);
	while (sampler->state != ENDING) {
		if (sampler->state != ASKED) {
			pthread_cond_wait(&sampler->changed, &sampler->mutex);
			continue;
		}
		pthread_mutex_unlock(&sampler->mutex);
		int r = source_take(sampler->source, &sampler->request, &sampler->result);
		pthread_mutex_lock(&sampler->mutex);
		sampler->error = r;
		if (sampler->state == ASKED) {
			sampler->state = READY;
			/* Who wakes up by it wants the mutex at once. */
			pthread_mutex_unlock(&sampler->mutex);
			eventfd_write(sampler->event_fd, 1);
			pthread_mutex_lock(&sampler->mutex);
		} else if (r == 0) {
			snapshot_done(&sampler->result);
		}
	}
	pthread_mutex_unlock(&sampler->mutex);
	return NULL;
}

/* Signals are for the thread that asks. */
static int start(struct sampler *sampler)
{
	sigset_t all, before;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	int r = pthread_create(&sampler->thread, NULL, sample, sampler);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return -r;
}

static void discard(struct sampler *sampler)
{
	if (sampler->event_fd >= 0)
		close(sampler->event_fd);
	pthread_mutex_destroy(&sampler->mutex);
	pthread_cond_destroy(&sampler->changed);
	source_free(sampler->source);
	free(sampler);
}

int sampler_new(struct source *source, struct sampler **ret)
{
	struct sampler *sampler = calloc(1, sizeof *sampler);

	if (!sampler) {
		source_free(source);
		return -ENOMEM;
	}
	sampler->source = source;
	pthread_mutex_init(&sampler->mutex, NULL);
	pthread_cond_init(&sampler->changed, NULL);
	sampler->event_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	int r = sampler->event_fd < 0 ? -errno : start(sampler);
	if (r < 0)
		discard(sampler);
	else
		*ret = sampler;
	return r;
}

static void set_state(struct sampler *sampler, enum state state)
{
	pthread_mutex_lock(&sampler->mutex);
	sampler->state = state;
	pthread_cond_signal(&sampler->changed);
	pthread_mutex_unlock(&sampler->mutex);
}

void sampler_free(struct sampler *sampler)
{
	struct snapshot left;

	if (!sampler)
		return;
	if (sampler_take(sampler, &left) == 0)
		snapshot_done(&left);
	set_state(sampler, ENDING);
	pthread_join(sampler->thread, NULL);
	discard(sampler);
}

int sampler_fd(const struct sampler *sampler)
{
	return sampler->event_fd;
}

bool sampler_ask(struct sampler *sampler, const struct request *request)
{
	pthread_mutex_lock(&sampler->mutex);
	bool idle = sampler->state == IDLE;
	if (idle) {
		sampler->request = *request;
		sampler->state = ASKED;
	}
	pthread_mutex_unlock(&sampler->mutex);
	if (idle)
		pthread_cond_signal(&sampler->changed);
	return idle;
}

int sampler_take(struct sampler *sampler, struct snapshot *ret)
{
	int r = -EAGAIN;
	eventfd_t count;

	/* Also what was written after its result was taken. */
	eventfd_read(sampler->event_fd, &count);
	pthread_mutex_lock(&sampler->mutex);
	if (sampler->state == READY) {
		sampler->state = IDLE;
		r = sampler->error;
		if (r == 0)
			*ret = sampler->result;
	}
	pthread_mutex_unlock(&sampler->mutex);
	return r;
}
