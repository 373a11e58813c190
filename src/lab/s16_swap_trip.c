#include <string.h>
#include <sys/mman.h>

#include "lab/experiment.h"

enum { MIB = 1 << 20, SIZE = 64 * MIB, PAGE = 4096, PAGES = SIZE / PAGE, SWAP = 256 * MIB };

static void act(struct stage *stage)
{
	unsigned char *block = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int64_t wrong = 0;

	if (stage_swap(stage, SWAP) < 0)
		stage_skip(stage, N_("no swap to compressed memory (zram) can be set up here"));
	for (int i = 0; i < PAGES; i++)
		memset(block + (size_t)i * PAGE, i % 251, PAGE);
	stage_mark(stage, "in RAM");
	if (madvise(block, SIZE, MADV_PAGEOUT) < 0)
		stage_skip(stage, N_("this kernel does not page out on request"));
	stage_mark(stage, "on swap");
	for (int i = 0; i < PAGES; i++)
		wrong += block[(size_t)i * PAGE] != i % 251;
	stage_mark(stage, "back");
	stage_report(stage, "wrong", wrong);
}

static const struct claim claims[] = {
	{ N_("paged out: RES"), N_("-64 MiB"), CHANGE_OF(rss_bytes, "in RAM", "on swap"),
	  BETWEEN(-SIZE - 8 * MIB, -SIZE / 10 * 9) },
	{ N_("VmSwap of the process"), N_("64 MiB"), CHANGE_OF(swap_bytes, "in RAM", "on swap"),
	  BETWEEN(SIZE / 10 * 9, SIZE + 4 * MIB) },
	{ N_("VIRT"), "0", CHANGE_OF(virt_bytes, "in RAM", "on swap"), EXACTLY(0) },
	{ N_("touched again: major faults"), N_("16,384, or fewer where neighbours are read along"),
	  CHANGE_OF(major_faults, "on swap", "back"), BETWEEN(PAGES / 16, PAGES + 256) },
	{ N_("pages that came back wrong"), "0", REPORT_OF("wrong", PLAIN), EXACTLY(0) },
	{ N_("pages that the machine wrote to swap"), N_("16,384 and those of others"),
	  MACHINE_CHANGE_OF(swap_out_pages, "in RAM", "on swap"), AT_LEAST(PAGES / 10 * 9) },
};

EXPERIMENT(s16_swap_trip) = {
	.id = "S16",
	.name = "swap-trip",
	.theme = LAB_SYSTEM,
	.needs = NEEDS_SYSTEM,
	.milliseconds = 1000,
	.question = N_("What does a page on swap cost its program?"),
	.theory = N_(
		"Nothing while it is not used: RES falls, VIRT stays, VmSwap rises. At the next touch a major fault "
		"brings it back while the program waits. A little on swap is no trouble; pages that come and go all "
		"the time (si and so of vmstat) are. RES alone hides what is on swap: a process can look small "
		"because it suffers."),
	.watch = N_("RES down, SWAP up, and back by major faults."),
	.act = act,
	CLAIMS(claims),
	.file = "s16_swap_trip.c",
};
