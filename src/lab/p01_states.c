#include <signal.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lab/experiment.h"
#include "lab/look.h"

enum { KERNEL_THREAD = 0x200000 };

static void spin(void)
{
	for (volatile unsigned long i = 0;; i++)
		;
}

static void sleep_on(void)
{
	for (;;)
		pause();
}

static void leave(void)
{
	_exit(0);
}

/* Its parent waits until the child of a vfork lets go of the address space, and cannot be interrupted meanwhile. */
static void vfork_and_wait(void)
{
	if (vfork() == 0)
		for (;;)
			pause();
}

static pid_t start(struct stage *stage, void (*act)(void))
{
	pid_t pid = stage_fork(stage);

	if (pid == 0)
		act();
	return pid;
}

static void show(struct stage *stage, const char *mark, pid_t pid, char state)
{
	const char letter[] = { state, '\0' };

	if (look_becomes(pid, state))
		stage_point(stage, letter, 0, 1);
	stage_mark_of(stage, mark, pid);
}

static void count_idle(void *context, const struct view *view, size_t row)
{
	int64_t flags, state;

	if (view_number(view, row, TASK_flags, &flags) && flags & KERNEL_THREAD &&
	    view_number(view, row, TASK_state, &state) && state == 'I')
		(*(int64_t *)context)++;
}

static void act(struct stage *stage)
{
	static const uint8_t fields[] = { TASK_flags, TASK_state, TASK_pid };
	pid_t stopped = start(stage, sleep_on), traced = start(stage, sleep_on);
	int64_t idle = 0;

	show(stage, "spinning", start(stage, spin), 'R');
	show(stage, "waiting", start(stage, sleep_on), 'S');
	kill(stopped, SIGSTOP);
	show(stage, "stopped", stopped, 'T');
	if (ptrace(PTRACE_SEIZE, traced, NULL, NULL) == 0 && ptrace(PTRACE_INTERRUPT, traced, NULL, NULL) == 0) {
		stage_report(stage, "traced", look_becomes(traced, 't') ? look_task(traced, TASK_state) : 0);
		stage_point(stage, "t", 0, 1);
	}
	show(stage, "ended", start(stage, leave), 'Z');
	show(stage, "vfork", start(stage, vfork_and_wait), 'D');
	if (look_each(fields, count_idle, &idle) && idle > 0) {
		stage_report(stage, "idle", idle);
		stage_point(stage, "I", 0, idle);
	}
}

static const struct series series[] = {
	{ .label = "R", .from = FROM_POINTS }, { .label = "S", .from = FROM_POINTS },
	{ .label = "T", .from = FROM_POINTS }, { .label = "t", .from = FROM_POINTS },
	{ .label = "Z", .from = FROM_POINTS }, { .label = "D", .from = FROM_POINTS },
	{ .label = "I", .from = FROM_POINTS },
};
static const struct picture picture = { .kind = PICTURE_STATES, SERIES(series) };

static const struct claim claims[] = {
	{ N_("a loop: runs, or waits for a CPU"), "R", LEVEL_OF(state, "spinning"), EXACTLY('R') },
	{ N_("a pause: sleeps, a signal wakes it"), "S", LEVEL_OF(state, "waiting"), EXACTLY('S') },
	{ N_("after SIGSTOP: stopped"), "T", LEVEL_OF(state, "stopped"), EXACTLY('T') },
	{ N_("held by a tracer"), "t", REPORT_OF("traced", LETTER), EXACTLY('t'), .if_seen = true },
	{ N_("ended, and not yet waited for"), "Z", LEVEL_OF(state, "ended"), EXACTLY('Z') },
	{ N_("in vfork, until the child lets go: cannot be interrupted"), "D", LEVEL_OF(state, "vfork"), EXACTLY('D') },
	{ N_("threads of the kernel that wait for work"), N_("I, most of them"), REPORT_OF("idle", PLAIN), AT_LEAST(1),
	  .if_seen = true },
};

EXPERIMENT(p01_states) = {
	.id = "P01",
	.name = "states",
	.theme = LAB_PROCESS,
	.milliseconds = 300,
	.question = N_("What do the letters of the state column mean?"),
	.theory = N_("R is not only who runs, but also who waits for a CPU. T is stopped by a signal, t by a tracer: "
	             "not \"tracing system calls\". Z has ended, and its living parent has not asked for the result. D "
	             "waits for something that must not be interrupted, mostly a disk; waiting for the network is S. I "
	             "are the kernel's own threads without work, which would be D, were they to count in the load."),
	.watch = N_("One process for each letter."),
	.act = act,
	.picture = &picture,
	CLAIMS(claims),
	.file = "p01_states.c",
};
