#include <errno.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lab/experiment.h"
#include "lab/look.h"

#define GIB (INT64_C(1) << 30)

/* What is held, and how much may be promised beyond what is now: less than twice of the larger, so that fork cannot
 * have as much again; and no so little that others would notice. */
#define LITTLE (2 * GIB)
#define MUCH   (4 * GIB)
#define ROOM   (6 * GIB)

/* The error of fork, or 0. */
static int try_fork(struct stage *stage)
{
	pid_t pid = stage_fork(stage);

	if (pid < 0)
		return errno;
	if (pid == 0)
		_exit(0);
	waitpid(pid, NULL, 0);
	return 0;
}

static int try_vfork(void)
{
	volatile int error = 0;
	pid_t pid = vfork();

	if (pid == 0)
		_exit(0);
	if (pid < 0)
		error = errno;
	else
		waitpid(pid, NULL, 0);
	return error;
}

/* Forks while it holds so much, none of it touched. */
static int fork_with(struct stage *stage, int64_t bytes, int *ret_vfork)
{
	void *block = mmap(NULL, (size_t)bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (block == MAP_FAILED)
		stage_skip(stage, N_("4 GiB of address space are not granted here"));
	int error = try_fork(stage);
	*ret_vfork = try_vfork();
	munmap(block, (size_t)bytes);
	return error;
}

/* Forks with little and with much, and without copying; the errors, in this order. */
static void try_all(struct stage *stage, const char *row, int errors[3])
{
	uint8_t cells[3];

	errors[0] = fork_with(stage, LITTLE, &errors[2]);
	errors[1] = fork_with(stage, MUCH, &errors[2]);
	for (int i = 0; i < 3; i++)
		cells[i] = errors[i] ? CELL_REFUSED : CELL_GRANTED;
	stage_cells(stage, row, cells, 3);
}

static void act(struct stage *stage)
{
	int errors[3];
	char kib[32];

	if (look_machine(MACHINE_overcommit_mode) == 2)
		stage_skip(stage, N_("overcommit mode 2 is in force already"));
	try_all(stage, "usual", errors);
	stage_report(stage, "mode 0", errors[1]);
	snprintf(kib, sizeof kib, "%lld", (long long)((look_machine(MACHINE_committed_bytes) + ROOM) / 1024));
	if (stage_set(stage, "vm.overcommit_kbytes", kib) < 0 || stage_set(stage, "vm.overcommit_memory", "2") < 0)
		stage_skip(stage, N_("overcommit mode 2 cannot be set here"));
	try_all(stage, "strict", errors);
	stage_report(stage, "little", errors[0]);
	stage_report(stage, "much", errors[1]);
	stage_report(stage, "vfork", errors[2]);
	stage_report(stage, "resident", look_task(getpid(), TASK_rss_bytes));
}

static const struct series series[] = {
	{ .label = N_("0: estimate"), .from = FROM_CELLS, .name = "usual" },
	{ .label = N_("2: strict"), .from = FROM_CELLS, .name = "strict" },
};
static const char *const rungs[] = { "fork, 2 GiB", "fork, 4 GiB", "vfork, 4 GiB" };
static const struct picture picture = { .kind = PICTURE_LADDER, SERIES(series), GROUPS(rungs) };

static const struct claim claims[] = {
	{ N_("mode 0: fork of a process that holds 4 GiB, untouched"), N_("0: no error"), REPORT_OF("mode 0", PLAIN),
	  EXACTLY(0) },
	{ N_("mode 2, with room for 6 GiB: fork of one that holds 2 GiB"), N_("0: 2 + 2 <= 6"),
	  REPORT_OF("little", PLAIN), EXACTLY(0), .noisy = true },
	{ N_("of one that holds 4 GiB"), N_("ENOMEM (12): 4 + 4 > 6"), REPORT_OF("much", PLAIN), EXACTLY(ENOMEM) },
	{ N_("vfork of the same, which copies no address space"), N_("0"), REPORT_OF("vfork", PLAIN), EXACTLY(0) },
	{ N_("its RES all the time"), N_("a few MiB"), REPORT_OF("resident", BYTES), BETWEEN(1, GIB / 16) },
};

EXPERIMENT(m07_commit_and_fork) = {
	.id = "M07",
	.name = "commit-and-fork",
	.theme = LAB_MEMORY,
	.needs = NEEDS_SYSTEM,
	.milliseconds = 200,
	.question = N_("Why does Redis ask for vm.overcommit_memory = 1?"),
	.theory = N_(
		"At fork the child gets a promise of all that its parent has: the copies may all come. Under strict "
		"accounting (mode 2) a process that holds more than half of what may be promised cannot fork, though "
		"hardly a page would be copied. Redis forks to write its snapshot. Mode 1 always lets it; mode 0 "
		"nearly always."),
	.watch = N_("The same fork: granted, and refused."),
	.act = act,
	.picture = &picture,
	CLAIMS(claims),
	.file = "m07_commit_and_fork.c",
};
