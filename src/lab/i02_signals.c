#include <errno.h>
#include <signal.h>
#include <unistd.h>

#include "lab/experiment.h"

enum { SIGNALS = 64 };

#define BIT(number) (INT64_C(1) << ((number)-1))

/* The bits of numbers 32 and 33, which the C library keeps for its threads and lets nobody block. */
#define OF_THE_LIBRARY (BIT(32) | BIT(33))

static void handle(int number)
{
	(void)number;
}

static void act(struct stage *stage)
{
	struct sigaction action = { .sa_handler = handle };
	sigset_t all;
	int caught = 0, kill_error = 0, stop_error = 0;

	for (int i = 1; i <= SIGNALS; i++) {
		int error = sigaction(i, &action, NULL) < 0 ? errno : 0;
		caught += !error;
		kill_error = i == SIGKILL ? error : kill_error;
		stop_error = i == SIGSTOP ? error : stop_error;
	}
	stage_report(stage, "caught", caught);
	stage_report(stage, "kill", kill_error);
	stage_report(stage, "stop", stop_error);
	signal(SIGUSR2, SIG_IGN);
	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, NULL);
	kill(getpid(), SIGUSR1);
	kill(getpid(), SIGUSR2);
	stage_mark(stage, "blocked");
}

static const struct claim claims[] = {
	{ N_("of 64 signals so many can be caught"), N_("64 - SIGKILL - SIGSTOP - 2 of the C library = 60"),
	  REPORT_OF("caught", PLAIN), EXACTLY(SIGNALS - 4) },
	{ N_("catching SIGKILL"), N_("EINVAL (22)"), REPORT_OF("kill", PLAIN), EXACTLY(EINVAL) },
	{ N_("catching SIGSTOP"), N_("EINVAL (22)"), REPORT_OF("stop", PLAIN), EXACTLY(EINVAL) },
	{ N_("blocking all leaves out 9, 19 and the library's"), N_("all bits but these"),
	  LEVEL_OF(signals_blocked, "blocked"), EXACTLY(~(BIT(SIGKILL) | BIT(SIGSTOP) | OF_THE_LIBRARY)) },
	{ N_("ignored (SIGUSR2)"), "0x800", LEVEL_OF(signals_ignored, "blocked"), EXACTLY(BIT(SIGUSR2)) },
	{ N_("a blocked signal waits (SIGUSR1), an ignored one too while it is blocked"), "0xa00",
	  LEVEL_OF(signals_pending, "blocked"), BETWEEN(BIT(SIGUSR1), BIT(SIGUSR1) | BIT(SIGUSR2)) },
};

EXPERIMENT(i02_signals) = {
	.id = "I02",
	.name = "signals",
	.theme = LAB_IPC,
	.milliseconds = 100,
	.question = N_("Which signals can a process refuse?"),
	.theory = N_(
		"A process may catch a signal, ignore it, or block it for a while; then it waits (pending). Only "
		"SIGKILL and SIGSTOP reach everyone: the system must be able to get rid of any process. There are 64 "
		"numbers; from 34 on they have no names of their own, are queued, and are free for programs."),
	.watch = N_("The four masks of /proc/PID/status, bit by bit."),
	.act = act,
	CLAIMS(claims),
	.file = "i02_signals.c",
};
