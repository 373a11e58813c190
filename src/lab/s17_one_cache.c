#include <sys/mman.h>
#include <unistd.h>

#include "lab/cache.h"
#include "lab/experiment.h"

enum { SIZE = 1 << 20, AT = 100000 };

static char seen_by_read(int fd)
{
	char byte = 0;

	return pread(fd, &byte, 1, AT) == 1 ? byte : 0;
}

static void act(struct stage *stage)
{
	int fd = cache_file(stage, "file", SIZE);
	volatile char *shared = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	volatile char *private = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);

	if (shared == MAP_FAILED || private == MAP_FAILED)
		stage_skip(stage, N_("files of this directory cannot be mapped"));
	shared[AT] = 1;
	stage_report(stage, "read after store", seen_by_read(fd));
	stage_report(stage, "written", pwrite(fd, "\2", 1, AT));
	stage_report(stage, "load after write", shared[AT]);
	private[AT] = 3;
	stage_report(stage, "read after private store", seen_by_read(fd));
	stage_report(stage, "written again", pwrite(fd, "\4", 1, AT));
	stage_report(stage, "private load", private[AT]);
}

static const struct claim claims[] = {
	{ N_("stored through a shared mapping, read sees it, without msync"), "1", REPORT_OF("read after store", PLAIN),
	  EXACTLY(1) },
	{ N_("written by write, the mapping shows it"), "2", REPORT_OF("load after write", PLAIN), EXACTLY(2) },
	{ N_("stored through a private mapping, read does not see it"), "2",
	  REPORT_OF("read after private store", PLAIN), EXACTLY(2) },
	{ N_("which from then on has a page of its own, whatever is written"), "3", REPORT_OF("private load", PLAIN),
	  EXACTLY(3) },
};

EXPERIMENT(s17_one_cache) = {
	.id = "S17",
	.name = "one-cache",
	.theme = LAB_SYSTEM,
	.milliseconds = 100,
	.question = N_("Do read and mmap see the same file?"),
	.theory = N_(
		"Both are ways to the same pages of the page cache: there is one copy of a file in memory. What one "
		"stores, the other reads at once; msync is about the disk only. A private mapping shares the pages "
		"too, until it writes to one."),
	.watch = N_("Four bytes, in two ways."),
	.act = act,
	CLAIMS(claims),
	.scratch = true,
	.file = "s17_one_cache.c",
};
