#include <unistd.h>

#include "lab/cache.h"
#include "lab/experiment.h"
#include "lab/look.h"

enum { MIB = 1 << 20, SIZE = 128 * MIB };

static void act(struct stage *stage)
{
	stage_mark(stage, "before");
	int fd = cache_file(stage, "file", SIZE);
	stage_mark(stage, "written");
	stage_report(stage, "written", cache_used(fd));
	stage_point(stage, "cached", 0, cache_used(fd));
	stage_point(stage, "res", 0, look_task(getpid(), TASK_rss_bytes));
	unlink("file");
	stage_mark(stage, "deleted");
	stage_report(stage, "deleted", cache_used(fd));
	stage_point(stage, "cached", 1, cache_used(fd));
	stage_point(stage, "res", 1, look_task(getpid(), TASK_rss_bytes));
	close(fd);
	stage_mark(stage, "closed");
}

static const struct series series[] = {
	{ .label = N_("of the file in the cache"), .from = FROM_POINTS, .name = "cached" },
	{ .label = N_("RES of the program that wrote it"), .from = FROM_POINTS, .name = "res" },
};
static const char *const moments[] = { N_("written"), N_("deleted, still open") };
static const struct picture picture = { .kind = PICTURE_BARS, .unit = BYTES, SERIES(series), GROUPS(moments) };

static const struct claim claims[] = {
	{ N_("a written file is in the page cache"), N_("128 MiB"), REPORT_OF("written", BYTES), EXACTLY(SIZE) },
	{ N_("deleted, while somebody has it open: still"), N_("128 MiB"), REPORT_OF("deleted", BYTES), EXACTLY(SIZE) },
	{ N_("Cached of the machine, at the writing"), N_("128 MiB more"),
	  MACHINE_CHANGE_OF(cached_bytes, "before", "written"), WITHIN(20, SIZE), .noisy = true },
	{ N_("at the deletion"), N_("0"), MACHINE_CHANGE_OF(cached_bytes, "written", "deleted"),
	  BETWEEN(-SIZE / 5, SIZE / 5), .noisy = true },
	{ N_("when the last one closes it"), N_("128 MiB less"), MACHINE_CHANGE_OF(cached_bytes, "deleted", "closed"),
	  BETWEEN(-SIZE - SIZE / 5, -SIZE + SIZE / 5), .noisy = true },
	{ N_("available meanwhile: cache can be taken back"), N_("hardly less"),
	  MACHINE_CHANGE_OF(mem_available_bytes, "before", "written"), .observed = true },
	{ N_("RES of the program that wrote it"), N_("a buffer of 256 KiB"),
	  CHANGE_OF(smaps_rss_bytes, "before", "written"), BETWEEN(0, MIB) },
};

EXPERIMENT(s01_cache) = {
	.id = "S01",
	.name = "cache",
	.theme = LAB_SYSTEM,
	.milliseconds = 500,
	.question = N_("Where does memory go when files are written?"),
	.theory = N_(
		"Into the page cache, which belongs to no process: free shrinks, available hardly, since the cache can "
		"be given away. Deleting the file empties the cache, but not before the last descriptor and mapping "
		"of it have gone: a deleted log file that is still open holds disk and memory."),
	.watch = N_("Cached rises with the file, and falls when it is closed, not when it is deleted."),
	.act = act,
	.picture = &picture,
	CLAIMS(claims),
	.missing = cache_missing,
	.scratch = true,
	.file = "s01_cache.c",
};
