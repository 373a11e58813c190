#include <stdlib.h>

#include "lab/crew.h"
#include "lab/experiment.h"

enum { KIB = 1024, MIB = 1024 * KIB, THREADS = 4, STACK = 256 * KIB, STACKS = THREADS * STACK };

static void *volatile kept;

static void allocate(void)
{
	kept = malloc(100);
}

static void act(struct stage *stage)
{
	struct crew crew;

	stage_mark(stage, "alone");
	if (!crew_start(&crew, THREADS, STACK, NULL))
		stage_skip(stage, N_("no threads can be started"));
	stage_mark(stage, "idle threads");
	crew_end(&crew);
	stage_mark(stage, "alone again");
	if (!crew_start(&crew, THREADS, STACK, allocate))
		stage_skip(stage, N_("no threads can be started"));
	stage_mark(stage, "threads that malloc");
	crew_end(&crew);
}

static const struct claim claims[] = {
	{ N_("4 threads with small stacks hardly show in VIRT"), N_("4 x 256 KiB"),
	  CHANGE_OF(virt_bytes, "alone", "idle threads"), BETWEEN(STACKS, 4 * MIB) },
	{ N_("once each has called malloc(100), VIRT is huge"), N_("at least 4 x 64 MiB less what malloc cuts off"),
	  CHANGE_OF(virt_bytes, "alone again", "threads that malloc"),
	  BETWEEN(THREADS * 60LL * MIB, THREADS * 140LL * MIB) },
	{ N_("RES is not"), N_("a few pages for each"),
	  CHANGE_OF(smaps_rss_bytes, "alone again", "threads that malloc"), BETWEEN(0, MIB) },
};

EXPERIMENT(m28_arenas) = {
	.id = "M28",
	.name = "arenas",
	.theme = LAB_MEMORY,
	.milliseconds = 100,
	.question = N_("Why is VIRT of programs with threads so large?"),
	.theory = N_("glibc gives threads heaps of their own, so that they need not wait for each other: arenas, at "
	             "most 8 for each CPU. Each reserves 64 MiB of addresses and takes pages of it as it needs them. A "
	             "thread that allocates 100 bytes adds 64 MiB to VIRT and some KiB to RES."),
	.watch = N_("VIRT leaps with the first malloc in each thread."),
	.act = act,
	CLAIMS(claims),
	.file = "m28_arenas.c",
};
