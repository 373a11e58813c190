#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lab/experiment.h"
#include "lab/look.h"

enum { PAGE = 4096, PAGES = 512 };

#define MIB INT64_C(1048576)
#define GIB (1024 * MIB)

/* Which entries of the tree lead to what was touched; of the lower tables, the first one. */
static void draw(struct stage *stage, const char *block, int64_t size, int64_t step)
{
	static const char *const rows[] = { "level 1", "level 2", "level 3", "level 4" };
	static uint8_t cells[4][PAGES];

	memset(cells, CELL_ABSENT, sizeof cells);
	for (int64_t i = 0; i < size; i += step) {
		bool first = true;
		for (int level = 3; level >= 0 && first; level--) {
			uint64_t address = (uint64_t)(uintptr_t)block + (uint64_t)i, shift = 12 + 9 * (uint64_t)level;
			cells[level][address >> shift & (PAGES - 1)] = CELL_LIVE;
			first = address >> shift == (uint64_t)(uintptr_t)block >> shift; /* not into the others */
		}
	}
	for (int level = 3; level >= 0; level--)
		stage_cells(stage, rows[level], cells[level], PAGES);
}

/* Reads one byte at each step: the zero page appears there, and with it the tables that lead to it, but no RAM. */
static void touch(struct stage *stage, int64_t size, int64_t step, const char *before, const char *after)
{
	char *block = mmap(NULL, (size_t)(size + GIB), PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (block == MAP_FAILED)
		stage_skip(stage, N_("so much address space is not granted here"));
	volatile char *aligned = (char *)(((uintptr_t)block + GIB - 1) & ~(uintptr_t)(GIB - 1));
	int64_t tables = look_task(getpid(), TASK_page_table_bytes);
	stage_mark(stage, before);
	for (int64_t i = 0; i < size; i += step)
		(void)aligned[i];
	stage_mark(stage, after);
	draw(stage, (char *)aligned, size, step);
	tables = look_task(getpid(), TASK_page_table_bytes) - tables;
	stage_point(stage, after, 0, tables * 1000000 / (size / step * PAGE));
	munmap(block, (size_t)(size + GIB));
}

static void act(struct stage *stage)
{
	touch(stage, 256 * MIB, PAGE, "dense: before", "dense");
	touch(stage, PAGES * 2 * MIB, 2 * MIB, "sparse: before", "sparse");
	touch(stage, PAGES * GIB, GIB, "very sparse: before", "very sparse");
}

static const struct series series[] = {
	{ .label = N_("4: 512 GiB each"), .from = FROM_CELLS, .name = "level 4" },
	{ .label = N_("3: 1 GiB each"), .from = FROM_CELLS, .name = "level 3" },
	{ .label = N_("2: 2 MiB each"), .from = FROM_CELLS, .name = "level 2" },
	{ .label = N_("1: 4 KiB each"), .from = FROM_CELLS, .name = "level 1" },
	{ .label = N_("dense: % of data"), .from = FROM_POINTS, .name = "dense" },
	{ .label = N_("one page in 2 MiB"), .from = FROM_POINTS, .name = "sparse" },
	{ .label = N_("one page in 1 GiB"), .from = FROM_POINTS, .name = "very sparse" },
};
static const struct picture picture = { .kind = PICTURE_TREE, .unit = PERCENT, SERIES(series) };

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
	.picture = &picture,
	CLAIMS(claims),
	.file = "m20_page_table.c",
};
