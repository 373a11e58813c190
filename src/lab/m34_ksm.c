#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lab/experiment.h"
#include "lab/look.h"

enum { MIB = 1 << 20, SIZE = 32 * MIB, PAGE = 4096, PATTERNS = 4, PATIENCE = 100 };

static void act(struct stage *stage)
{
	volatile char *block = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int64_t pss = 0;

	for (long i = 0; i < SIZE; i += PAGE)
		memset((char *)block + i, 1 + (int)(i / PAGE % PATTERNS), PAGE);
	if (madvise((void *)block, SIZE, MADV_MERGEABLE) < 0 || stage_set(stage, "ksm.pages_to_scan", "5000") < 0 ||
	    stage_set(stage, "ksm.run", "1") < 0)
		stage_skip(stage, N_("this kernel does not merge equal pages"));
	stage_mark(stage, "before");
	for (int i = 0; i < PATIENCE; i++) {
		usleep(50000);
		pss = look_task(getpid(), TASK_pss_anon_bytes);
		if (pss < SIZE / 10)
			break;
	}
	stage_mark(stage, "merged");
	int64_t faults = look_minor_faults(), frame = look_frame(getpid(), block);
	block[0] = 77;
	stage_report(stage, "faults", look_minor_faults() - faults);
	stage_report(stage, "others", block[(long)PATTERNS * PAGE]);
	if (frame != UNSEEN)
		stage_report(stage, "other frame", look_frame(getpid(), block) != frame);
}

static const struct claim claims[] = {
	{ N_("32 MiB with only 4 different pages: PSS before"), N_("32 MiB"), LEVEL_OF(pss_anon_bytes, "before"),
	  BETWEEN(SIZE, SIZE + 4 * MIB) },
	{ N_("after they were merged"), N_("less than a tenth"), LEVEL_OF(pss_anon_bytes, "merged"),
	  BETWEEN(0, SIZE / 10), .noisy = true },
	{ N_("RES"), N_("as before: it counts each place"), CHANGE_OF(smaps_rss_bytes, "before", "merged"),
	  BETWEEN(-MIB, MIB) },
	{ N_("writing to one of them: a fault"), "1", REPORT_OF("faults", PLAIN), BETWEEN(1, 4) },
	{ N_("which gives it a frame of its own"), "1", REPORT_OF("other frame", PLAIN), EXACTLY(1), .if_seen = true },
	{ N_("the others are as they were"), "1", REPORT_OF("others", PLAIN), EXACTLY(1) },
};

EXPERIMENT(m34_ksm) = {
	.id = "M34",
	.name = "ksm",
	.theme = LAB_MEMORY,
	.needs = NEEDS_SYSTEM,
	.milliseconds = 3000,
	.question = N_("What does ksmd do?"),
	.theory = N_(
		"The kernel's thread ksmd looks through memory that programs have offered (MADV_MERGEABLE) for equal "
		"pages, and keeps one of them, to be copied at the first write: as fork does, but after the fact. "
		"Virtual machines save much by it. RES does not show it, PSS does. Switching it off leaves merged "
		"pages merged; only ksm/run = 2 takes them apart."),
	.watch = N_("PSS falls while RES stands still."),
	.act = act,
	CLAIMS(claims),
	.file = "m34_ksm.c",
};
