#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "lab/experiment.h"
#include "lab/huge.h"
#include "lab/peer.h"

enum {
	MIB = 1 << 20,
	SIZE = 128 * MIB,
	SMALLEST = 2 * MIB,
	TRIES = 8,
	PAGE = 4096,
	TABLE_BYTES = SIZE / HUGE_PAGE * PAGE
};

/* The quickest of several forks: what it must cost, without what else went on. */
static int64_t cost_of_fork(struct stage *stage)
{
	int64_t least = INT64_MAX;

	for (int i = 0; i < TRIES; i++) {
		int64_t begin = clock_ns(CLOCK_MONOTONIC);
		pid_t pid = stage_fork(stage);
		if (pid == 0)
			_exit(0);
		int64_t cost = clock_ns(CLOCK_MONOTONIC) - begin;
		waitpid(pid, NULL, 0);
		least = cost < least ? cost : least;
	}
	return least;
}

/* The same of vfork, which copies nothing and lends its address space to the child. */
static int64_t cost_of_vfork(void)
{
	volatile int64_t least = INT64_MAX;

	for (int i = 0; i < TRIES; i++) {
		int64_t begin = clock_ns(CLOCK_MONOTONIC);
		pid_t pid = vfork();
		if (pid == 0)
			_exit(0);
		int64_t cost = clock_ns(CLOCK_MONOTONIC) - begin;
		waitpid(pid, NULL, 0);
		least = cost < least ? cost : least;
	}
	return least;
}

static void wait_about(struct peer *peer, void *context)
{
	(void)context;
	peer_stop(peer);
}

static int64_t measure(struct stage *stage, char *block, const char *mark)
{
	struct peer peer;
	int64_t cost = 0;

	for (int size = SMALLEST; size <= SIZE; size *= 4) {
		memset(block, 1, (size_t)size);
		cost = cost_of_fork(stage);
		stage_point(stage, mark, size, cost);
		if (!strcmp(mark, "small pages"))
			stage_point(stage, "vfork", size, cost_of_vfork());
	}
	stage_report(stage, mark, cost);
	peer_start(stage, &peer, wait_about, NULL);
	stage_mark_of(stage, mark, peer.pid);
	peer_end(&peer);
	madvise(block, SIZE, MADV_DONTNEED);
	return cost;
}

static void act(struct stage *stage)
{
	int64_t small = measure(stage, huge_memory(SIZE, false), "small pages");
	int64_t huge = measure(stage, huge_memory(SIZE, true), "huge pages");
	char *shared = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	measure(stage, shared, "shared");
	madvise(shared, SIZE, MADV_REMOVE);
	stage_report(stage, "times", huge > 0 ? small * 1000 / huge : 0);
}

static const struct series series[] = {
	{ .label = N_("small pages"), .from = FROM_POINTS, .name = "small pages" },
	{ .label = N_("huge pages"), .from = FROM_POINTS, .name = "huge pages" },
	{ .label = N_("shared mapping"), .from = FROM_POINTS, .name = "shared" },
	{ .label = "vfork", .from = FROM_POINTS },
};
static const struct picture picture = { .kind = PICTURE_LOG,
	                                .x_label = N_("memory of the process"),
	                                .unit = NANOSECONDS,
	                                .x_unit = BYTES,
	                                SERIES(series) };

static const struct claim claims[] = {
	{ N_("fork with 128 MiB in small pages, the quickest of 8"), N_("about 2 ms: 32,768 entries are copied"),
	  REPORT_OF("small pages", NANOSECONDS), AT_LEAST(1) },
	{ N_("the child's page table"), N_("128 / 2 = 64 tables and some"), LEVEL_OF(page_table_bytes, "small pages"),
	  BETWEEN(TABLE_BYTES, TABLE_BYTES + 32 * PAGE) },
	{ N_("with huge pages: 64 entries"), N_("about 0.1 ms"), REPORT_OF("huge pages", NANOSECONDS), AT_LEAST(1) },
	{ N_("small pages cost so many times more"), N_("more than 3 times"), REPORT_OF("times", FRACTION),
	  AT_LEAST(3000), .noisy = true },
	{ N_("a shared mapping: its entries are not copied at all, the child finds them by faults"),
	  N_("less than 32 tables"), LEVEL_OF(page_table_bytes, "shared"), BETWEEN(1, TABLE_BYTES / 2) },
};

EXPERIMENT(m24_fork_cost) = {
	.id = "M24",
	.name = "fork-cost",
	.theme = LAB_MEMORY,
	.milliseconds = 1000,
	.question = N_("What does fork cost a large process?"),
	.theory = N_("fork copies no memory, but it copies the entries of the page table, and counts one more user for "
	             "every page: the time grows with RES, about 14 ms for each GiB in small pages. Huge pages have "
	             "512 times fewer entries. That is the pause which Redis takes at each snapshot. Shared mappings "
	             "are left to be faulted in, and vfork copies nothing at all."),
	.watch = N_("The price of fork for the same 128 MiB, in three kinds of pages."),
	.act = act,
	.picture = &picture,
	CLAIMS(claims),
	.missing = huge_missing,
	.file = "m24_fork_cost.c",
};
