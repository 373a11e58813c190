#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "lab/experiment.h"
#include "lab/look.h"

enum { SMALL = 100, LARGE = 1 << 20 };

static int initialized = 7;
static int zeroed;
static const int constant = 7;

/* 1 when the address lies in a mapping with these rights, and of that name; of any file when the name is "file". */
static int lies(const volatile void *address, const char *perms, const char *name)
{
	struct place_in_memory place;

	if (!look_mapping(getpid(), address, &place) || strcmp(place.perms, perms))
		return 0;
	if (!strcmp(name, "file"))
		return place.inode != 0;
	return !strcmp(place.name, name);
}

static void act(struct stage *stage)
{
	char *small = malloc(SMALL), *large = malloc(LARGE);
	struct rlimit stack;
	int local = 0;

	initialized++;
	zeroed++;
	stage_report(stage, "code", lies((void *)(uintptr_t)act, "r-xp", "file"));
	stage_report(stage, "library", lies((void *)(uintptr_t)getpid, "r-xp", "file"));
	stage_report(stage, "constant", lies(&constant, "r--p", "file"));
	stage_report(stage, "data", lies(&initialized, "rw-p", "file"));
	stage_report(stage, "bss", lies(&zeroed, "rw-p", "file") || lies(&zeroed, "rw-p", ""));
	stage_report(stage, "small", lies(small, "rw-p", "[heap]"));
	stage_report(stage, "large", lies(large, "rw-p", ""));
	stage_report(stage, "local", lies(&local, "rw-p", "[stack]"));
	/* Without a limit for the stack, mappings are put below the program. */
	if (getrlimit(RLIMIT_STACK, &stack) == 0 && stack.rlim_cur != RLIM_INFINITY)
		stage_report(stage, "order", (char *)&initialized < small && small < large && large < (char *)&local);
	free(small);
	free(large);
}

static const struct claim claims[] = {
	{ N_("code lies in a mapping of the program's file that may be executed"), N_("r-xp, file"),
	  REPORT_OF("code", PLAIN), EXACTLY(1) },
	{ N_("a function of a library in one of the library's file"), N_("r-xp, file"), REPORT_OF("library", PLAIN),
	  EXACTLY(1) },
	{ N_("a constant in one that may only be read"), N_("r--p, file"), REPORT_OF("constant", PLAIN), EXACTLY(1) },
	{ N_("an initialized variable in a private copy of the file"), N_("rw-p, file"), REPORT_OF("data", PLAIN),
	  EXACTLY(1) },
	{ N_("a zeroed variable beside it (bss)"), N_("rw-p"), REPORT_OF("bss", PLAIN), EXACTLY(1) },
	{ N_("malloc(100) in the heap"), N_("rw-p, [heap]"), REPORT_OF("small", PLAIN), EXACTLY(1) },
	{ N_("malloc(1 MiB) in a mapping of its own"), N_("rw-p, no name"), REPORT_OF("large", PLAIN), EXACTLY(1) },
	{ N_("a local variable in the stack"), N_("rw-p, [stack]"), REPORT_OF("local", PLAIN), EXACTLY(1) },
	{ N_("from below: data, heap, mappings, stack"), N_("in this order"), REPORT_OF("order", PLAIN), EXACTLY(1),
	  .if_seen = true },
};

EXPERIMENT(m15_layout) = {
	.id = "M15",
	.name = "layout",
	.theme = LAB_MEMORY,
	.milliseconds = 100,
	.question = N_("What lies where in the address space?"),
	.theory = N_("The textbook's drawing - text, data, bss, heap, mappings, stack - is what /proc/PID/maps shows "
	             "(not /proc/PID/map). Between them the drawing has one block; really there are dozens, a few for "
	             "each library, and each with its own rights. A process may use only addresses inside them."),
	.watch = N_("The lines of maps that hold a function, variables, two blocks of malloc and the stack."),
	.act = act,
	CLAIMS(claims),
	.file = "m15_layout.c",
};
