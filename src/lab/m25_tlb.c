#include <string.h>

#include "base/clock.h"
#include "lab/experiment.h"
#include "lab/huge.h"

enum { MIB = 1 << 20, SIZE = 128 * MIB, PAGE = 4096, PAGES = SIZE / PAGE, ROUNDS = 9, LOADS = 100000 };

/* A ring through all pages in an order that no processor guesses: each line holds the number of the next page. */
static void make_ring(char *block)
{
	unsigned at = 0;

	for (unsigned i = 0; i < PAGES; i++) {
		unsigned next = (at * 5 + 12345) % PAGES; /* reaches every page, since PAGES is a power of two */
		memcpy(block + (size_t)at * PAGE + at % 64 * 64, &next, sizeof next);
		at = next;
	}
}

/* Nanoseconds for each of many loads, of which each needs the one before. In 1/1000. */
static int64_t cost_of_load(const char *block)
{
	unsigned at = 0;
	int64_t begin = clock_ns(CLOCK_MONOTONIC);

	for (int i = 0; i < LOADS; i++)
		memcpy(&at, block + (size_t)at * PAGE + at % 64 * 64, sizeof at);
	__asm__ volatile("" : : "r"(at));
	return (clock_ns(CLOCK_MONOTONIC) - begin) * 1000 / LOADS;
}

static int64_t middle(int64_t *values)
{
	for (int i = 1; i < ROUNDS; i++)
		for (int j = i; j > 0 && values[j] < values[j - 1]; j--) {
			int64_t value = values[j];
			values[j] = values[j - 1];
			values[j - 1] = value;
		}
	return values[ROUNDS / 2];
}

static void act(struct stage *stage)
{
	char *small = huge_memory(SIZE, false), *huge = huge_memory(SIZE, true);
	int64_t of_small[ROUNDS], of_huge[ROUNDS];

	make_ring(small);
	make_ring(huge);
	for (int i = 0; i < ROUNDS; i++) { /* in turn, so that what else goes on meets both */
		of_small[i] = cost_of_load(small);
		of_huge[i] = cost_of_load(huge);
	}
	stage_report(stage, "small", middle(of_small));
	stage_report(stage, "huge", middle(of_huge));
}

static const struct claim claims[] = {
	{ N_("ns for a load from another small page each time"), N_("an access to memory and a walk of the page table"),
	  REPORT_OF("small", FRACTION), .observed = true },
	{ N_("ns for the same from huge pages"), N_("less: 64 entries reach over 128 MiB"), REPORT_OF("huge", FRACTION),
	  .observed = true },
};

EXPERIMENT(m25_tlb) = {
	.id = "M25",
	.name = "tlb",
	.theme = LAB_MEMORY,
	.milliseconds = 1500,
	.question = N_("What does translating an address cost?"),
	.theory = N_(
		"Each access needs an address translated by the page table: four more accesses, if the processor "
		"did not remember. It does, in the TLB, for some thousand pages. Beyond that each access walks the "
		"table, most of which is in the caches. A huge page needs one entry for 2 MiB, so the same TLB "
		"reaches 512 times further. Times depend on all else that runs: they are shown, and nothing is "
		"concluded from them."),
	.watch = N_("Nanoseconds for a load, in small and in huge pages."),
	.act = act,
	CLAIMS(claims),
	.missing = huge_missing,
	.file = "m25_tlb.c",
};
