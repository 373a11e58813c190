#include <errno.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "lab/experiment.h"
#include "lab/look.h"

enum { MIB = 1 << 20, LIMIT = 256 * MIB, BLOCKS = 1024 };

static void act(struct stage *stage)
{
	static void *volatile blocks[BLOCKS];
	int granted = 0;

	/* Not 0 bytes: what the program has already counts. */
	rlim_t limit = (rlim_t)look_task(getpid(), TASK_virt_bytes) + LIMIT;
	setrlimit(RLIMIT_AS, &(struct rlimit){ limit, limit });
	stage_mark(stage, "limited");
	errno = 0;
	while (granted < BLOCKS && (blocks[granted] = malloc(MIB)))
		granted++;
	int error = errno;
	stage_mark(stage, "refused");
	stage_report(stage, "granted", granted);
	stage_report(stage, "error", error);
}

static const struct claim claims[] = {
	{ N_("malloc gives NULL once the limit of address space is reached"), N_("256 MiB / (1 MiB + a page) = 255"),
	  REPORT_OF("granted", PLAIN), BETWEEN(245, 256) },
	{ N_("and says why: ENOMEM"), N_("12"), REPORT_OF("error", PLAIN), EXACTLY(ENOMEM) },
	{ N_("though RAM was hardly used"), N_("a page for each block"),
	  CHANGE_OF(smaps_rss_bytes, "limited", "refused"), BETWEEN(0, LIMIT / 64) },
};

EXPERIMENT(m08_malloc_null) = {
	.id = "M08",
	.name = "malloc-null",
	.theme = LAB_MEMORY,
	.milliseconds = 100,
	.question = N_("When does malloc return NULL?"),
	.theory = N_("Programs check malloc for NULL, but with the kernel's usual setting (overcommit mode 0) small "
	             "requests are nearly always granted, whatever RAM is left: the trouble comes later, at the "
	             "touch. NULL comes from a limit of address space (ulimit -v), from one request that is larger "
	             "than RAM and swap together, or from strict accounting (mode 2)."),
	.watch = N_("VIRT climbs to a ceiling, RES stays where it was."),
	.act = act,
	CLAIMS(claims),
	.file = "m08_malloc_null.c",
};
