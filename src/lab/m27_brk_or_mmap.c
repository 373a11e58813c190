#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lab/experiment.h"
#include "lab/look.h"

enum { KIB = 1024, SMALL = 64 * KIB, LARGE = 1024 * KIB };

static int is_in_heap(const void *address)
{
	struct place_in_memory place;

	return look_mapping(getpid(), address, &place) && !strcmp(place.name, "[heap]");
}

static void act(struct stage *stage)
{
	char *volatile small = malloc(SMALL), *volatile large = malloc(LARGE);
	char *top = sbrk(0);

	stage_report(stage, "small", is_in_heap(small));
	stage_report(stage, "large", is_in_heap(large));
	stage_report(stage, "top", (char *)sbrk(0) >= top && small < top);
	free(large);
	large = malloc(LARGE);
	stage_report(stage, "large again", is_in_heap(large));
}

static const struct claim claims[] = {
	{ N_("malloc(64 KiB) comes from the heap"), N_("1: in [heap]"), REPORT_OF("small", PLAIN), EXACTLY(1) },
	{ N_("which ends at sbrk(0)"), N_("1: below"), REPORT_OF("top", PLAIN), EXACTLY(1) },
	{ N_("malloc(1 MiB) comes from mmap"), N_("0: not in [heap]"), REPORT_OF("large", PLAIN), EXACTLY(0) },
	{ N_("after a free of that, the next 1 MiB comes from the heap"), N_("1: the threshold has moved"),
	  REPORT_OF("large again", PLAIN), EXACTLY(1) },
};

EXPERIMENT(m27_brk_or_mmap) = {
	.id = "M27",
	.name = "brk-or-mmap",
	.theme = LAB_MEMORY,
	.milliseconds = 100,
	.question = N_("When does malloc use brk, and when mmap?"),
	.theory = N_("Small blocks come from the heap, which grows by brk; blocks of 128 KiB and more get a mapping of "
	             "their own, which free gives back at once. glibc learns: when such a block is freed, it expects "
	             "more of that size and from then on takes them from the heap. So the textbook's threshold holds "
	             "for the first one only."),
	.watch = N_("The address of 64 KiB, of 1 MiB, and of 1 MiB once more."),
	.act = act,
	CLAIMS(claims),
	.file = "m27_brk_or_mmap.c",
};
