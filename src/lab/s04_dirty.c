#include <unistd.h>

#include "lab/cache.h"
#include "lab/experiment.h"

enum { MIB = 1 << 20, SIZE = 32 * MIB };

static void act(struct stage *stage)
{
	int fd = cache_file(stage, "file", SIZE);

	stage_report(stage, "written", cache_dirty(fd));
	stage_point(stage, "cached", 0, cache_used(fd));
	stage_point(stage, "dirty", 0, cache_dirty(fd));
	fsync(fd);
	stage_report(stage, "synced", cache_dirty(fd));
	stage_report(stage, "cached", cache_used(fd));
	stage_point(stage, "cached", 1, cache_used(fd));
	stage_point(stage, "dirty", 1, cache_dirty(fd));
	cache_drop(stage, fd); /* ends it where there is no disk */
}

static const struct series series[] = {
	{ .label = N_("of the file in the cache"), .from = FROM_POINTS, .name = "cached" },
	{ .label = N_("of that, dirty"), .from = FROM_POINTS, .name = "dirty" },
};
static const char *const moments[] = { N_("written"), N_("after fsync") };
static const struct picture picture = { .kind = PICTURE_BARS, .unit = BYTES, SERIES(series), GROUPS(moments) };

static const struct claim claims[] = {
	{ N_("written, and not yet on the disk"), N_("32 MiB"), REPORT_OF("written", BYTES),
	  BETWEEN(SIZE / 10 * 9, SIZE), .noisy = true },
	{ N_("after fsync"), "0", REPORT_OF("synced", BYTES), EXACTLY(0) },
	{ N_("still in the cache, but clean"), N_("32 MiB"), REPORT_OF("cached", BYTES), EXACTLY(SIZE) },
};

EXPERIMENT(s04_dirty) = {
	.id = "S04",
	.name = "dirty",
	.theme = LAB_SYSTEM,
	.milliseconds = 500,
	.question = N_("Is a file on the disk once it is written?"),
	.theory = N_(
		"write copies into the page cache and returns; the pages are dirty. The kernel writes them out after "
		"some seconds, or when there are too many, or at fsync. Dirty cache cannot be given away before: it "
		"is the part of buff/cache that is not quickly free. A power cut takes it."),
	.watch = N_("Dirty: all of the file, then nothing."),
	.act = act,
	.picture = &picture,
	CLAIMS(claims),
	.missing = cache_missing,
	.scratch = true,
	.file = "s04_dirty.c",
};
