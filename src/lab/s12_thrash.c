#include "lab/cache.h"
#include "lab/experiment.h"
#include "lab/limited.h"
#include "lab/look.h"

enum { MIB = 1 << 20, SIZE = 48 * MIB, PAGES = SIZE / 4096, TIGHT = 32 * MIB, LIMITS = 4 };

static void read_over_and_over(struct peer *peer, void *context)
{
	for (;;) {
		cache_read(*(int *)context);
		peer_stop(peer);
	}
}

struct pass {
	int64_t refaults, read_bytes;
};

static struct pass one_pass(struct stage *stage, struct peer *peer)
{
	struct pass before = { limited_get(stage, GROUP_REFAULTS_FILE), look_task(peer->pid, TASK_read_bytes) };

	peer_next(peer);
	return (struct pass){ limited_get(stage, GROUP_REFAULTS_FILE) - before.refaults,
		              look_task(peer->pid, TASK_read_bytes) - before.read_bytes };
}

static void act(struct stage *stage)
{
	static const int64_t limits[LIMITS] = { TIGHT, 40 * MIB, 64 * MIB, 96 * MIB };
	int fd = cache_file(stage, "file", SIZE);
	struct peer peer;

	cache_drop(stage, fd);
	limited_memory(stage, TIGHT);
	limited_start(stage, &peer, read_over_and_over, &fd);
	for (int i = 0; i < LIMITS; i++) {
		limited_set(stage, GROUP_MEMORY_LIMIT, limits[i]);
		one_pass(stage, &peer);
		struct pass pass = one_pass(stage, &peer);
		stage_point(stage, "refaults", limits[i], pass.refaults);
		if (i == 0 || i == LIMITS - 1) {
			stage_report(stage, i ? "refaults wide" : "refaults tight", pass.refaults);
			stage_report(stage, i ? "read wide" : "read tight", pass.read_bytes);
		}
	}
	peer_end(&peer);
}

static const struct series series[] = {
	{ .label = N_("refaults in a pass"), .from = FROM_POINTS, .name = "refaults" },
};
static const struct picture picture = {
	.kind = PICTURE_SWEEP, .x_label = N_("limit"), .x_unit = BYTES, SERIES(series)
};

static const struct claim claims[] = {
	{ N_("a file of 48 MiB read over and over in 32 MiB: bytes from storage in one pass"), N_("most of 48 MiB"),
	  REPORT_OF("read tight", BYTES), BETWEEN(SIZE / 3, 2LL * SIZE) },
	{ N_("pages that had been there a moment ago: refaults"), N_("a third of 12,288 and more"),
	  REPORT_OF("refaults tight", PLAIN), BETWEEN(PAGES / 3, 2 * PAGES) },
	{ N_("in 96 MiB: bytes from storage"), "0", REPORT_OF("read wide", BYTES), BETWEEN(0, MIB) },
	{ N_("refaults"), "0", REPORT_OF("refaults wide", PLAIN), BETWEEN(0, PAGES / 100) },
};

EXPERIMENT(s12_thrash) = {
	.id = "S12",
	.name = "thrash",
	.theme = LAB_SYSTEM,
	.needs = NEEDS_ROOT,
	.milliseconds = 2000,
	.question = N_("What happens when the working set is larger than memory?"),
	.theory = N_(
		"Nobody is killed, all is slow: what is read next was just dropped to make room for what was read "
		"last. The kernel counts these refaults (workingset_refault), and pressure (PSI) the time lost. It "
		"begins at one point, where the working set no longer fits: a little more memory is the difference "
		"between reading everything and reading nothing."),
	.watch = N_("Refaults over the limit: a cliff at the size of the file."),
	.act = act,
	.picture = &picture,
	CLAIMS(claims),
	.missing = cache_missing,
	.scratch = true,
	.groups = true,
	.file = "s12_thrash.c",
};
