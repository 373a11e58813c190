#include <linux/magic.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/vfs.h>

#include "lab/experiment.h"

enum { NAMES = 50000, MIB = 1 << 20 };

static void act(struct stage *stage)
{
	struct stat status;
	char name[32];
	struct statfs place;
	int missing = 0;

	if (statfs(".", &place) == 0 && place.f_type == TMPFS_MAGIC)
		stage_skip(stage, N_("tmpfs remembers no names of files that are not there"));
	stage_mark(stage, "before");
	for (int i = 0; i < NAMES; i++) {
		snprintf(name, sizeof name, "no-such-file-%d", i);
		missing += stat(name, &status) < 0;
	}
	stage_mark(stage, "asked");
	stage_report(stage, "missing", missing);
}

static const struct series series[] = {
	{ .label = N_("SReclaimable of the machine"), .from = FROM_MACHINE, .field = MACHINE_slab_reclaimable_bytes },
	{ .label = N_("RES of the process that asked"), .from = FROM_TASKS, .field = TASK_rss_bytes },
};
static const struct picture picture = { .kind = PICTURE_BARS, SERIES(series) };

static const struct claim claims[] = {
	{ N_("asked for 50,000 files that are not there"), N_("50,000 refusals"), REPORT_OF("missing", PLAIN),
	  EXACTLY(NAMES) },
	{ N_("the kernel remembers each of the names: SReclaimable"), N_("50,000 x 192 bytes = 9 MiB"),
	  MACHINE_CHANGE_OF(slab_reclaimable_bytes, "before", "asked"), BETWEEN(5 * MIB, 40 * MIB), .noisy = true },
	{ N_("RES of the process that asked"), "0", CHANGE_OF(smaps_rss_bytes, "before", "asked"), BETWEEN(0, MIB) },
};

EXPERIMENT(s14_slab) = {
	.id = "S14",
	.name = "slab",
	.theme = LAB_SYSTEM,
	.milliseconds = 300,
	.question = N_("What is in the slab?"),
	.theory = N_(
		"Objects of the kernel, each kind in drawers of its size: names of files (dentry), inodes, sockets, "
		"processes. Programs make the kernel use memory that is in no RES. What is only remembered, as names "
		"of files, even of those that do not exist, is SReclaimable and is given back when memory is short; "
		"SUnreclaim is in use. slabtop shows the kinds, to root."),
	.watch = N_("SReclaimable grows with every name."),
	.act = act,
	.picture = &picture,
	CLAIMS(claims),
	.scratch = true,
	.file = "s14_slab.c",
};
