#include <sys/mman.h>

#include "lab/experiment.h"

enum { PAGE = 4096, PAGES = 512 };

#define MIB INT64_C(1048576)
#define GIB (1024 * MIB)

/* Reads one byte at each step: the zero page appears there, and with it the tables that lead to it, but no RAM. */
static void touch(struct stage *stage, int64_t size, int64_t step, const char *before, const char *after)
{
	char *block = mmap(NULL, (size_t)(size + GIB), PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (block == MAP_FAILED)
		stage_skip(stage, "so much address space is not granted here");
	volatile char *aligned = (char *)(((uintptr_t)block + GIB - 1) & ~(uintptr_t)(GIB - 1));
	stage_mark(stage, before);
	for (int64_t i = 0; i < size; i += step)
		(void)aligned[i];
	stage_mark(stage, after);
	munmap(block, (size_t)(size + GIB));
}

static void act(struct stage *stage)
{
	touch(stage, 256 * MIB, PAGE, "dense: before", "dense");
	touch(stage, PAGES * 2 * MIB, 2 * MIB, "sparse: before", "sparse");
	touch(stage, PAGES * GIB, GIB, "very sparse: before", "very sparse");
}

/* Tables of the lowest level, and some of those above. */
#define TABLES(low, high) BETWEEN((low)*PAGE, (high)*PAGE)

static const struct claim claims[] = {
	{ N_("mapping costs no table at all: 256 MiB densely touched, before"), N_("some 50 KiB of the program's own"),
	  LEVEL_OF(page_table_bytes, "dense: before"), TABLES(4, 64) },
	{ N_("256 MiB, every page touched"), N_("256 / 2 = 128 tables of 4 KiB: 0.2 % of the data"),
	  CHANGE_OF(page_table_bytes, "dense: before", "dense"), TABLES(128, 132) },
	{ N_("512 pages, one in each 2 MiB"), N_("512 tables: as much as the data"),
	  CHANGE_OF(page_table_bytes, "sparse: before", "sparse"), TABLES(PAGES, PAGES + 4) },
	{ N_("512 pages, one in each GiB"), N_("2 x 512 tables: twice the data"),
	  CHANGE_OF(page_table_bytes, "very sparse: before", "very sparse"), TABLES(2 * PAGES, 2 * PAGES + 6) },
};

EXPERIMENT(m20_page_table) = {
	.id = "M20",
	.name = "page-table",
	.theme = LAB_MEMORY,
	.milliseconds = 400,
	.question = N_("How much memory does a page table take?"),
	.theory = N_("There is not one page table in the kernel: each process has its own, and pays for it. It is a "
	             "tree of 4 levels (5 on large machines), each node 512 entries in 4 KiB. A flat table for 48 bits "
	             "of address would take 512 GiB for every process. The tree has only the branches that are used: "
	             "little where memory lies together, more than the data itself where it is scattered. Mapping "
	             "alone makes no entry and no table."),
	.watch = N_("VmPTE: the same number of pages, at three distances."),
	.act = act,
	CLAIMS(claims),
	.file = "m20_page_table.c",
};
