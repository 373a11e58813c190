#include "lab/experiment.h"
#include "lab/hogs.h"

enum { HOGS = 2, MILLISECONDS = 1000, FAIR = 5000 };

/* How many times more the ordinary one gets, in 1/1,000. */
static int64_t ratio(struct stage *stage, bool own_sessions)
{
	struct hog hogs[HOGS] = { { .own_session = own_sessions }, { .nice = 19, .own_session = own_sessions } };
	struct hog_share shares[HOGS];

	hogs[0].lane = own_sessions ? "apart 0" : "together 0";
	hogs[1].lane = own_sessions ? "apart 19" : "together 19";
	hogs_run(stage, hogs, HOGS, MILLISECONDS, shares);
	for (int i = 0; i < HOGS; i++)
		stage_point(stage, hogs[i].lane, 0, shares[i].share * 1000);
	return shares[1].run_ns > 0 ? shares[0].run_ns * 1000 / shares[1].run_ns : INT64_MAX;
}

static void act(struct stage *stage)
{
	int64_t together = ratio(stage, false), apart = ratio(stage, true);

	if (apart > FAIR && together > FAIR)
		stage_skip(stage,
		           "sessions are not scheduled as groups here (autogroup is off, or a cpu cgroup rules)");
	stage_report(stage, "together", together);
	stage_report(stage, "apart", apart);
}

static const struct series series[] = {
	{ .label = N_("one session: 0"), .from = FROM_SLICES, .name = "together 0" },
	{ .label = N_("nice 19"), .from = FROM_SLICES, .name = "together 19" },
	{ .label = N_("two sessions: 0"), .from = FROM_SLICES, .name = "apart 0" },
	{ .label = N_("nice 19"), .from = FROM_SLICES, .name = "apart 19" },
};
static const struct picture picture = { .kind = PICTURE_GANTT, .unit = PERCENT, SERIES(series) };

static const struct claim claims[] = {
	{ N_("nice 0 and nice 19 in one session: so many times more"), N_("1024 / 15 = 68"),
	  REPORT_OF("together", FRACTION), AT_LEAST(15000), .noisy = true },
	{ N_("each in a session of its own"), N_("1: the nice value has no effect"), REPORT_OF("apart", FRACTION),
	  BETWEEN(500, 2000), .noisy = true },
};

EXPERIMENT(c03_autogroup) = {
	.id = "C03",
	.name = "autogroup",
	.theme = LAB_SCHEDULER,
	.milliseconds = 2 * MILLISECONDS,
	.question = N_("Does nice work between two terminals?"),
	.theory = N_(
		"Hardly anyone knows: where autogroup is on (kernel.sched_autogroup_enabled, the default of most "
		"distributions), the CPU is first shared equally between sessions, and nice only counts inside "
		"one. A nice 19 build in one terminal and an editor in another get half each. The group has a nice "
		"value of its own, in /proc/PID/autogroup. With control groups (systemd) those take its place."),
	.watch = N_("68 to 1 inside a session, 1 to 1 between two."),
	.act = act,
	.picture = &picture,
	CLAIMS(claims),
	.file = "c03_autogroup.c",
};
