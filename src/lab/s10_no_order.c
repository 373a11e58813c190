#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#include "lab/cache.h"
#include "lab/experiment.h"
#include "lab/limited.h"

enum { MIB = 1 << 20, LIMIT = 96 * MIB, HOT = 48 * MIB, COLD = 64 * MIB, SWAP = 256 * MIB, PASSES = 40 };

/* Fills memory that it never looks at again, and then reads a file over and over. */
static void cold_and_hot(struct peer *peer, void *context)
{
	memset(mmap(NULL, COLD, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), 1, COLD);
	peer_stop(peer);
	for (int i = 0; i < PASSES; i++)
		cache_read(*(int *)context);
	peer_stop(peer);
}

struct outcome {
	int64_t cache, swapped;
};

/* For the group where groups have a swappiness of their own (v1), else for the machine. */
static void set_swappiness(struct stage *stage, int swappiness)
{
	char digits[16];

	snprintf(digits, sizeof digits, "%d", swappiness);
	if (stage_group_write(stage, GROUP_SWAPPINESS, swappiness) < 0 && stage_set(stage, "vm.swappiness", digits) < 0)
		stage_skip(stage, N_("swappiness cannot be set here"));
}

static struct outcome outcome(struct stage *stage, int *fd, int swappiness)
{
	static int place; /* in the picture */
	struct peer peer;

	set_swappiness(stage, swappiness);
	limited_start(stage, &peer, cold_and_hot, fd);
	peer_next(&peer);
	struct outcome ret = { limited_get(stage, GROUP_FILE), limited_get(stage, GROUP_SWAP) };
	peer_end(&peer);
	cache_drop(stage, *fd);
	stage_point(stage, "cache", place, ret.cache);
	stage_point(stage, "on swap", place++, ret.swapped);
	return ret;
}

static void act(struct stage *stage)
{
	int fd = cache_file(stage, "file", HOT);

	cache_drop(stage, fd);
	if (stage_swap(stage, SWAP) < 0)
		stage_skip(stage, N_("no swap to compressed memory (zram) can be set up here"));
	limited_set(stage, GROUP_MEMORY_LIMIT, LIMIT);
	struct outcome none = outcome(stage, &fd, 0), usual = outcome(stage, &fd, 60), eager = outcome(stage, &fd, 200);
	stage_report(stage, "cache 0", none.cache);
	stage_report(stage, "swapped 0", none.swapped);
	stage_report(stage, "cache 60", usual.cache);
	stage_report(stage, "swapped 60", usual.swapped);
	stage_report(stage, "swapped 200", eager.swapped);
}

static const struct series series[] = {
	{ .label = N_("cache"), .from = FROM_POINTS, .name = "cache" },
	{ .label = N_("on swap"), .from = FROM_POINTS, .name = "on swap" },
};
static const char *const settings[] = { "swappiness 0", "swappiness 60", "swappiness 200" };
static const struct picture picture = { .kind = PICTURE_BARS, .unit = BYTES, SERIES(series), GROUPS(settings) };

static const struct claim claims[] = {
	{ N_("hot cache of 48 MiB and cold own memory of 64 MiB under 96 MiB; swappiness 60: cache"),
	  N_("nearly all of it"), REPORT_OF("cache 60", BYTES), BETWEEN(HOT / 10 * 8, HOT + 8 * MIB), .noisy = true },
	{ N_("on swap: own memory had to give way, not the cache"), N_("48 + 64 - 96 = 16 MiB"),
	  REPORT_OF("swapped 60", BYTES), BETWEEN(8 * MIB, COLD), .noisy = true },
	{ N_("swappiness 0: on swap"), "0", REPORT_OF("swapped 0", BYTES), BETWEEN(0, MIB) },
	{ N_("so the cache has to fit into the rest"), N_("96 - 64 = 32 MiB"), REPORT_OF("cache 0", BYTES),
	  BETWEEN(MIB, LIMIT - COLD + 4 * MIB) },
	{ N_("swappiness 200: on swap"), N_("at least as much as with 60"), REPORT_OF("swapped 200", BYTES),
	  BETWEEN(8 * MIB, COLD), .noisy = true },
};

EXPERIMENT(s10_no_order) = {
	.id = "S10",
	.name = "no-order",
	.theme = LAB_SYSTEM,
	.needs = NEEDS_SYSTEM,
	.milliseconds = 5000,
	.question = N_("Is cache always dropped before anything is swapped?"),
	.theory = N_(
		"No. What counts is who is used: the kernel notices pages that it has just dropped and has to read "
		"again (refaults), and then rather swaps out own memory that nobody touches. vm.swappiness says how "
		"dear it takes swapping to be: 0 not before the last cache is gone, 60 the default, 100 as dear as "
		"reading a file, up to 200 for fast swap like zram."),
	.watch = N_("The same programs with swappiness 0, 60 and 200."),
	.act = act,
	.picture = &picture,
	CLAIMS(claims),
	.missing = cache_missing,
	.scratch = true,
	.groups = true,
	.file = "s10_no_order.c",
};
