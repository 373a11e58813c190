#include <stdlib.h>

#include "lab/experiment.h"

enum { MIB = 1 << 20, BLOCKS = 256 };

static void act(struct stage *stage)
{
	static char *volatile blocks[BLOCKS];

	stage_mark(stage, "before");
	for (int i = 0; i < BLOCKS; i++) {
		if (!(blocks[i] = malloc(MIB)))
			stage_skip(stage, N_("malloc refused"));
		if (i % 32 == 31)
			stage_mark(stage, "asking");
	}
	stage_mark(stage, "asked");
}

static const struct claim claims[] = {
	{ .says = N_("VIRT grows by what was asked for"),
	  .prediction = N_("256 x 1 MiB, and a page of bookkeeping each"),
	  .measure = CHANGE,
	  .field = TASK_virt_bytes,
	  .from = "before",
	  .to = "asked",
	  .least = (int64_t)BLOCKS * MIB,
	  .most = (int64_t)BLOCKS * (MIB + 16 * 1024) },
	{ .says = N_("RES stands still"),
	  .prediction = N_("at most a page for each block: malloc writes its size in front of it"),
	  .measure = CHANGE,
	  .field = TASK_smaps_rss_bytes,
	  .from = "before",
	  .to = "asked",
	  .least = 0,
	  .most = (int64_t)BLOCKS * MIB / 64 },
};

EXPERIMENT(m01_reserve) = {
	.id = "M01",
	.name = "reserve",
	.theme = LAB_MEMORY,
	.milliseconds = 100,
	.question = N_("Does malloc take memory?"),
	.theory = N_("malloc asks the kernel for address space, and the kernel notes that it has promised it. No "
	             "page of RAM is handed out: that happens at the first write to each page. So VIRT grows by "
	             "the whole request, and RES only by the page in which malloc keeps the size of each block."),
	.watch = N_("VIRT climbs in a straight line, RES stays flat."),
	.act = act,
	CLAIMS(claims),
	.file = "m01_reserve.c",
};
