#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "collect/oom_adjust.h"
#include "lab/experiment.h"
#include "lab/limited.h"
#include "lab/look.h"

enum { MIB = 1 << 20, LIMIT = 96 * MIB, BIG = 64 * MIB, SMALL = 8 * MIB, GROWTH = 48 * MIB, WORST = 1000 };

static void fill(int from, int to)
{
	static char *block;

	if (!block)
		block = mmap(NULL, BIG, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	memset(block + from, 1, (size_t)(to - from));
}

static void be_big(struct peer *peer, void *context)
{
	(void)context;
	fill(0, BIG);
	peer_stop(peer);
	pause();
}

/* Has little, and then wants more than there is. */
static void grow(struct peer *peer, void *context)
{
	if (*(int *)context)
		oom_adjust(getpid(), *(int *)context);
	fill(0, SMALL);
	peer_stop(peer);
	fill(SMALL, GROWTH);
	peer_stop(peer);
	pause();
}

/* 1 when the big one dies, 2 when the one that grows does. */
static int victim(struct stage *stage, int adjustment, const char *score_of_big, const char *score_of_small)
{
	struct peer big, small;
	int status = 0;

	limited_start(stage, &big, be_big, NULL);
	limited_start(stage, &small, grow, &adjustment);
	stage_report(stage, score_of_big, look_task(big.pid, TASK_oom_score));
	stage_report(stage, score_of_small, look_task(small.pid, TASK_oom_score));
	stage_point(stage, "big", adjustment != 0, look_task(big.pid, TASK_oom_score));
	stage_point(stage, "small", adjustment != 0, look_task(small.pid, TASK_oom_score));
	peer_next(&small);
	usleep(50000); /* the one that is killed may still be on its way out */
	int who = waitpid(big.pid, &status, WNOHANG) == big.pid ? 1 : 0;
	if (waitpid(small.pid, &status, WNOHANG) == small.pid)
		who += 2;
	kill(big.pid, SIGKILL);
	kill(small.pid, SIGKILL);
	peer_end(&big);
	peer_end(&small);
	return who;
}

static void act(struct stage *stage)
{
	limited_memory(stage, LIMIT);
	stage_report(stage, "first", victim(stage, 0, "big", "small"));
	stage_report(stage, "second", victim(stage, WORST, "big again", "small, worse"));
}

static const struct series series[] = {
	{ .label = N_("oom_score of the big one"), .from = FROM_POINTS, .name = "big" },
	{ .label = N_("of the one that grows"), .from = FROM_POINTS, .name = "small" },
};
static const char *const runs[] = { N_("as they are"), N_("after oom_score_adj") };
static const struct picture picture = { .kind = PICTURE_BARS, SERIES(series), GROUPS(runs) };

static const struct claim claims[] = {
	{ N_("oom_score of a process with 64 MiB"), N_("the higher one"), REPORT_OF("big", PLAIN), AT_LEAST(1),
	  .around = "small" },
	{ N_("of one with 8 MiB"), N_("the lower one"), REPORT_OF("small", PLAIN), AT_LEAST(0) },
	{ N_("the small one grows until there is no more; who dies? (1 the big one, 2 the one that grows)"), "1",
	  REPORT_OF("first", PLAIN), EXACTLY(1) },
	{ N_("oom_score of the small one, after it was given 1,000 more"), N_("the higher one"),
	  REPORT_OF("small, worse", PLAIN), AT_LEAST(1000) },
	{ N_("who dies now?"), "2", REPORT_OF("second", PLAIN), EXACTLY(2) },
};

EXPERIMENT(s11_who_dies) = {
	.id = "S11",
	.name = "who-dies",
	.theme = LAB_SYSTEM,
	.needs = NEEDS_ROOT,
	.milliseconds = 1000,
	.question = N_("Whom does the OOM killer kill?"),
	.theory = N_(
		"Not just anyone, and not who asked last: the process with the highest score, which is about the part "
		"of memory that it has, in RAM, swap and page tables. oom_score_adj moves the score from -1000 "
		"(never) to +1000 (first); anyone may make his own processes worse, only root better."),
	.watch = N_("Two scores, and who is gone."),
	.act = act,
	.picture = &picture,
	CLAIMS(claims),
	.groups = true,
	.file = "s11_who_dies.c",
};
