#include <string.h>
#include <sys/mman.h>

#include "lab/experiment.h"
#include "lab/look.h"

enum { MIB = 1 << 20, SIZE = 64 * MIB, PAGES = SIZE / 4096 };

static void act(struct stage *stage)
{
	char *block = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	memset(block, 1, SIZE);
	int64_t frames = look_frames(block, PAGES), runs = look_frame_runs(block, PAGES);
	if (frames == UNSEEN)
		stage_skip(stage, N_("the frames of pages are hidden here, even from root"));
	stage_report(stage, "frames", frames);
	stage_report(stage, "runs", runs);
}

static const struct claim claims[] = {
	{ N_("every page has a frame of its own"), N_("64 MiB / 4 KiB = 16,384"), REPORT_OF("frames", PLAIN),
	  EXACTLY(PAGES) },
	{ N_("which are no neighbours: so many pieces of RAM"), N_("more than a tenth of the pages"),
	  REPORT_OF("runs", PLAIN), AT_LEAST(PAGES / 10), .noisy = true },
};

EXPERIMENT(m12_scatter) = {
	.id = "M12",
	.name = "scatter",
	.theme = LAB_MEMORY,
	.needs = NEEDS_ROOT,
	.milliseconds = 200,
	.question = N_("Do neighbouring pages lie next to each other in RAM?"),
	.theory = N_("They need not: the page table can point each page anywhere, so a program sees one piece where "
	             "RAM has thousands. That hides the fragmentation of RAM from programs. A normal program cannot "
	             "even name a physical address; root may read the numbers of the frames. On a machine that was "
	             "just started, RAM may still be in one piece."),
	.watch = N_("Thousands of runs behind one straight stretch of addresses."),
	.act = act,
	CLAIMS(claims),
	.file = "m12_scatter.c",
};
