#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lab/experiment.h"
#include "lab/look.h"

static volatile sig_atomic_t handled;

static void handle(int number)
{
	(void)number;
	handled++;
}

/* The parent of a vfork waits until its child lets go of the address space; this one never does. */
static void wait_in_vfork(void)
{
	signal(SIGUSR1, handle);
	if (vfork() == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		for (;;)
			pause();
	}
}

static void wait_for_network(void)
{
	int ends[2];
	char byte;

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0 && read(ends[0], &byte, 1) < 0)
		_exit(1);
}

static pid_t start(struct stage *stage, void (*act)(void))
{
	pid_t pid = stage_fork(stage);

	if (pid == 0) {
		act();
		_exit(0);
	}
	return pid;
}

static void act(struct stage *stage)
{
	pid_t network = start(stage, wait_for_network), disk = start(stage, wait_in_vfork);
	int status = 0;

	look_becomes(network, 'S');
	stage_mark_of(stage, "network", network);
	look_becomes(disk, 'D');
	stage_mark_of(stage, "begin", disk);
	kill(disk, SIGUSR1);
	kill(disk, SIGSTOP);
	usleep(100000);
	stage_mark_of(stage, "signalled", disk);
	stage_report(stage, "stopped", waitpid(disk, &status, WNOHANG | WUNTRACED) != 0);
	kill(disk, SIGKILL);
	waitpid(disk, &status, 0);
	stage_report(stage, "signal", WIFSIGNALED(status) ? WTERMSIG(status) : 0);
}

static const struct claim claims[] = {
	{ N_("who reads from a socket sleeps"), "S", LEVEL_OF(state, "network"), EXACTLY('S') },
	{ N_("the parent of a vfork does not sleep that lightly"), "D", LEVEL_OF(state, "begin"), EXACTLY('D') },
	{ N_("SIGSTOP does not stop it, and SIGUSR1 does not reach its handler"), "D", LEVEL_OF(state, "signalled"),
	  EXACTLY('D') },
	{ N_("its parent hears of no stop"), "0", REPORT_OF("stopped", PLAIN), EXACTLY(0) },
	{ N_("both wait: signals pending"), N_("bits of SIGUSR1 and SIGSTOP: 0x40200"),
	  LEVEL_OF(signals_pending, "signalled"), EXACTLY(1 << (SIGUSR1 - 1) | 1 << (SIGSTOP - 1)) },
	{ N_("it uses no CPU"), N_("0"), CHANGE_OF(cpu_ns, "begin", "signalled"), EXACTLY(0) },
	{ N_("what would be its death, SIGKILL, ends this kind"), "9", REPORT_OF("signal", PLAIN), EXACTLY(SIGKILL) },
};

EXPERIMENT(p02_uninterruptible) = {
	.id = "P02",
	.name = "uninterruptible",
	.theme = LAB_PROCESS,
	.milliseconds = 300,
	.question = N_("What can end a process in state D?"),
	.theory = N_(
		"D is a wait that must come to its end: the kernel holds something half done, for a disk mostly, or "
		"here for the address space that a vfork has lent out. Signals wait as well. Since Linux 2.6.25 "
		"many of these waits let SIGKILL through (killable), as this one does; where a disk or an NFS "
		"server hangs, not even that helps. Such processes use no CPU, but count in the load average. "
		"Waiting for the network is usually plain S."),
	.watch = N_("D stays D under signals."),
	.act = act,
	CLAIMS(claims),
	.file = "p02_uninterruptible.c",
};
