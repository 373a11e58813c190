#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lab/experiment.h"

enum { MEGABYTE = 1024 * 1024, SECONDS = 10, PAGES = MEGABYTE / 4096 };

/* The second program of the notes: the same, and each block is written to at once. */
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
		memset(myblock, 1, MEGABYTE);
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
	{ N_("RES grows as fast"), N_("10 MiB"), CHANGE_OF(smaps_rss_bytes, "0", "10"),
	  BETWEEN(1LL * SECONDS * MEGABYTE, 1LL * SECONDS * (MEGABYTE + 32 * 1024)) },
	{ N_("each page costs one minor fault"), N_("10 x 257"), CHANGE_OF(minor_faults, "0", "10"),
	  BETWEEN(1LL * SECONDS * PAGES, 1LL * SECONDS * (PAGES + 8)) },
};

EXPERIMENT(n02_memset) = {
	.id = "N02",
	.name = "memset",
	.theme = LAB_NOTES,
	.milliseconds = SECONDS * 1000,
	.question = N_("1 MiB more each second, written to at once: what do VIRT and RES do?"),
	.theory = N_(
		"The first write to each page finds nothing behind it: a page fault. The kernel takes a free page, "
		"fills it with zeroes, enters it into the page table, and the write goes on. RES grows as fast as "
		"VIRT: 256 faults for a block of 1 MiB, and one for the page with its size."),
	.watch = N_("VIRT and RES climb side by side; below, 257 faults each second."),
	.act = act,
	.picture = &picture,
	CLAIMS(claims),
	.file = "n02_memset.c",
};
