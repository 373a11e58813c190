#include "lab/experiment.h"
#include "lab/hogs.h"

enum { HOGS = 3, MILLISECONDS = 1500, WEIGHT_0 = 1024, WEIGHT_5 = 335, WEIGHT_10 = 110 };

/* The weights that the kernel gives to these nice values. */
#define SHARE(weight) ((weight)*1000 / (WEIGHT_0 + WEIGHT_5 + WEIGHT_10))

static void act(struct stage *stage)
{
	static const struct hog hogs[HOGS] = { { .lane = "nice 0" },
		                               { .lane = "nice 5", .nice = 5 },
		                               { .lane = "nice 10", .nice = 10 } };
	struct hog_share shares[HOGS];

	hogs_run(stage, hogs, HOGS, MILLISECONDS, shares);
	stage_report(stage, "0", shares[0].share);
	stage_report(stage, "5", shares[1].share);
	stage_report(stage, "10", shares[2].share);
	stage_report(stage, "ratio", shares[1].run_ns > 0 ? shares[0].run_ns * 1000 / shares[1].run_ns : 0);
	stage_report(stage, "priority", shares[1].priority - shares[1].nice);
	for (int i = 0; i < HOGS; i++)
		stage_point(stage, hogs[i].lane, 0, shares[i].share * 1000);
}

static const struct series series[] = {
	{ .label = N_("nice 0"), .from = FROM_SLICES, .name = "nice 0" },
	{ .label = N_("nice 5"), .from = FROM_SLICES, .name = "nice 5" },
	{ .label = N_("nice 10"), .from = FROM_SLICES, .name = "nice 10" },
};
static const struct picture picture = { .kind = PICTURE_GANTT, .unit = PERCENT, SERIES(series) };

static const struct claim claims[] = {
	{ N_("PR as top shows it, less NI"), "20", REPORT_OF("priority", PLAIN), EXACTLY(20) },
	{ N_("share of nice 0"), N_("1024 of 1024 + 335 + 110 = 0.697"), REPORT_OF("0", FRACTION),
	  BETWEEN(SHARE(WEIGHT_0) - 100, SHARE(WEIGHT_0) + 100), .noisy = true },
	{ N_("of nice 5"), N_("335 of 1469 = 0.228"), REPORT_OF("5", FRACTION),
	  BETWEEN(SHARE(WEIGHT_5) - 60, SHARE(WEIGHT_5) + 60), .noisy = true },
	{ N_("of nice 10"), N_("110 of 1469 = 0.075"), REPORT_OF("10", FRACTION),
	  BETWEEN(SHARE(WEIGHT_10) - 45, SHARE(WEIGHT_10) + 45), .noisy = true },
	{ N_("nice 0 to nice 5"), N_("1024 / 335 = 3.06"), REPORT_OF("ratio", FRACTION), BETWEEN(2200, 4000),
	  .noisy = true },
};

EXPERIMENT(c02_nice) = {
	.id = "C02",
	.name = "nice",
	.theme = LAB_SCHEDULER,
	.milliseconds = MILLISECONDS,
	.question = N_("What does a nice value do?"),
	.theory = N_(
		"It sets a weight: each step is a factor of about 1.25. The CPU is shared by weight among those who "
		"want it; nobody is shut out, and who is alone gets all, however nice. PR in top is 20 + NI and says "
		"the same again. An ordinary user may only become nicer."),
	.watch = N_("Lanes filled 9 : 3 : 1."),
	.act = act,
	.picture = &picture,
	CLAIMS(claims),
	.file = "c02_nice.c",
};
