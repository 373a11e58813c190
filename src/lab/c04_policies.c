#include <sched.h>

#include "lab/experiment.h"
#include "lab/hogs.h"

enum { HOGS = 2, MILLISECONDS = 600, PRIORITY = 10 };

/* The share of the second of two with these policies, in 1/1,000. */
static int64_t share_of_second(struct stage *stage, int first, int second, const char *turns)
{
	struct hog hogs[HOGS] = { { .policy = first, .rt_priority = first == SCHED_OTHER ? 0 : PRIORITY },
		                  { .policy = second } };
	struct hog_share shares[HOGS];
	static int pair;

	if (second == SCHED_FIFO || second == SCHED_RR)
		hogs[1].rt_priority = PRIORITY;
	hogs_run(stage, hogs, HOGS, MILLISECONDS, shares);
	stage_point(stage, "first", pair, shares[0].share * 1000);
	stage_point(stage, "second", pair++, shares[1].share * 1000);
	if (turns)
		stage_report(stage, turns, shares[0].turns);
	return shares[1].share;
}

static void act(struct stage *stage)
{
	stage_report(stage, "idle", share_of_second(stage, SCHED_OTHER, SCHED_IDLE, NULL));
	stage_report(stage, "batch", share_of_second(stage, SCHED_OTHER, SCHED_BATCH, NULL));
	if (!hogs_may_real_time())
		return;
	stage_report(stage, "rr", share_of_second(stage, SCHED_RR, SCHED_RR, "rr turns"));
	stage_report(stage, "fifo", share_of_second(stage, SCHED_FIFO, SCHED_FIFO, NULL));
	stage_report(stage, "other", share_of_second(stage, SCHED_FIFO, SCHED_OTHER, NULL));
}

static const struct series series[] = {
	{ .label = N_("the first of a pair"), .from = FROM_POINTS, .name = "first" },
	{ .label = N_("the second"), .from = FROM_POINTS, .name = "second" },
};
static const char *const pairs[] = { "OTHER, IDLE", "OTHER, BATCH", "RR, RR", "FIFO, FIFO", "FIFO, OTHER" };
static const struct picture picture = { .kind = PICTURE_BARS, .unit = PERCENT, SERIES(series), GROUPS(pairs) };

static const struct claim claims[] = {
	{ N_("IDLE beside an ordinary one: share"), N_("3 of 1024 + 3: next to nothing"), REPORT_OF("idle", FRACTION),
	  BETWEEN(0, 80), .noisy = true },
	{ N_("BATCH beside an ordinary one"), N_("half"), REPORT_OF("batch", FRACTION), BETWEEN(380, 620),
	  .noisy = true },
	{ N_("RR beside RR"), N_("half"), REPORT_OF("rr", FRACTION), BETWEEN(300, 700), .if_seen = true,
	  .noisy = true },
	{ N_("in so many turns"), N_("600 ms / (2 x 100 ms) = 3"), REPORT_OF("rr turns", PLAIN), BETWEEN(1, 8),
	  .if_seen = true, .noisy = true },
	{ N_("FIFO behind FIFO"), N_("0: it waits until the first one lets go"), REPORT_OF("fifo", FRACTION),
	  BETWEEN(0, 60), .if_seen = true, .noisy = true },
	{ N_("an ordinary one beside FIFO"), N_("0 to 5 %: what the kernel keeps back for the others"),
	  REPORT_OF("other", FRACTION), BETWEEN(0, 150), .if_seen = true, .noisy = true },
};

EXPERIMENT(c04_policies) = {
	.id = "C04",
	.name = "policies",
	.theme = LAB_SCHEDULER,
	.milliseconds = 5 * MILLISECONDS,
	.question = N_("Is scheduling round robin?"),
	.theory = N_(
		"Only for those who ask for it. Ordinary programs (OTHER) share by weight. RR and FIFO are the "
		"real-time policies: they come before all ordinary programs; RR takes turns of 100 ms among equals, "
		"FIFO runs until it waits for something. So that a mistake does not hang the machine, some 5 % is "
		"kept for the others. IDLE runs when nobody else wants to, BATCH is ordinary without haste. "
		"Real-time needs a privilege: without it only IDLE and BATCH are tried."),
	.watch = N_("Who gets what, pair by pair."),
	.act = act,
	.picture = &picture,
	CLAIMS(claims),
	.file = "c04_policies.c",
};
