#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lab/experiment.h"
#include "lab/look.h"

enum { PAGE = 4096, MOST = 200000 };

static char *map(int64_t pages)
{
	return mmap(NULL, (size_t)(pages * PAGE), PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
}

static void act(struct stage *stage)
{
	char *block = map(3);
	int64_t most = look_machine(MACHINE_max_map_count), before = look_mapping_count(getpid());

	mprotect(block + PAGE, PAGE, PROT_NONE);
	stage_report(stage, "split", look_mapping_count(getpid()) - before);
	mprotect(block + PAGE, PAGE, PROT_READ);
	stage_report(stage, "joined", look_mapping_count(getpid()) - before);
	munmap(block + PAGE, PAGE);
	stage_report(stage, "hole", look_mapping_count(getpid()) - before);

	if (most == UNSEEN || most > MOST)
		return; /* some distributions allow a million: too dear to try out */
	int64_t pages = most + 8;
	block = map(pages);
	int error = 0;
	for (int64_t i = 1; !error && i < pages; i += 2)
		error = mprotect(block + i * PAGE, PAGE, PROT_NONE) < 0 ? errno : 0;
	stage_report(stage, "error", error);
	stage_report(stage, "above the limit", look_mapping_count(getpid()) - most);
}

static const struct claim claims[] = {
	{ N_("other rights for the middle page split one mapping into three"), N_("2 more"), REPORT_OF("split", PLAIN),
	  EXACTLY(2) },
	{ N_("the same rights join them again"), N_("0 more"), REPORT_OF("joined", PLAIN), EXACTLY(0) },
	{ N_("a hole splits it into two"), N_("1 more"), REPORT_OF("hole", PLAIN), EXACTLY(1) },
	{ N_("every second page with other rights: at last the kernel refuses"), N_("ENOMEM (12)"),
	  REPORT_OF("error", PLAIN), EXACTLY(ENOMEM), .if_seen = true },
	{ N_("when there are vm.max_map_count mappings, give or take a few"), N_("0"),
	  REPORT_OF("above the limit", PLAIN), BETWEEN(-8, 8), .if_seen = true },
};

EXPERIMENT(m19_map_limit) = {
	.id = "M19",
	.name = "map-limit",
	.theme = LAB_MEMORY,
	.milliseconds = 500,
	.question = N_("Can a program run out of mappings?"),
	.theory = N_("mprotect and munmap in the middle of a mapping split it: each piece is an object in the kernel, "
	             "of some 200 bytes. There is a limit on their number, vm.max_map_count (65,530 unless changed). "
	             "A program that meets it gets ENOMEM with RAM to spare; databases and heaps with guard pages do."),
	.watch = N_("The number of lines in maps, up to the limit."),
	.act = act,
	CLAIMS(claims),
	.file = "m19_map_limit.c",
};
