#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lab/experiment.h"
#include "lab/look.h"
#include "lab/peer.h"

enum { MIB = 1 << 20, SIZE = 64 * MIB, PART = 16 * MIB, PAGE = 4096, PART_PAGES = PART / PAGE };

/* Around the place up to which the child writes: what is drawn. */
enum { DRAWN = 16 * PAGE };

struct family {
	struct stage *stage;
	char *block;
};

/* The child writes to a quarter, and then reads all. */
static void child(struct peer *peer, void *context)
{
	struct family *family = context;
	volatile char *block = family->block;

	peer_stop(peer);
	for (long i = 0; i < PART; i += PAGE)
		block[i] = 2;
	peer_stop(peer);
	stage_pages(family->stage, "child", family->block + PART - DRAWN / 2, DRAWN);
	for (long i = 0; i < SIZE; i += PAGE)
		(void)block[i];
	peer_stop(peer);
}

static void act(struct stage *stage)
{
	char *block = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	struct family family = { stage, block };
	struct peer peer;

	memset(block, 1, SIZE);
	peer_start(stage, &peer, child, &family);
	stage_mark(stage, "parent of a fresh child");
	stage_mark_of(stage, "fresh child", peer.pid);
	int64_t before = look_frame(peer.pid, block), own = look_frame(getpid(), block);
	if (before != UNSEEN)
		stage_report(stage, "same frame before", before == own);

	peer_next(&peer);
	stage_mark_of(stage, "child wrote", peer.pid);
	stage_report(stage, "parent's value", block[0]);
	if (before != UNSEEN)
		stage_report(stage, "same frame after", look_frame(peer.pid, block) == own);

	stage_pages(stage, "parent", block + PART - DRAWN / 2, DRAWN);
	peer_next(&peer);
	stage_mark_of(stage, "child read", peer.pid);
	peer_end(&peer);
}

static const struct series series[] = {
	{ .label = N_("parent"), .from = FROM_CELLS, .name = "parent" },
	{ .label = N_("child"), .from = FROM_CELLS, .name = "child" },
};
static const struct picture picture = { .kind = PICTURE_COW, SERIES(series) };

static const struct claim claims[] = {
	{ N_("the fresh child's RES shows all of its parent's memory"), N_("64 MiB and the program"),
	  LEVEL_OF(rss_bytes, "fresh child"), BETWEEN(SIZE, SIZE + 8 * MIB) },
	{ N_("but it is one copy: half for each"), N_("64 MiB / 2"),
	  LEVEL_OF(pss_anon_bytes, "parent of a fresh child"), BETWEEN(SIZE / 2, SIZE / 2 + MIB) },
	{ N_("of its own the child has nearly nothing"), N_("a few pages of stack"),
	  LEVEL_OF(private_dirty_bytes, "fresh child"), BETWEEN(0, MIB) },
	{ N_("writing a quarter costs a fault a page"), N_("16 MiB / 4 KiB = 4,096"),
	  CHANGE_OF(minor_faults, "fresh child", "child wrote"), BETWEEN(PART_PAGES, PART_PAGES + 64) },
	{ N_("and makes just that part the child's own"), N_("16 MiB"),
	  CHANGE_OF(private_dirty_bytes, "fresh child", "child wrote"), BETWEEN(PART, PART + MIB) },
	{ N_("the parent still reads what it wrote"), N_("1"), REPORT_OF("parent's value", PLAIN), EXACTLY(1) },
	{ N_("before the write both point at one frame"), N_("1"), REPORT_OF("same frame before", PLAIN), EXACTLY(1),
	  .if_seen = true },
	{ N_("after it no longer"), N_("0"), REPORT_OF("same frame after", PLAIN), EXACTLY(0), .if_seen = true },
	{ N_("reading all costs nothing"), N_("0"), CHANGE_OF(minor_faults, "child wrote", "child read"),
	  BETWEEN(0, 64) },
};

EXPERIMENT(m09_cow) = {
	.id = "M09",
	.name = "cow",
	.theme = LAB_MEMORY,
	.milliseconds = 300,
	.question = N_("Does fork copy the memory?"),
	.theory = N_("fork copies only the page table, and takes the right to write away from both. Whoever writes "
	             "first gets a fault, and the kernel copies that one page: copy on write. What is never written "
	             "stays one copy for ever. RES counts it in full in both processes; PSS counts it once."),
	.watch = N_("RES of both is full at once; the private part of the child grows with its writes."),
	.act = act,
	.picture = &picture,
	CLAIMS(claims),
	.file = "m09_cow.c",
};
