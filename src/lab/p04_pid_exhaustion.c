#include <errno.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lab/experiment.h"
#include "lab/look.h"

enum { ROOM = 40, MOST = 4 * ROOM, NOBODY_ELSE = 61234 };

struct census {
	int64_t user, threads;
};

static void count(void *context, const struct view *view, size_t row)
{
	struct census *census = context;
	int64_t user, threads;

	if (view_number(view, row, TASK_ruid, &user) && view_number(view, row, TASK_threads, &threads) &&
	    user == census->user)
		census->threads += threads;
}

/* Leaves room for so many more processes of this user. The limit does not hold for root, who becomes nobody. */
static void set_limit(struct stage *stage)
{
	static const uint8_t fields[] = { TASK_ruid, TASK_threads, TASK_pid };
	struct census census = { 0 };

	if (geteuid() == 0 && setresuid(NOBODY_ELSE, NOBODY_ELSE, NOBODY_ELSE) < 0)
		stage_skip(stage, N_("root may not become another user here"));
	census.user = getuid();
	if (!look_each(fields, count, &census))
		stage_skip(stage, N_("no /proc"));
	rlim_t limit = (rlim_t)census.threads + ROOM;
	if (setrlimit(RLIMIT_NPROC, &(struct rlimit){ limit, limit }) < 0)
		stage_skip(stage, N_("the limit of processes is lower already (ulimit -u)"));
}

/* A child that ends at once; nobody waits for it. Its PID, or -errno. */
static pid_t make_zombie(void)
{
	pid_t pid = fork();

	if (pid == 0)
		_exit(0);
	return pid < 0 ? -errno : pid;
}

/* For the picture: the PIDs in use, what was asked for in vain, and those that are free again. */
static void show(struct stage *stage, const char *row, int zombies, bool refused, int reaped)
{
	uint8_t cells[MOST + 1];

	memset(cells, CELL_LIVE, sizeof cells);
	memset(cells, CELL_HOLE, (size_t)reaped);
	cells[zombies] = refused ? CELL_REFUSED : CELL_GRANTED;
	stage_cells(stage, row, cells, (size_t)zombies + 1);
}

static void act(struct stage *stage)
{
	int zombies = 0, reaped = 0;
	pid_t pid;

	set_limit(stage);
	while ((pid = make_zombie()) > 0 && zombies < MOST)
		zombies++;
	stage_report(stage, "zombies", zombies);
	stage_report(stage, "error", -pid);
	show(stage, "zombies", zombies, pid < 0, 0);
	for (int i = 0; i < zombies / 2; i++)
		reaped += wait(NULL) > 0;
	pid = make_zombie();
	stage_report(stage, "after waiting", pid > 0);
	show(stage, "waited for half", zombies, pid < 0, zombies / 2);
	while (wait(NULL) > 0)
		reaped++;
	stage_report(stage, "reaped", reaped - zombies - (pid > 0));
}

static const struct series series[] = {
	{ .label = N_("zombies, one more"), .name = "zombies", .from = FROM_CELLS },
	{ .label = N_("waited for half"), .name = "waited for half", .from = FROM_CELLS },
};
static const struct picture picture = { .kind = PICTURE_STRIPS, SERIES(series) };

static const struct claim claims[] = {
	{ N_("so many zombies fill a limit with room for 40"), "40", REPORT_OF("zombies", PLAIN),
	  BETWEEN(ROOM - 8, ROOM + 8), .noisy = true },
	{ N_("then fork fails"), N_("EAGAIN (11)"), REPORT_OF("error", PLAIN), EXACTLY(EAGAIN) },
	{ N_("once the parent has waited for some, it works again"), "1", REPORT_OF("after waiting", PLAIN),
	  EXACTLY(1) },
	{ N_("and not one of them is lost"), N_("0"), REPORT_OF("reaped", PLAIN), EXACTLY(0) },
};

EXPERIMENT(p04_pid_exhaustion) = {
	.id = "P04",
	.name = "pid-exhaustion",
	.theme = LAB_PROCESS,
	.milliseconds = 200,
	.question = N_("Can zombies use up the process numbers?"),
	.theory = N_(
		"A zombie keeps its PID, and counts as a process for every limit: the user's (ulimit -u), the "
		"control group's (pids.max) and the machine's (kernel.pid_max). At the limit fork fails with EAGAIN, "
		"for innocent programs too. Here it is the user's limit, which touches nobody else."),
	.watch = N_("Zombies up to the limit, then EAGAIN; none after the wait."),
	.act = act,
	.picture = &picture,
	CLAIMS(claims),
	.file = "p04_pid_exhaustion.c",
};
