#include "tools/repeat.h"

#include <errno.h>
#include <signal.h>

#include "base/clock.h"

static volatile sig_atomic_t interrupted;

static void interrupt(int signal_number)
{
	(void)signal_number;
	interrupted = 1;
}

void repeat_catch_interrupt(void)
{
	struct sigaction action = { .sa_handler = interrupt };

	sigaction(SIGINT, &action, NULL);
}

bool repeat_was_interrupted(void)
{
	return interrupted;
}

static void wait_until(int64_t due_ns)
{
	struct timespec due = { .tv_sec = due_ns / NS_PER_S, .tv_nsec = due_ns % NS_PER_S };

	while (!interrupted && clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &due, NULL) == EINTR)
		;
}

bool repeat_next(struct repeat *repeat)
{
	int64_t now = clock_ns(CLOCK_MONOTONIC);

	if (interrupted || (repeat->count && repeat->taken >= repeat->count))
		return false;
	if (repeat->taken == 0) {
		repeat->due_ns = now;
		repeat->taken = 1;
		return true;
	}
	if (__builtin_add_overflow(repeat->due_ns, repeat->interval_ns, &repeat->due_ns))
		repeat->due_ns = INT64_MAX;
	if (repeat->due_ns <= now && repeat->interval_ns > 0)
		repeat->due_ns += (now - repeat->due_ns) / repeat->interval_ns * repeat->interval_ns;
	wait_until(repeat->due_ns);
	repeat->taken += !interrupted;
	return !interrupted;
}
