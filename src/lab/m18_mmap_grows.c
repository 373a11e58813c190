#include <sys/mman.h>
#include <unistd.h>

#include "lab/experiment.h"
#include "lab/look.h"

enum { SIZE = 64 * 1024, FILLERS = 16, ROUNDS = 4 };

static char *map(int protection)
{
	return mmap(NULL, SIZE, protection, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

static void act(struct stage *stage)
{
	struct place_in_memory first, last;
	char *previous = NULL;
	int below = 0;

	for (int i = 0; i < FILLERS; i++) /* holes between the libraries are filled first */
		previous = map(PROT_READ | PROT_WRITE);
	if (map(PROT_NONE) > previous)
		stage_skip(stage, N_("mappings are put upwards here (ulimit -s is unlimited)"));
	previous = map(PROT_READ | PROT_WRITE);
	look_mapping(getpid(), previous, &first);
	int64_t before = look_mapping_count(getpid());
	for (int i = 0; i < ROUNDS; i++) {
		char *next = map(PROT_READ | PROT_WRITE);
		below += next == previous - SIZE;
		previous = next;
	}
	stage_report(stage, "below", below);
	stage_report(stage, "new lines", look_mapping_count(getpid()) - before);
	look_mapping(getpid(), previous, &last);
	stage_report(stage, "end moved", last.end - first.end);
	stage_report(stage, "start moved", last.start - first.start);
	map(PROT_READ);
	stage_report(stage, "read only", look_mapping_count(getpid()) - before);
}

static const struct claim claims[] = {
	{ N_("each new mapping lies right below the one before"), N_("4 of 4"), REPORT_OF("below", PLAIN),
	  EXACTLY(ROUNDS) },
	{ N_("no line is added to maps"), N_("0"), REPORT_OF("new lines", PLAIN), EXACTLY(0) },
	{ N_("the line that was there begins earlier"), N_("-4 x 64 KiB"), REPORT_OF("start moved", BYTES),
	  EXACTLY(ROUNDS * -SIZE) },
	{ N_("and ends where it did"), N_("0"), REPORT_OF("end moved", BYTES), EXACTLY(0) },
	{ N_("one with other rights gets a line of its own"), N_("1"), REPORT_OF("read only", PLAIN), EXACTLY(1) },
};

EXPERIMENT(m18_mmap_grows) = {
	.id = "M18",
	.name = "mmap-grows",
	.theme = LAB_MEMORY,
	.milliseconds = 100,
	.question = N_("What happens to maps when a program calls mmap?"),
	.theory = N_("The kernel looks for room from above, below the last mapping. If the neighbour has the same "
	             "rights, no new line appears: the old one grows downwards. Large mappings may still stand apart: "
	             "since Linux 6.7 those of 2 MiB and more begin at a multiple of 2 MiB, so that they can have huge "
	             "pages, and no longer join."),
	.watch = N_("One line of maps whose start falls."),
	.act = act,
	CLAIMS(claims),
	.file = "m18_mmap_grows.c",
};
