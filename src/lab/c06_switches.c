#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/clock.h"
#include "lab/experiment.h"
#include "lab/hogs.h"
#include "lab/look.h"
#include "lab/peer.h"

enum { ROUNDS = 5000, HOGS = 4, MILLISECONDS = 800, CALLS = 100000 };

struct pipes {
	int there[2], back[2];
};

static void answer(struct peer *peer, void *context)
{
	struct pipes *pipes = context;
	char byte;

	(void)peer;
	peer_stop(peer);
	while (read(pipes->there[0], &byte, 1) == 1 && write(pipes->back[1], &byte, 1) == 1)
		;
}

/* Both on one CPU, so that each message needs a switch; this process stays there. */
static void stay_on_one_cpu(void)
{
	cpu_set_t one;

	CPU_ZERO(&one);
	CPU_SET(sched_getcpu(), &one);
	sched_setaffinity(0, sizeof one, &one);
}

static int64_t switches_so_far(void)
{
	return look_task(getpid(), TASK_voluntary_switches) + look_task(getpid(), TASK_involuntary_switches);
}

static void ping_pong(struct stage *stage)
{
	struct pipes pipes;
	struct peer peer;
	char byte = 0;

	if (pipe(pipes.there) < 0 || pipe(pipes.back) < 0)
		stage_skip(stage, N_("no pipes left"));
	peer_start(stage, &peer, answer, &pipes);
	peer_send(&peer);
	int64_t switches = switches_so_far(), begin = clock_ns(CLOCK_MONOTONIC);
	for (int i = 0; i < ROUNDS; i++)
		if (write(pipes.there[1], &byte, 1) != 1 || read(pipes.back[0], &byte, 1) != 1)
			stage_skip(stage, N_("the pipe broke"));
	stage_report(stage, "round trip", (clock_ns(CLOCK_MONOTONIC) - begin) / ROUNDS);
	stage_report(stage, "switches", switches_so_far() - switches);
	peer_end(&peer);
}

static void act(struct stage *stage)
{
	static const struct hog hogs[HOGS] = { { .lane = NULL } };
	struct hog_share shares[HOGS];
	int64_t run = 0, wait = 0, begin;

	hogs_run(stage, hogs, HOGS, MILLISECONDS, shares);
	for (int i = 0; i < HOGS; i++) {
		run += shares[i].run_ns;
		wait += shares[i].wait_ns;
	}
	stage_report(stage, "waited", run + wait > 0 ? wait * 1000 / (run + wait) : 0);
	begin = clock_ns(CLOCK_MONOTONIC);
	for (int i = 0; i < CALLS; i++)
		syscall(SYS_getppid);
	stage_report(stage, "call", (clock_ns(CLOCK_MONOTONIC) - begin) / CALLS);
	stay_on_one_cpu();
	ping_pong(stage);
}

static const struct claim claims[] = {
	{ N_("5,000 messages there and back on one CPU: times this process left the CPU"), N_("once a message"),
	  REPORT_OF("switches", PLAIN), AT_LEAST(ROUNDS * 9 / 10) },
	{ N_("time for a message there and back"), N_("some microseconds: two switches"),
	  REPORT_OF("round trip", NANOSECONDS), .observed = true },
	{ N_("beside that, a system call without a switch"), N_("a tenth of it or less"),
	  REPORT_OF("call", NANOSECONDS), .observed = true },
	{ N_("four that want one CPU: part of the time that each waits for it"),
	  N_("3 of 4, or more when others want it"), REPORT_OF("waited", FRACTION), BETWEEN(650, 1000) },
};

EXPERIMENT(c06_switches) = {
	.id = "C06",
	.name = "switches",
	.theme = LAB_SCHEDULER,
	.milliseconds = 1500,
	.question = N_("What does a context switch cost?"),
	.theory = N_(
		"Registers are exchanged, and with another process the page table: a microsecond or two. More is lost "
		"afterwards, when caches and TLB hold what belongs to the other one. R in the state column does not "
		"tell running from waiting for the CPU; /proc/PID/schedstat counts both, and the part that was "
		"waited tells whether there are too few CPUs."),
	.watch = N_("Time run and time waited; switches one by one."),
	.act = act,
	CLAIMS(claims),
	.file = "c06_switches.c",
};
