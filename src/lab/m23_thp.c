#include <string.h>

#include "lab/experiment.h"
#include "lab/huge.h"

enum { MIB = 1 << 20, SIZE = 64 * MIB, PAGE = 4096, PAGES = SIZE / PAGE, HUGE_PAGES = SIZE / HUGE_PAGE };

static void act(struct stage *stage)
{
	char *small = huge_memory(SIZE, false), *huge = huge_memory(SIZE, true), *sparse = huge_memory(SIZE, true);

	stage_mark(stage, "promised");
	memset(small, 1, SIZE);
	stage_mark(stage, "small pages");
	memset(huge, 1, SIZE);
	stage_mark(stage, "huge pages");
	for (int i = 0; i < SIZE; i += HUGE_PAGE)
		sparse[i] = 1;
	stage_mark(stage, "one byte in each");
}

static const struct claim claims[] = {
	{ N_("64 MiB in small pages: a fault each"), N_("16,384"), CHANGE_OF(minor_faults, "promised", "small pages"),
	  BETWEEN(PAGES, PAGES + 64) },
	{ N_("in huge pages: a fault for each 2 MiB"), N_("64 / 2 = 32"),
	  CHANGE_OF(minor_faults, "small pages", "huge pages"), BETWEEN(HUGE_PAGES, PAGES / 64), .noisy = true },
	{ N_("and all of it in huge pages"), N_("64 MiB"), CHANGE_OF(anon_huge_bytes, "small pages", "huge pages"),
	  BETWEEN(SIZE / 10 * 9, SIZE), .noisy = true },
	{ N_("one byte in every 2 MiB takes as much RAM as all: bloat"), N_("64 MiB instead of 128 KiB"),
	  CHANGE_OF(rss_bytes, "huge pages", "one byte in each"), BETWEEN(SIZE / 10 * 9, SIZE + MIB), .noisy = true },
	{ N_("the page tables do not shrink: a spare one is kept for each huge page"), N_("32 x 4 KiB"),
	  CHANGE_OF(page_table_bytes, "small pages", "huge pages"),
	  BETWEEN(1LL * HUGE_PAGES * PAGE, 1LL * (HUGE_PAGES + 4) * PAGE) },
};

EXPERIMENT(m23_thp) = {
	.id = "M23",
	.name = "thp",
	.theme = LAB_MEMORY,
	.milliseconds = 300,
	.question = N_("What do transparent huge pages bring?"),
	.theory = N_("Where it may (always, or for those who ask by madvise), the kernel serves a fault with 2 MiB at "
	             "once: 512 times fewer faults, and the TLB reaches further. It is not all gain: a program that "
	             "touches one byte in each 2 MiB gets all of it. Nor does the page table shrink: the kernel keeps "
	             "the small table ready, to split the huge page when it must. Where RAM is fragmented there may be "
	             "no huge page to give."),
	.watch = N_("Faults: 16,384, then 32. RES after one byte in each 2 MiB."),
	.act = act,
	CLAIMS(claims),
	.missing = huge_missing,
	.file = "m23_thp.c",
};
