#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lab/experiment.h"

enum { CHILDREN = 3, PATIENCE_MS = 5000 };

/* As process 1 of its namespace: starts some more, who all hold `alive` open, and ends when told. */
static void be_init(int alive, int go)
{
	char byte;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (int i = 0; i < CHILDREN; i++)
		if (fork() == 0)
			for (;;)
				pause();
	if (write(alive, "", 1) == 1 && read(go, &byte, 1) < 0)
		_exit(1);
	_exit(0);
}

static void act(struct stage *stage)
{
	int alive[2], go[2], status = 0;
	char byte;

	if (pipe(alive) < 0 || pipe(go) < 0)
		stage_skip(stage, N_("no pipes left"));
	if (unshare((geteuid() == 0 ? 0 : CLONE_NEWUSER) | CLONE_NEWPID) < 0)
		stage_skip(stage, N_("no namespace of process numbers may be made here"));
	pid_t init = fork(); /* not stage_fork: its parent has no number in there */
	if (init == 0)
		be_init(alive[1], go[0]);
	close(alive[1]);
	if (init < 0 || read(alive[0], &byte, 1) != 1)
		stage_skip(stage, N_("no process can be started in the new namespace"));
	struct pollfd end = { .fd = alive[0], .events = POLLIN };
	stage_report(stage, "ended before", poll(&end, 1, 100));
	stage_report(stage, "told", write(go[1], "", 1));
	stage_report(stage, "ended after", poll(&end, 1, PATIENCE_MS) == 1 && end.revents & POLLHUP);
	waitpid(init, &status, 0);
	stage_report(stage, "status", WIFEXITED(status) ? WEXITSTATUS(status) : -1);
}

static const struct claim claims[] = {
	{ N_("while their init lives, its children do"), "0", REPORT_OF("ended before", PLAIN), EXACTLY(0) },
	{ N_("init ends, as any program may"), "0", REPORT_OF("status", PLAIN), EXACTLY(0) },
	{ N_("and all three are killed, though nobody sent them a signal"), "1", REPORT_OF("ended after", PLAIN),
	  EXACTLY(1) },
};

EXPERIMENT(p08_init_exit) = {
	.id = "P08",
	.name = "init-exit",
	.theme = LAB_PROCESS,
	.milliseconds = 300,
	.question = N_("What happens when process 1 ends?"),
	.theory = N_(
		"When an ordinary program's main returns, the system goes on. Without process 1 nobody could adopt "
		"orphans: the kernel panics. In a namespace of process numbers, as each container has, it kills all "
		"processes of that namespace instead: that is how a container ends with its first program."),
	.watch = N_("Three processes that end with their init."),
	.act = act,
	CLAIMS(claims),
	.file = "p08_init_exit.c",
};
