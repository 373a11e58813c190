#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lab/experiment.h"

enum { KIB = 1024, MIB = 1024 * KIB, FRAME = 16 * KIB, DEPTH = 4 * MIB, LIMIT = 512 * KIB };

/* Goes down until the stack is that deep, and calls `bottom` there. */
static __attribute__((noinline)) char descend(int bytes, void (*bottom)(struct stage *), struct stage *stage)
{
	volatile char frame[FRAME];

	memset((char *)frame, 1, sizeof frame);
	if (bytes > FRAME)
		return (char)(descend(bytes - FRAME, bottom, stage) + frame[0]);
	if (bottom)
		bottom(stage);
	return frame[0];
}

static void mark_bottom(struct stage *stage)
{
	stage_mark(stage, "deep");
}

static void act(struct stage *stage)
{
	struct rlimit limit;
	int status = 0;

	getrlimit(RLIMIT_STACK, &limit);
	limit.rlim_cur = 2 * DEPTH;
	if (setrlimit(RLIMIT_STACK, &limit) < 0)
		stage_skip(stage, N_("no stack of 8 MiB is permitted here (ulimit -s)"));
	stage_mark(stage, "flat");
	descend(DEPTH, mark_bottom, stage);
	stage_mark(stage, "returned");

	pid_t pid = stage_fork(stage);
	if (pid == 0) {
		/* A stack that is as deep already may stay: so begin beyond what is used. */
		setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
		setrlimit(RLIMIT_STACK, &(struct rlimit){ DEPTH + LIMIT, DEPTH + LIMIT });
		descend(2 * DEPTH, NULL, stage);
		_exit(0);
	}
	waitpid(pid, &status, 0);
	stage_report(stage, "signal", WIFSIGNALED(status) ? WTERMSIG(status) : 0);
}

static const struct claim claims[] = {
	{ N_("the stack grows with the calls, by itself"), N_("4 MiB"), CHANGE_OF(stack_bytes, "flat", "deep"),
	  BETWEEN(DEPTH - MIB / 4, DEPTH + MIB) },
	{ N_("and takes memory, since it is written to"), N_("4 MiB"), CHANGE_OF(pss_anon_bytes, "flat", "deep"),
	  BETWEEN(DEPTH - MIB / 4, DEPTH + MIB) },
	{ N_("when the functions have returned, it is as large as before"), N_("0"),
	  CHANGE_OF(stack_bytes, "deep", "returned"), EXACTLY(0) },
	{ N_("and its memory is still there"), N_("0"), CHANGE_OF(pss_anon_bytes, "deep", "returned"),
	  BETWEEN(-MIB / 4, MIB / 4) },
	{ N_("beyond the limit (ulimit -s) the kernel lets it grow no further: SIGSEGV"), N_("11"),
	  REPORT_OF("signal", PLAIN), EXACTLY(SIGSEGV) },
};

EXPERIMENT(m29_stack) = {
	.id = "M29",
	.name = "stack",
	.theme = LAB_MEMORY,
	.milliseconds = 100,
	.question = N_("Does the stack shrink when functions return?"),
	.theory = N_(
		"Frames vanish when functions return: the pointer moves back. The memory does not. The kernel "
		"extends the stack when a fault comes below it, up to the limit, and never takes it back: one deep "
		"recursion stays in RES for the life of the process. Beyond the limit the fault finds no mapping, "
		"and is a SIGSEGV."),
	.watch = N_("VmStk and RES climb with the calls, and stay."),
	.act = act,
	CLAIMS(claims),
	.file = "m29_stack.c",
};
