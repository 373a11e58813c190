#include <string.h>
#include <sys/mman.h>

#include "lab/experiment.h"
#include "lab/look.h"

enum {
	MIB = 1 << 20,
	SIZE = 64 * MIB,
	PAGE = 4096,
	PAGES = SIZE / PAGE,
	TABLE_BYTES = SIZE / (2 * MIB) * PAGE,
	DRAWN = 8 * MIB
};

/* The same with fewer pages, and not all of them, for the picture. */
static void draw(struct stage *stage)
{
	volatile char *block = mmap(NULL, DRAWN, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	stage_pages(stage, "mapped", (void *)block, DRAWN);
	for (long i = 0; i < DRAWN / 4 * 3; i += PAGE)
		(void)block[i];
	stage_pages(stage, "read", (void *)block, DRAWN);
	for (long i = 0; i < DRAWN / 2; i += PAGE)
		block[i] = 1;
	stage_pages(stage, "written", (void *)block, DRAWN);
}

static void act(struct stage *stage)
{
	volatile char *block = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	stage_mark(stage, "mapped");
	for (long i = 0; i < SIZE; i += PAGE)
		(void)block[i];
	stage_mark(stage, "read");
	int64_t frames = look_frames(block, PAGES);
	if (frames != UNSEEN)
		stage_report(stage, "frames after reading", frames);

	stage_mark(stage, "looked");
	for (long i = 0; i < SIZE; i += PAGE)
		block[i] = 1;
	stage_mark(stage, "written");
	frames = look_frames(block, PAGES);
	if (frames != UNSEEN)
		stage_report(stage, "frames after writing", frames);
	draw(stage);
}

static const struct series series[] = {
	{ .label = N_("mapped"), .from = FROM_CELLS, .name = "mapped" },
	{ .label = N_("three quarters read"), .from = FROM_CELLS, .name = "read" },
	{ .label = N_("half written"), .from = FROM_CELLS, .name = "written" },
};
static const struct picture picture = { .kind = PICTURE_GRID, SERIES(series) };

static const struct claim claims[] = {
	{ N_("reading costs a minor fault a page"), N_("64 MiB / 4 KiB = 16,384"),
	  CHANGE_OF(minor_faults, "mapped", "read"), BETWEEN(PAGES, PAGES + 64) },
	{ N_("but no memory"), N_("0"), CHANGE_OF(smaps_rss_bytes, "mapped", "read"), BETWEEN(0, SIZE / 100) },
	{ N_("only page tables: 4 KiB for each 2 MiB read"), N_("32 x 4 KiB, and those above them"),
	  CHANGE_OF(page_table_bytes, "mapped", "read"), BETWEEN(TABLE_BYTES, TABLE_BYTES + 4 * PAGE) },
	{ N_("every page is the same frame of RAM, the zero page"), N_("1"), REPORT_OF("frames after reading", PLAIN),
	  EXACTLY(1), .if_seen = true },
	{ N_("the first write to each page costs a second fault"), N_("16,384"),
	  CHANGE_OF(minor_faults, "looked", "written"), BETWEEN(PAGES, PAGES + 64) },
	{ N_("and now RES grows"), N_("64 MiB"), CHANGE_OF(smaps_rss_bytes, "looked", "written"), WITHIN(1, SIZE) },
	{ N_("each page has a frame of its own"), N_("16,384"), REPORT_OF("frames after writing", PLAIN),
	  EXACTLY(PAGES), .if_seen = true },
};

EXPERIMENT(m03_zero_page) = {
	.id = "M03",
	.name = "zero-page",
	.theme = LAB_MEMORY,
	.milliseconds = 200,
	.question = N_("What does reading memory cost that was never written?"),
	.theory = N_("The textbook says that the first access brings a page. Reading does not: all untouched pages "
	             "read as zeroes, so the kernel lets every one of them point at one and the same frame, the "
	             "zero page. That is a fault each and an entry in the page table, but no RAM. The first write "
	             "faults again, and only then the page gets a frame of its own."),
	.watch = N_("Faults rise twice, RES only the second time."),
	.act = act,
	.picture = &picture,
	CLAIMS(claims),
	.file = "m03_zero_page.c",
};
