#include <string.h>
#include <sys/mman.h>

#include "lab/experiment.h"

enum { MIB = 1 << 20, SIZE = 64 * MIB, HALF = SIZE / 2 };

static char *filled(void)
{
	char *block = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return memset(block, 1, SIZE);
}

static void act(struct stage *stage)
{
	char *volatile at_once = filled();

	stage_mark(stage, "full");
	madvise(at_once, SIZE, MADV_DONTNEED);
	stage_mark(stage, "dontneed");
	stage_report(stage, "reads", at_once[SIZE / 2]);
	munmap(at_once, SIZE);

	char *lazily = filled();
	stage_mark(stage, "full again");
	if (madvise(lazily, SIZE, MADV_FREE) < 0)
		stage_skip(stage, N_("this kernel does not know MADV_FREE"));
	stage_mark(stage, "free");
	memset(lazily, 2, HALF);
	stage_mark(stage, "half written");
}

static const struct claim claims[] = {
	{ N_("MADV_DONTNEED: RES falls at once"), N_("-64 MiB"), CHANGE_OF(smaps_rss_bytes, "full", "dontneed"),
	  BETWEEN(-SIZE - MIB, -SIZE + MIB / 2) },
	{ N_("the addresses stay"), N_("0"), CHANGE_OF(virt_bytes, "full", "dontneed"), EXACTLY(0) },
	{ N_("and read as zeroes"), N_("0"), REPORT_OF("reads", PLAIN), EXACTLY(0) },
	{ N_("MADV_FREE: RES stays, until somebody needs the memory"), N_("0"),
	  CHANGE_OF(smaps_rss_bytes, "full again", "free"), BETWEEN(-MIB, MIB), .noisy = true },
	{ N_("only smaps tells: it may be taken"), N_("64 MiB"), LEVEL_OF(lazy_free_bytes, "free"), WITHIN(2, SIZE),
	  .noisy = true },
	{ N_("what is written to again is kept"), N_("32 MiB left"), LEVEL_OF(lazy_free_bytes, "half written"),
	  WITHIN(2, HALF), .noisy = true },
};

EXPERIMENT(m31_give_back) = {
	.id = "M31",
	.name = "give-back",
	.theme = LAB_MEMORY,
	.milliseconds = 200,
	.question = N_("How does a program give memory back but keep the addresses?"),
	.theory = N_(
		"madvise: DONTNEED drops the pages now, FREE lets the kernel drop them when it is short of memory. "
		"Until then they count in RES as ever. Programs whose library frees lazily (Go did, jemalloc does) "
		"look larger than they are: LazyFree in smaps is what could go at once."),
	.watch = N_("RES falls with DONTNEED; with FREE only LazyFree rises."),
	.act = act,
	CLAIMS(claims),
	.file = "m31_give_back.c",
};
