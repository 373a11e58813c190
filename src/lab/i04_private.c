#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lab/experiment.h"

enum { BEFORE = 1, AFTER = 42 };

static volatile int variable = BEFORE;

static void act(struct stage *stage)
{
	volatile int *shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	volatile int *private = mmap(NULL, sizeof *private, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	*shared = *private = BEFORE;
	pid_t pid = stage_fork(stage);
	if (pid == 0) {
		variable = *shared = *private = AFTER;
		_exit(0);
	}
	waitpid(pid, NULL, 0);
	stage_report(stage, "variable", variable);
	stage_report(stage, "private", *private);
	stage_report(stage, "shared", *shared);
}

static const struct claim claims[] = {
	{ N_("a global variable that the child set to 42"), "1", REPORT_OF("variable", PLAIN), EXACTLY(BEFORE) },
	{ N_("the same in a private mapping"), "1", REPORT_OF("private", PLAIN), EXACTLY(BEFORE) },
	{ N_("in a shared mapping"), "42", REPORT_OF("shared", PLAIN), EXACTLY(AFTER) },
};

EXPERIMENT(i04_private) = {
	.id = "I04",
	.name = "private",
	.theme = LAB_IPC,
	.milliseconds = 100,
	.question = N_("Do parent and child share their variables?"),
	.theory = N_(
		"No. At fork they are equal; from then on each has its own, copied at the first write. Only memory "
		"that was mapped as shared before the fork, or by both from one file, shows what the other writes."),
	.watch = N_("Three variables after the child has set them to 42."),
	.act = act,
	CLAIMS(claims),
	.file = "i04_private.c",
};
