#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#include "lab/experiment.h"
#include "lab/look.h"

enum { MIB = 1 << 20, HUGE_PAGE = 2 * MIB, PAGES = 16, SIZE = PAGES * HUGE_PAGE };

static char *map(void)
{
	char *block = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB, -1, 0);

	return block == MAP_FAILED ? NULL : block;
}

static void act(struct stage *stage)
{
	if (look_machine(MACHINE_hugetlb_page_bytes) != HUGE_PAGE)
		stage_skip(stage, N_("the huge pages of this machine are not of 2 MiB"));
	if (look_machine(MACHINE_hugetlb_pages) == 0)
		stage_report(stage, "without a pool", map() ? 0 : errno);
	/* Not a pool, but the right to take pages from the system: they go back by themselves. */
	if (stage_set(stage, "vm.nr_overcommit_hugepages", "16") < 0)
		stage_skip(stage, N_("huge pages cannot be set up here"));
	stage_mark(stage, "before");
	char *block = map();
	if (!block)
		stage_noise(stage, N_("RAM is too fragmented for 16 huge pages"));
	stage_mark(stage, "mapped");
	memset(block, 1, SIZE);
	stage_mark(stage, "touched");
	munmap(block, SIZE);
	stage_mark(stage, "given back");
}

static const struct claim claims[] = {
	{ N_("MAP_HUGETLB while the pool is empty"), N_("ENOMEM (12)"), REPORT_OF("without a pool", PLAIN),
	  EXACTLY(ENOMEM), .if_seen = true },
	{ N_("huge pages set aside for it at mmap already"), N_("32 MiB / 2 MiB = 16"),
	  MACHINE_CHANGE_OF(hugetlb_reserved_pages, "before", "mapped"), EXACTLY(PAGES), .noisy = true },
	{ N_("faults when it is touched"), N_("16, not 8,192"), CHANGE_OF(minor_faults, "mapped", "touched"),
	  BETWEEN(PAGES, PAGES + 8) },
	{ N_("page tables"), N_("0: one entry for each 2 MiB"), CHANGE_OF(page_table_bytes, "mapped", "touched"),
	  BETWEEN(0, 8192) },
	{ N_("HugetlbPages of the process"), N_("32 MiB"), CHANGE_OF(hugetlb_bytes, "mapped", "touched"),
	  EXACTLY(SIZE) },
	{ N_("RES, which does not count them"), "0", CHANGE_OF(smaps_rss_bytes, "mapped", "touched"), BETWEEN(0, MIB) },
	{ N_("given back, none is left"), N_("-32 MiB"), CHANGE_OF(hugetlb_bytes, "touched", "given back"),
	  EXACTLY(-SIZE) },
};

EXPERIMENT(m22_hugetlb) = {
	.id = "M22",
	.name = "hugetlb",
	.theme = LAB_MEMORY,
	.needs = NEEDS_SYSTEM,
	.milliseconds = 200,
	.question = N_("What are the huge pages that a program asks for by MAP_HUGETLB?"),
	.theory = N_(
		"Pages of 2 MiB from a pool that the administrator sets aside (vm.nr_hugepages), used by databases and "
		"virtual machines. They are reserved at mmap, so a touch cannot fail; they are never swapped, have "
		"one entry for 2 MiB and no spare table. And RES does not count them: who looks for large processes "
		"by RES overlooks them."),
	.watch = N_("HugetlbPages rises, RES and the page table do not."),
	.act = act,
	CLAIMS(claims),
	.file = "m22_hugetlb.c",
};
