#include "lab/experiment.h"

/* The textbook's toy: 16 pages, either one flat table or a tree of tables with 4 entries each. */
enum { PAGES = 16, WIDTH = 4 };

struct tree {
	bool directory[WIDTH]; /* whether there is a table for those pages */
	bool table[WIDTH][WIDTH];
};

static void map(struct tree *tree, int page)
{
	tree->directory[page / WIDTH] = true;
	tree->table[page / WIDTH][page % WIDTH] = true;
}

/* Entries that have to be kept in memory. */
static int entries(const struct tree *tree)
{
	int count = WIDTH;

	for (int i = 0; i < WIDTH; i++)
		count += tree->directory[i] ? WIDTH : 0;
	return count;
}

static void draw(struct stage *stage, const struct tree *tree)
{
	uint8_t directory[WIDTH], pages[PAGES];

	for (int i = 0; i < WIDTH; i++)
		directory[i] = tree->directory[i] ? CELL_LIVE : CELL_ABSENT;
	for (int page = 0; page < PAGES; page++)
		pages[page] = tree->table[page / WIDTH][page % WIDTH] ? CELL_LIVE : CELL_ABSENT;
	stage_cells(stage, "directory", directory, WIDTH);
	stage_cells(stage, "pages", pages, PAGES);
}

static void act(struct stage *stage)
{
	struct tree dense = { 0 }, full = { 0 };
	int break_even = 0;

	stage_report(stage, "flat", PAGES);
	for (int page = 0; page < WIDTH; page++)
		map(&dense, page);
	stage_report(stage, "tree", entries(&dense));
	draw(stage, &dense);
	stage_point(stage, "flat", 0, PAGES);
	stage_point(stage, "tree", 0, entries(&dense));
	for (int page = 0; page < PAGES; page++) {
		map(&full, page);
		if (!break_even && entries(&full) >= PAGES)
			break_even = page / WIDTH + 1;
		if (page == 3 * WIDTH - 1)
			stage_point(stage, "three of four", 0, entries(&full));
	}
	stage_report(stage, "full", entries(&full));
	stage_point(stage, "full", 0, entries(&full));
	stage_report(stage, "break even", break_even);
}

static const struct series series[] = {
	{ .label = N_("the directory"), .from = FROM_CELLS, .name = "directory" },
	{ .label = N_("pages it leads to"), .from = FROM_CELLS, .name = "pages" },
	{ .label = N_("flat table"), .from = FROM_POINTS, .name = "flat" },
	{ .label = N_("tree, 4 pages"), .from = FROM_POINTS, .name = "tree" },
	{ .label = N_("tree, 12 pages"), .from = FROM_POINTS, .name = "three of four" },
	{ .label = N_("tree, all 16"), .from = FROM_POINTS, .name = "full" },
};
static const struct picture picture = { .kind = PICTURE_TREE, SERIES(series) };

static const struct claim claims[] = {
	{ N_("one flat table"), N_("16 entries"), REPORT_OF("flat", PLAIN), EXACTLY(16) },
	{ N_("a tree with 4 neighbouring pages in use"), N_("4 + 4 = 8"), REPORT_OF("tree", PLAIN), EXACTLY(8) },
	{ N_("a tree with all pages in use"), N_("4 + 4 x 4 = 20"), REPORT_OF("full", PLAIN), EXACTLY(20) },
	{ N_("tables in use from which on it saves nothing"), N_("3 of 4: 4 + 3 x 4 = 16"),
	  REPORT_OF("break even", PLAIN), EXACTLY(3) },
};

EXPERIMENT(m21_toy_table) = {
	.id = "M21",
	.name = "toy-table",
	.theme = LAB_MEMORY,
	.milliseconds = 100,
	.question = N_("Why a tree of tables and not one table?"),
	.theory = N_("The textbook's example in numbers: 16 pages, tables of 4 entries. The tree saves while few "
	             "tables are in use, and costs more than the flat table when all are. Real processes use a tiny "
	             "part of their addresses. The example has 2 levels; x86-64 has 4 or 5 of 512 entries each: 9 bits "
	             "of the address choose at each level."),
	.watch = N_("Entries to keep: 16, 8, 20."),
	.act = act,
	.picture = &picture,
	CLAIMS(claims),
	.file = "m21_toy_table.c",
};
