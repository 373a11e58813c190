#include <stdlib.h>
#include <sys/syscall.h>

#include "lab/experiment.h"
#include "lab/tracer.h"

enum { MIB = 1 << 20, SMALL_ONES = 10000, LARGE_ONES = 100 };

static void *volatile kept; /* or the compiler leaves out what nobody looks at */

static void small_ones(void)
{
	for (int i = 0; i < SMALL_ONES; i++)
		kept = malloc(100);
}

static void pairs(void)
{
	for (int i = 0; i < SMALL_ONES; i++) {
		kept = malloc(100);
		free(kept);
	}
}

static void large_ones(void)
{
	for (int i = 0; i < LARGE_ONES; i++)
		kept = malloc(MIB);
}

static void large_pairs(void)
{
	for (int i = 0; i < LARGE_ONES; i++) {
		kept = malloc(200000);
		free(kept);
	}
}

static void act(struct stage *stage)
{
	stage_report(stage, "small", tracer_count(stage, small_ones, -1));
	stage_report(stage, "pairs", tracer_count(stage, pairs, -1));
	stage_report(stage, "large", tracer_count(stage, large_ones, SYS_mmap));
	stage_report(stage, "large pairs", tracer_count(stage, large_pairs, -1));
}

static const struct claim claims[] = {
	{ N_("10,000 x malloc(100): system calls"), N_("8 or so: 1 MB in steps of 132 KiB"), REPORT_OF("small", PLAIN),
	  BETWEEN(1, SMALL_ONES / 100) },
	{ N_("10,000 x malloc(100) and free"), N_("next to none"), REPORT_OF("pairs", PLAIN), BETWEEN(0, 4) },
	{ N_("100 x malloc(1 MiB): calls of mmap"), N_("one each: 100"), REPORT_OF("large", PLAIN),
	  BETWEEN(LARGE_ONES, LARGE_ONES + 4) },
	{ N_("100 x malloc(200,000) and free"), N_("4: after the first free malloc keeps such blocks"),
	  REPORT_OF("large pairs", PLAIN), BETWEEN(1, LARGE_ONES / 4) },
};

EXPERIMENT(m26_not_a_syscall) = {
	.id = "M26",
	.name = "not-a-syscall",
	.theme = LAB_MEMORY,
	.milliseconds = 300,
	.question = N_("Is malloc a system call?"),
	.theory = N_(
		"No: it is a function of the C library, which cuts small pieces from a large one. Only when it "
		"runs out does it ask the kernel, by brk (the heap grows) or by mmap (large blocks). So the kernel "
		"knows nothing of single blocks, nor of most frees."),
	.watch = N_("System calls of 10,000 mallocs, counted by a tracer."),
	.act = act,
	CLAIMS(claims),
	.file = "m26_not_a_syscall.c",
};
