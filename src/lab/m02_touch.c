#include <string.h>
#include <sys/mman.h>

#include "lab/experiment.h"

enum { MIB = 1 << 20, SIZE = 64 * MIB, STEP = 8 * MIB, PAGES = SIZE / 4096 };

static void act(struct stage *stage)
{
	char *block = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	stage_mark(stage, "promised");
	for (int i = 0; i < SIZE; i += STEP) {
		memset(block + i, 1, STEP);
		stage_mark(stage, "touching");
	}
	stage_mark(stage, "touched");
}

static const struct claim claims[] = {
	{ .says = N_("RES grows by what was written to"),
	  .prediction = N_("64 MiB"),
	  .measure = CHANGE,
	  .field = TASK_smaps_rss_bytes,
	  .from = "promised",
	  .to = "touched",
	  .least = SIZE - SIZE / 100,
	  .most = SIZE + SIZE / 100 },
	{ .says = N_("each page costs one minor fault"),
	  .prediction = N_("64 MiB / 4 KiB = 16,384"),
	  .measure = CHANGE,
	  .field = TASK_minor_faults,
	  .from = "promised",
	  .to = "touched",
	  .least = PAGES,
	  .most = PAGES + 64 },
	{ .says = N_("VIRT does not move"),
	  .prediction = N_("0: it was promised before"),
	  .measure = CHANGE,
	  .field = TASK_virt_bytes,
	  .from = "promised",
	  .to = "touched",
	  .least = 0,
	  .most = 0 },
};

EXPERIMENT(m02_touch) = {
	.id = "M02",
	.name = "touch",
	.theme = LAB_MEMORY,
	.milliseconds = 200,
	.question = N_("When is memory really taken?"),
	.theory = N_("The first write to a page finds no entry in the page table, and the processor stops the "
	             "program: a page fault. The kernel takes a free page, fills it with zeroes, enters it and "
	             "lets the program go on. No disk is involved: a minor fault. RES grows a page at a time."),
	.watch = N_("RES climbs to VIRT, one fault for each 4 KiB."),
	.act = act,
	CLAIMS(claims),
	.file = "m02_touch.c",
};
