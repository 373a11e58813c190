#include <errno.h>
#include <sched.h>
#include <unistd.h>

#include "lab/experiment.h"
#include "lab/look.h"
#include "lab/peer.h"

enum { SAMPLES = 50 };

static void spin_on(struct peer *peer, void *context)
{
	cpu_set_t one;

	CPU_ZERO(&one);
	CPU_SET(*(int *)context, &one);
	if (sched_setaffinity(0, sizeof one, &one) < 0)
		_exit(1);
	peer_stop(peer);
	for (volatile unsigned long i = 0;; i++)
		;
}

/* In how many of some looks a process that may use only this CPU was there. */
static int count_there(struct stage *stage, int cpu)
{
	struct peer peer;
	int there = 0;

	peer_start(stage, &peer, spin_on, &cpu);
	peer_send(&peer);
	for (int i = 0; i < SAMPLES; i++) {
		usleep(2000);
		there += look_task(peer.pid, TASK_cpu_last) == cpu;
	}
	peer_end(&peer);
	return there;
}

static void act(struct stage *stage)
{
	cpu_set_t allowed, none;
	int first = -1, last = -1;

	CPU_ZERO(&allowed);
	CPU_ZERO(&none);
	CPU_SET(CPU_SETSIZE - 1, &none);
	sched_getaffinity(0, sizeof allowed, &allowed);
	for (int i = 0; i < CPU_SETSIZE; i++) {
		first = first < 0 && CPU_ISSET(i, &allowed) ? i : first;
		last = CPU_ISSET(i, &allowed) ? i : last;
	}
	stage_report(stage, "first", count_there(stage, first));
	if (last != first)
		stage_report(stage, "last", count_there(stage, last));
	stage_report(stage, "error", sched_setaffinity(0, sizeof none, &none) < 0 ? errno : 0);
}

static const struct claim claims[] = {
	{ N_("a process that may use the first CPU only, in 50 looks was there"), "50", REPORT_OF("first", PLAIN),
	  EXACTLY(SAMPLES) },
	{ N_("and on the last, the same"), "50", REPORT_OF("last", PLAIN), EXACTLY(SAMPLES), .if_seen = true },
	{ N_("a CPU that is not there is refused"), N_("EINVAL (22)"), REPORT_OF("error", PLAIN), EXACTLY(EINVAL) },
};

EXPERIMENT(c05_affinity) = {
	.id = "C05",
	.name = "affinity",
	.theme = LAB_SCHEDULER,
	.milliseconds = 300,
	.question = N_("Does taskset give a process a CPU of its own?"),
	.theory = N_(
		"It restricts this process to some CPUs, no more: all others may use them as before, and the process "
		"may wait there while another CPU is idle. To keep others away takes a cpuset, or isolcpus at boot."),
	.watch = N_("Fifty looks at where it runs."),
	.act = act,
	CLAIMS(claims),
	.file = "c05_affinity.c",
};
