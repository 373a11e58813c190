#include <stdlib.h>
#include <unistd.h>

#include "lab/experiment.h"

enum { MEGABYTE = 1024 * 1024, SECONDS = 10 };

/* The first program of the notes, which prints what it has asked for; here the lab measures it each second. */
static void act(struct stage *stage)
{
	static void *volatile myblock;
	int count = 0;

	stage_mark(stage, "0");
	while (count < SECONDS) {
		myblock = malloc(MEGABYTE);
		if (!myblock)
			stage_skip(stage, N_("malloc refused"));
		count++;
		sleep(1);
		stage_mark(stage, count < SECONDS ? "allocated" : "10");
	}
}

static const struct series series[] = {
	{ .label = "VIRT", .from = FROM_TASKS, .field = TASK_virt_bytes },
	{ .label = "RES", .from = FROM_TASKS, .field = TASK_rss_bytes },
	{ .label = N_("minor faults"), .from = FROM_TASKS, .field = TASK_minor_faults },
};
static const struct picture picture = { .kind = PICTURE_CURVES, SERIES(series) };

static const struct claim claims[] = {
	{ N_("VIRT grows by 1 MiB a second"), N_("10 x (1 MiB + 4 KiB), and a first heap for malloc itself"),
	  CHANGE_OF(virt_bytes, "0", "10"), BETWEEN(1LL * SECONDS * MEGABYTE, 1LL * SECONDS * (MEGABYTE + 32 * 1024)) },
	{ N_("RES stands still"), N_("a page for each block, in which malloc notes its size"),
	  CHANGE_OF(smaps_rss_bytes, "0", "10"), BETWEEN(0, (int64_t)SECONDS * 32 * 1024) },
};

EXPERIMENT(n01_malloc) = {
	.id = "N01",
	.name = "malloc",
	.theme = LAB_NOTES,
	.milliseconds = SECONDS * 1000,
	.question = N_("1 MiB more each second, never touched: what do VIRT and RES do?"),
	.theory = N_(
		"malloc asks the kernel for address space and gets the promise of it: VIRT grows with every call. RAM "
		"is handed out at the first write to a page, and this program never writes: RES stays where it was. "
		"malloc(1 MiB) is one mmap of its own, so each block costs one page all the same, for its size."),
	.watch = N_("VIRT climbs like stairs, RES is a flat line. So does top show it."),
	.act = act,
	.picture = &picture,
	CLAIMS(claims),
	.beside = "N02",
	.file = "n01_malloc.c",
};
