#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "lab/experiment.h"

enum { MIB = 1 << 20, BLOCK = 4000, BLOCKS = 16384, DRAWN = 56, SIZE = BLOCK * BLOCKS };

/* The first blocks and the topmost one; one is given back when not even its page is in RAM any more. */
static void draw(struct stage *stage, const char *row, const bool *freed, bool trimmed)
{
	uint8_t cells[DRAWN];

	for (int i = 0; i < DRAWN; i++)
		cells[i] = !freed[i < DRAWN - 1 ? i : BLOCKS - 1] ? CELL_LIVE : trimmed ? CELL_ABSENT : CELL_HOLE;
	stage_cells(stage, row, cells, DRAWN);
}

static void act(struct stage *stage)
{
	static bool freed[BLOCKS];
	char **blocks = mmap(NULL, BLOCKS * sizeof *blocks, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	memset(blocks, 0, BLOCKS * sizeof *blocks);
	stage_mark(stage, "empty");
	for (int i = 0; i < BLOCKS; i++)
		memset(blocks[i] = malloc(BLOCK), 1, BLOCK);
	stage_mark(stage, "full");
	draw(stage, "full", freed, false);
	for (int i = 0; i < BLOCKS; i += 2) {
		free(blocks[i]);
		freed[i] = true;
	}
	stage_mark(stage, "half freed");
	draw(stage, "half freed", freed, false);
	malloc_trim(0);
	stage_mark(stage, "half trimmed");
	for (int i = 1; i < BLOCKS - 1; i += 2) {
		free(blocks[i]);
		freed[i] = true;
	}
	stage_mark(stage, "one left");
	draw(stage, "one left", freed, false);
	malloc_trim(0);
	stage_mark(stage, "one left, trimmed");
	draw(stage, "one left, trimmed", freed, true);
	free(blocks[BLOCKS - 1]);
	malloc_trim(0);
	stage_mark(stage, "all freed");
}

static const struct series series[] = {
	{ .label = N_("all blocks"), .from = FROM_CELLS, .name = "full" },
	{ .label = N_("half freed"), .from = FROM_CELLS, .name = "half freed" },
	{ .label = N_("one left"), .from = FROM_CELLS, .name = "one left" },
	{ .label = N_("and trimmed"), .from = FROM_CELLS, .name = "one left, trimmed" },
	{ .label = "RES", .from = FROM_TASKS, .field = TASK_rss_bytes },
	{ .label = "VIRT", .from = FROM_TASKS, .field = TASK_virt_bytes },
};
static const struct picture picture = { .kind = PICTURE_STRIPS, SERIES(series) };

static const struct claim claims[] = {
	{ N_("16,384 blocks of 4,000 bytes"), N_("65.5 MB"), CHANGE_OF(pss_anon_bytes, "empty", "full"),
	  BETWEEN(SIZE, SIZE + 2 * MIB) },
	{ N_("every second one freed: RES does not move"), N_("0: no page is free as a whole"),
	  CHANGE_OF(pss_anon_bytes, "full", "half freed"), BETWEEN(-SIZE / 50, SIZE / 50) },
	{ N_("not even malloc_trim finds much"), N_("0"), CHANGE_OF(pss_anon_bytes, "half freed", "half trimmed"),
	  BETWEEN(-SIZE / 20, SIZE / 50) },
	{ N_("all but the topmost freed: RES still does not move"), N_("0: free gives back from the top only"),
	  CHANGE_OF(pss_anon_bytes, "half trimmed", "one left"), BETWEEN(-SIZE / 50, SIZE / 50) },
	{ N_("now malloc_trim gives back what lies below"), N_("-65.5 MB"),
	  CHANGE_OF(pss_anon_bytes, "one left", "one left, trimmed"), BETWEEN(INT64_MIN, -SIZE / 10 * 9) },
	{ N_("though the heap keeps its addresses"), N_("0"), CHANGE_OF(virt_bytes, "one left", "one left, trimmed"),
	  BETWEEN(-MIB, MIB) },
	{ N_("until the last block goes"), N_("-65.5 MB"), CHANGE_OF(virt_bytes, "one left, trimmed", "all freed"),
	  BETWEEN(INT64_MIN, -SIZE / 10 * 9) },
};

EXPERIMENT(m30_heap_holes) = {
	.id = "M30",
	.name = "heap-holes",
	.theme = LAB_MEMORY,
	.milliseconds = 200,
	.question = N_("Does free give memory back?"),
	.theory = N_("free gives it back to malloc, for the next malloc. To the kernel only whole pages can go, and by "
	             "itself free only shortens the heap from its top. One block that lives on up there holds all that "
	             "lies below: that is fragmentation, and looks like a leak from outside."),
	.watch = N_("RES stays up while everything but one block is freed, and falls with malloc_trim."),
	.act = act,
	.picture = &picture,
	CLAIMS(claims),
	.file = "m30_heap_holes.c",
};
