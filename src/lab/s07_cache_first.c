#include <string.h>
#include <sys/mman.h>

#include "lab/cache.h"
#include "lab/experiment.h"
#include "lab/limited.h"

enum { MIB = 1 << 20, LIMIT = 96 * MIB, FILE_SIZE = 72 * MIB, STEP = 8 * MIB, STEPS = 9, ASKED = STEPS * STEP };

/* Reads a file, which fills the group with cache; then takes memory of its own, step by step. */
static void read_and_grow(struct peer *peer, void *context)
{
	char *block = mmap(NULL, STEPS * STEP, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	cache_read(*(int *)context);
	for (int i = 0; i < STEPS; i++) {
		peer_stop(peer);
		memset(block + i * STEP, 1, STEP);
	}
	peer_stop(peer);
}

static void act(struct stage *stage)
{
	int fd = cache_file(stage, "file", FILE_SIZE);
	int64_t most = 0, kills = limited_get(stage, GROUP_OOM_KILLS);
	struct peer peer;

	cache_drop(stage, fd);
	limited_memory(stage, LIMIT);
	limited_start(stage, &peer, read_and_grow, &fd);
	int64_t file = limited_get(stage, GROUP_FILE), anon = limited_get(stage, GROUP_ANON);
	stage_report(stage, "cache before", file);
	for (int i = 0; i <= STEPS; i++) {
		int64_t used = limited_get(stage, GROUP_MEMORY_USED);
		most = used > most ? used : most;
		stage_point(stage, "own", i * (int64_t)STEP, limited_get(stage, GROUP_ANON));
		stage_point(stage, "cache", i * (int64_t)STEP, limited_get(stage, GROUP_FILE));
		stage_point(stage, "limit", i * (int64_t)STEP, LIMIT);
		if (i < STEPS)
			peer_next(&peer);
	}
	stage_report(stage, "own", limited_get(stage, GROUP_ANON) - anon);
	stage_report(stage, "cache lost", file - limited_get(stage, GROUP_FILE));
	stage_report(stage, "most", most);
	stage_report(stage, "killed", limited_get(stage, GROUP_OOM_KILLS) - kills);
	peer_end(&peer);
}

static const struct series series[] = {
	{ .label = N_("own memory"), .from = FROM_POINTS, .name = "own" },
	{ .label = N_("cache"), .from = FROM_POINTS, .name = "cache" },
	{ .label = N_("limit"), .from = FROM_POINTS, .name = "limit" },
};
static const struct picture picture = {
	.kind = PICTURE_AREAS, .x_label = N_("memory asked for"), .unit = BYTES, .x_unit = BYTES, SERIES(series)
};

static const struct claim claims[] = {
	{ N_("a file of 72 MiB, read under a limit of 96 MiB: all of it is cached"), N_("72 MiB"),
	  REPORT_OF("cache before", BYTES), BETWEEN(FILE_SIZE / 10 * 9, LIMIT) },
	{ N_("then 72 MiB of own memory find room"), N_("72 MiB"), REPORT_OF("own", BYTES),
	  BETWEEN(ASKED / 10 * 9, ASKED + 2 * MIB) },
	{ N_("because the cache goes"), N_("72 + 72 - 96 = 48 MiB at least"), REPORT_OF("cache lost", BYTES),
	  BETWEEN(ASKED / 2, FILE_SIZE + MIB) },
	{ N_("the limit holds all the time"), N_("at most 96 MiB"), REPORT_OF("most", BYTES), BETWEEN(1, LIMIT) },
	{ N_("and nobody is killed"), "0", REPORT_OF("killed", PLAIN), EXACTLY(0) },
};

EXPERIMENT(s07_cache_first) = {
	.id = "S07",
	.name = "cache-first",
	.theme = LAB_SYSTEM,
	.needs = NEEDS_ROOT,
	.milliseconds = 1000,
	.question = N_("What gives way when memory runs short?"),
	.theory = N_(
		"Clean page cache first: it can be dropped and read again. A control group with a limit shows in small "
		"what the machine does when its RAM is full. That is a tendency, not an order: cache that is used "
		"all the time is kept, and own memory that nobody uses is swapped out instead, if there is swap."),
	.watch = N_("Own memory pushes the cache out, below a line that nobody crosses."),
	.act = act,
	.picture = &picture,
	CLAIMS(claims),
	.missing = cache_missing,
	.scratch = true,
	.groups = true,
	.file = "s07_cache_first.c",
};
