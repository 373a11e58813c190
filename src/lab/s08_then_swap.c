#include <string.h>
#include <sys/mman.h>

#include "lab/cache.h"
#include "lab/experiment.h"
#include "lab/limited.h"

enum {
	MIB = 1 << 20,
	LIMIT = 64 * MIB,
	FILE_SIZE = 48 * MIB,
	STEP = 8 * MIB,
	STEPS = 12,
	ASKED = STEPS * STEP,
	SWAP = 256 * MIB,
	PAGE = 4096
};

struct growth {
	int fd;
	int64_t wrong; /* pages that do not hold what was written */
};

static void read_and_grow(struct peer *peer, void *context)
{
	struct growth *growth = context;
	char *block = mmap(NULL, STEPS * STEP, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	cache_read(growth->fd);
	for (int i = 0; i < STEPS; i++) {
		peer_stop(peer);
		memset(block + i * STEP, 1 + i, STEP);
	}
	peer_stop(peer);
	for (int i = 0; i < STEPS * STEP; i += PAGE)
		growth->wrong += block[i] != 1 + i / STEP;
	peer_stop(peer);
}

static void act(struct stage *stage)
{
	struct growth *growth = mmap(NULL, sizeof *growth, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	int64_t early = 0;
	struct peer peer;

	growth->fd = cache_file(stage, "file", FILE_SIZE);
	cache_drop(stage, growth->fd);
	if (stage_swap(stage, SWAP) < 0)
		stage_skip(stage, N_("no swap to compressed memory (zram) can be set up here"));
	limited_set(stage, GROUP_MEMORY_LIMIT, LIMIT);
	limited_start(stage, &peer, read_and_grow, growth);
	for (int i = 0; i <= STEPS; i++) {
		int64_t own = limited_get(stage, GROUP_ANON), file = limited_get(stage, GROUP_FILE);
		int64_t swapped = limited_get(stage, GROUP_SWAP);
		stage_point(stage, "own", i * (int64_t)STEP, own);
		stage_point(stage, "cache", i * (int64_t)STEP, file);
		stage_point(stage, "swapped", i * (int64_t)STEP, swapped);
		stage_point(stage, "limit", i * (int64_t)STEP, LIMIT);
		if (file > FILE_SIZE / 2)
			early = swapped;
		if (i < STEPS)
			peer_next(&peer);
	}
	stage_report(stage, "early", early);
	stage_report(stage, "cache", limited_get(stage, GROUP_FILE));
	stage_report(stage, "swapped", limited_get(stage, GROUP_SWAP));
	peer_next(&peer);
	stage_report(stage, "wrong", growth->wrong);
	stage_report(stage, "kills", limited_get(stage, GROUP_OOM_KILLS));
	peer_end(&peer);
}

static const struct series series[] = {
	{ .label = N_("own memory"), .from = FROM_POINTS, .name = "own" },
	{ .label = N_("cache"), .from = FROM_POINTS, .name = "cache" },
	{ .label = N_("on swap"), .from = FROM_POINTS, .name = "swapped" },
	{ .label = N_("limit"), .from = FROM_POINTS, .name = "limit" },
};
static const struct picture picture = {
	.kind = PICTURE_AREAS, .x_label = N_("memory asked for"), .unit = BYTES, .x_unit = BYTES, SERIES(series)
};

static const struct claim claims[] = {
	{ N_("while half of the cache is still there, on swap are"), N_("next to nothing"), REPORT_OF("early", BYTES),
	  BETWEEN(0, 8 * MIB), .noisy = true },
	{ N_("96 MiB of own memory under a limit of 64 MiB: on swap"), N_("96 - 64 = 32 MiB at least"),
	  REPORT_OF("swapped", BYTES), BETWEEN(ASKED - LIMIT, ASKED) },
	{ N_("cache that is left"), N_("hardly any"), REPORT_OF("cache", BYTES), BETWEEN(0, FILE_SIZE / 2),
	  .noisy = true },
	{ N_("pages that came back wrong"), "0", REPORT_OF("wrong", PLAIN), EXACTLY(0) },
	{ N_("processes killed"), "0", REPORT_OF("kills", PLAIN), EXACTLY(0) },
};

EXPERIMENT(s08_then_swap) = {
	.id = "S08",
	.name = "then-swap",
	.theme = LAB_SYSTEM,
	.needs = NEEDS_SYSTEM,
	.milliseconds = 3000,
	.question = N_("What happens when there is no cache left to drop?"),
	.theory = N_(
		"Own memory has no file from which it could be read again: it can only go to swap. So it follows when "
		"the cache that nobody uses has gone. The program notices nothing but time: a touched page comes back "
		"by a major fault. Swap here is compressed memory (zram), set up for a moment."),
	.watch = N_("Cache shrinks first, then swap grows."),
	.act = act,
	.picture = &picture,
	CLAIMS(claims),
	.missing = cache_missing,
	.scratch = true,
	.groups = true,
	.file = "s08_then_swap.c",
};
