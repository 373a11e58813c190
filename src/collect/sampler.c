#include "collect/sampler.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/clock.h"

enum state { IDLE, ASKED, TAKING, READY, ENDING };

struct sampler {
	struct source *source;
	pthread_t thread;
	pthread_mutex_t mutex;
	pthread_cond_t changed;
	int event_fd;
	/* under the mutex */
	enum state state;
	struct request request;
	int64_t due_ns, next_ns; /* of the request, and about when there will be another */
	int64_t wakes_ns;        /* when the thread looks at all this by itself */
	struct snapshot result;
	int error;
};

/* Until there is something to do, or it may be time for it. */
static void rest(struct sampler *sampler)
{
	bool asked = sampler->state == ASKED;

	sampler->wakes_ns = asked ? sampler->due_ns : sampler->next_ns;
	if (!asked)
		sampler->next_ns = INT64_MAX;
	struct timespec wakes = { sampler->wakes_ns / NS_PER_S, sampler->wakes_ns % NS_PER_S };
	if (sampler->wakes_ns == INT64_MAX)
		pthread_cond_wait(&sampler->changed, &sampler->mutex);
	else
		pthread_cond_timedwait(&sampler->changed, &sampler->mutex, &wakes);
}

static bool has_work(const struct sampler *sampler)
{
	return sampler->state == ASKED && (sampler->due_ns == 0 || clock_ns(CLOCK_MONOTONIC) >= sampler->due_ns);
}

static void *sample(void *context)
{
	struct sampler *sampler = context;

	pthread_mutex_lock(&sampler->mutex);
	while (sampler->state != ENDING) {
		if (!has_work(sampler)) {
			rest(sampler);
			continue;
		}
		sampler->state = TAKING;
		pthread_mutex_unlock(&sampler->mutex);
		int r = source_take(sampler->source, &sampler->request, &sampler->result);
		pthread_mutex_lock(&sampler->mutex);
		sampler->error = r;
		if (sampler->state == TAKING) {
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
	pthread_condattr_t monotonic;

	if (!sampler) {
		source_free(source);
		return -ENOMEM;
	}
	sampler->source = source;
	sampler->next_ns = sampler->wakes_ns = INT64_MAX;
	pthread_mutex_init(&sampler->mutex, NULL);
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&sampler->changed, &monotonic);
	pthread_condattr_destroy(&monotonic);
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

bool sampler_ask(struct sampler *sampler, const struct request *request, int64_t due_ns, int64_t next_ns)
{
	pthread_mutex_lock(&sampler->mutex);
	bool idle = sampler->state == IDLE, late = idle && due_ns < sampler->wakes_ns;
	if (idle) {
		sampler->request = *request;
		sampler->due_ns = due_ns;
		sampler->next_ns = next_ns;
		sampler->state = ASKED;
	}
	pthread_mutex_unlock(&sampler->mutex);
	if (late)
		pthread_cond_signal(&sampler->changed);
	return idle;
}

bool sampler_recall(struct sampler *sampler)
{
	pthread_mutex_lock(&sampler->mutex);
	bool asked = sampler->state == ASKED;
	if (asked)
		sampler->state = IDLE;
	pthread_mutex_unlock(&sampler->mutex);
	return asked;
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
