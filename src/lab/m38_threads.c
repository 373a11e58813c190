#include "lab/crew.h"
#include "lab/experiment.h"

enum { KIB = 1024, MIB = 1024 * KIB, THREADS = 64, STACK = 8 * MIB, KERNEL_STACK = 16 * KIB };

static void act(struct stage *stage)
{
	struct crew crew;

	stage_mark(stage, "alone");
	if (!crew_start(&crew, THREADS, STACK, NULL))
		stage_skip(stage, N_("so many threads cannot be started here"));
	stage_mark(stage, "threads");
	crew_end(&crew);
	stage_mark(stage, "alone again");
}

static const struct claim claims[] = {
	{ N_("64 threads: VIRT"), N_("64 x 8 MiB of stack"), CHANGE_OF(virt_bytes, "alone", "threads"),
	  WITHIN(5, 1LL * THREADS * STACK) },
	{ N_("RES"), N_("two or three pages each"), CHANGE_OF(smaps_rss_bytes, "alone", "threads"),
	  BETWEEN(THREADS * 4 * KIB, THREADS * 32 * KIB) },
	{ N_("threads in the process"), N_("1 + 64"), LEVEL_OF(threads, "threads"), EXACTLY(1 + THREADS) },
	{ N_("kernel stacks of the machine, in no RES"), N_("64 x 16 KiB"),
	  MACHINE_CHANGE_OF(kernel_stack_bytes, "alone", "threads"), WITHIN(20, 1LL * THREADS * KERNEL_STACK),
	  .noisy = true },
	{ N_("when they have ended"), N_("1"), LEVEL_OF(threads, "alone again"), EXACTLY(1) },
};

EXPERIMENT(m38_threads) = {
	.id = "M38",
	.name = "threads",
	.theme = LAB_MEMORY,
	.milliseconds = 100,
	.question = N_("What memory does a thread take?"),
	.theory = N_("Threads share everything but their stacks. Each is given 8 MiB of addresses for it (ulimit -s), "
	             "of which it touches a few KiB, and 16 KiB in the kernel, which no process's RES shows. So a "
	             "thousand threads make 8 GiB of VIRT and some 24 MiB of memory."),
	.watch = N_("VIRT leaps, RES hardly moves."),
	.act = act,
	CLAIMS(claims),
	.file = "m38_threads.c",
};
