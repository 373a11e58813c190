#include <sys/mman.h>

#include "lab/cache.h"
#include "lab/experiment.h"
#include "lab/look.h"

enum { MIB = 1 << 20, SIZE = 4 * MIB, PAGE = 4096, PAGES = SIZE / PAGE };

/* Touches each page of the file. Told that this is at random, the kernel reads none ahead. */
static void touch_all(struct stage *stage, int fd, int round)
{
	int64_t major = look_major_faults(), minor = look_minor_faults();
	volatile const char *file = mmap(NULL, SIZE, PROT_READ, MAP_SHARED, fd, 0);

	madvise((void *)file, SIZE, MADV_RANDOM);
	for (int i = 0; i < SIZE; i += PAGE)
		(void)file[i];
	munmap((void *)file, SIZE);
	stage_point(stage, "major", round, look_major_faults() - major);
	stage_point(stage, "minor", round, look_minor_faults() - minor);
}

static void act(struct stage *stage)
{
	int fd = cache_file(stage, "file", SIZE);

	cache_drop(stage, fd);
	stage_mark(stage, "cold");
	touch_all(stage, fd, 0);
	stage_mark(stage, "touched");
	touch_all(stage, fd, 1);
	stage_mark(stage, "touched again");
}

static const struct series series[] = {
	{ .label = N_("major faults"), .from = FROM_POINTS, .name = "major" },
	{ .label = N_("minor faults"), .from = FROM_POINTS, .name = "minor" },
};
static const char *const moments[] = { N_("not in the cache"), N_("in the cache") };
static const struct picture picture = { .kind = PICTURE_BARS, .unit = PLAIN, SERIES(series), GROUPS(moments) };

static const struct claim claims[] = {
	{ N_("pages of a file that is not in the cache: major faults"),
	  N_("4 MiB / 4 KiB = 1,024, unless read in larger pieces"), CHANGE_OF(major_faults, "cold", "touched"),
	  BETWEEN(PAGES / 64, PAGES + 64) },
	{ N_("read from storage"), N_("4 MiB"), CHANGE_OF(read_bytes, "cold", "touched"),
	  BETWEEN(SIZE / 10 * 9, SIZE + MIB) },
	{ N_("the same once more: major faults"), "0", CHANGE_OF(major_faults, "touched", "touched again"),
	  BETWEEN(0, PAGES / 100), .noisy = true },
	{ N_("only minor ones, of which each maps several pages"), N_("1,024 or fewer"),
	  CHANGE_OF(minor_faults, "touched", "touched again"), BETWEEN(1, PAGES + 64) },
};

EXPERIMENT(s03_major_minor) = {
	.id = "S03",
	.name = "major-minor",
	.theme = LAB_SYSTEM,
	.milliseconds = 500,
	.question = N_("Does a page fault read from the disk?"),
	.theory = N_(
		"Only a major one: the page is in no memory and has to be read, from a file or from swap, while the "
		"program waits. If it is in the page cache already, or only has to be filled with zeroes, the fault "
		"is minor and takes a microsecond. Most faults are minor; majflt is the number to watch."),
	.watch = N_("Major faults in the first round only."),
	.act = act,
	.picture = &picture,
	CLAIMS(claims),
	.missing = cache_missing,
	.scratch = true,
	.file = "s03_major_minor.c",
};
