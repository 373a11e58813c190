#include <sys/mman.h>

#include "lab/experiment.h"

enum { MIB = 1 << 20, SIZE = 32 * MIB, LOCKED = 2 * MIB };

static char *map(int size, int flags)
{
	return mmap(NULL, (size_t)size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | flags, -1, 0);
}

static void act(struct stage *stage)
{
	char *locked = map(LOCKED, 0);

	stage_mark(stage, "before");
	map(SIZE, MAP_POPULATE);
	stage_mark(stage, "populated");
	if (mlock(locked, LOCKED) < 0)
		stage_skip(stage, N_("so much memory may not be locked here (ulimit -l)"));
	stage_mark(stage, "locked");
}

static const struct claim claims[] = {
	{ N_("MAP_POPULATE: RES grows without a touch"), N_("32 MiB"),
	  CHANGE_OF(smaps_rss_bytes, "before", "populated"), WITHIN(1, SIZE) },
	{ N_("the kernel books a fault for each page, though the program never stopped at one"), N_("32 MiB / 4 KiB"),
	  CHANGE_OF(minor_faults, "before", "populated"), BETWEEN(SIZE / 4096, SIZE / 4096 + 64) },
	{ N_("mlock brings the pages too"), N_("2 MiB"), CHANGE_OF(smaps_rss_bytes, "populated", "locked"),
	  BETWEEN(LOCKED, LOCKED + MIB) },
	{ N_("and keeps them from being moved out"), N_("2 MiB"), LEVEL_OF(locked_bytes, "locked"), EXACTLY(LOCKED) },
};

EXPERIMENT(m32_populate) = {
	.id = "M32",
	.name = "populate",
	.theme = LAB_MEMORY,
	.milliseconds = 100,
	.question = N_("Can a program get its memory before it touches it?"),
	.theory = N_("Programs that cannot wait for faults ask for the pages beforehand: MAP_POPULATE fills a mapping "
	             "at once, mlock fills it and also forbids to swap it out. How much an ordinary user may lock is "
	             "limited (ulimit -l)."),
	.watch = N_("RES rises at mmap already."),
	.act = act,
	CLAIMS(claims),
	.file = "m32_populate.c",
};
