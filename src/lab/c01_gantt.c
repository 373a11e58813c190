#include "lab/experiment.h"
#include "lab/hogs.h"

enum { HOGS = 3, MILLISECONDS = 600 };

static void act(struct stage *stage)
{
	static const struct hog hogs[HOGS] = { { .lane = "first" }, { .lane = "second" }, { .lane = "third" } };
	struct hog_share shares[HOGS];
	int64_t turns = INT64_MAX, preempted = INT64_MAX;

	hogs_run(stage, hogs, HOGS, MILLISECONDS, shares);
	stage_report(stage, "first", shares[0].share);
	stage_report(stage, "second", shares[1].share);
	stage_report(stage, "third", shares[2].share);
	for (int i = 0; i < HOGS; i++) {
		turns = shares[i].turns < turns ? shares[i].turns : turns;
		preempted = shares[i].involuntary < preempted ? shares[i].involuntary : preempted;
		stage_point(stage, hogs[i].lane, 0, shares[i].share * 1000);
	}
	stage_report(stage, "turns", turns);
	stage_report(stage, "preempted", preempted);
}

static const struct series series[] = {
	{ .label = N_("first"), .from = FROM_SLICES, .name = "first" },
	{ .label = N_("second"), .from = FROM_SLICES, .name = "second" },
	{ .label = N_("third"), .from = FROM_SLICES, .name = "third" },
};
static const struct picture picture = { .kind = PICTURE_GANTT, .unit = PERCENT, SERIES(series) };

#define A_THIRD BETWEEN(333 - 50, 333 + 50), .noisy = true

static const struct claim claims[] = {
	{ N_("three that want one CPU: the share of the first"), N_("a third"), REPORT_OF("first", FRACTION), A_THIRD },
	{ N_("of the second"), N_("a third"), REPORT_OF("second", FRACTION), A_THIRD },
	{ N_("of the third"), N_("a third"), REPORT_OF("third", FRACTION), A_THIRD },
	{ N_("each has had so many turns at least"), N_("one every 9 to 12 ms"), REPORT_OF("turns", PLAIN), AT_LEAST(5),
	  .noisy = true },
	{ N_("and was taken off the CPU, not asked to leave"), N_("as often"), REPORT_OF("preempted", PLAIN),
	  AT_LEAST(5) },
};

EXPERIMENT(c01_gantt) = {
	.id = "C01",
	.name = "gantt",
	.theme = LAB_SCHEDULER,
	.milliseconds = MILLISECONDS,
	.question = N_("How do three programs run on one CPU at the same time?"),
	.theory = N_(
		"They take turns of some milliseconds: a timer interrupt takes the CPU away, and the scheduler gives "
		"it to whoever is furthest behind. That is not round robin but weighted fair sharing (CFS, since 6.6 "
		"EEVDF): everyone gets the share that belongs to his weight. A CPU here is a hardware thread, and each "
		"runs one thread at a time."),
	.watch = N_("Three lanes, of which only one is filled at any moment."),
	.act = act,
	.picture = &picture,
	CLAIMS(claims),
	.file = "c01_gantt.c",
};
