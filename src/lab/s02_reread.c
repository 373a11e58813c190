#include <unistd.h>

#include "lab/cache.h"
#include "lab/experiment.h"
#include "lab/look.h"

enum { MIB = 1 << 20, SIZE = 64 * MIB };

/* What is read between a look with -1 and one with 1. */
static void draw(struct stage *stage, int read, int sign)
{
	static int64_t asked, stored;

	asked = sign * look_task(getpid(), TASK_read_chars) + (sign > 0 ? asked : 0);
	stored = sign * look_task(getpid(), TASK_read_bytes) + (sign > 0 ? stored : 0);
	if (sign < 0)
		return;
	stage_point(stage, "asked", read, asked);
	stage_point(stage, "stored", read, stored);
}

static void act(struct stage *stage)
{
	int fd = cache_file(stage, "file", SIZE);

	cache_drop(stage, fd);
	stage_report(stage, "left", cache_used(fd));
	stage_mark(stage, "cold");
	draw(stage, 0, -1);
	cache_read(fd);
	draw(stage, 0, 1);
	stage_mark(stage, "read");
	draw(stage, 1, -1);
	cache_read(fd);
	draw(stage, 1, 1);
	stage_mark(stage, "read again");
}

static const struct series series[] = {
	{ .label = N_("asked for"), .from = FROM_POINTS, .name = "asked" },
	{ .label = N_("from storage"), .from = FROM_POINTS, .name = "stored" },
};
static const char *const moments[] = { N_("first read"), N_("second read") };
static const struct picture picture = { .kind = PICTURE_BARS, .unit = BYTES, SERIES(series), GROUPS(moments) };

static const struct claim claims[] = {
	{ N_("put out of the cache, of the file is left there"), "0", REPORT_OF("left", BYTES), BETWEEN(0, MIB) },
	{ N_("first read: bytes from storage"), N_("64 MiB"), CHANGE_OF(read_bytes, "cold", "read"),
	  BETWEEN(SIZE - MIB, SIZE + 4 * MIB) },
	{ N_("second read: bytes from storage"), "0", CHANGE_OF(read_bytes, "read", "read again"), BETWEEN(0, MIB),
	  .noisy = true },
	{ N_("though it asked for just as many"), N_("64 MiB"), CHANGE_OF(read_chars, "read", "read again"),
	  BETWEEN(SIZE, SIZE + MIB) },
};

EXPERIMENT(s02_reread) = {
	.id = "S02",
	.name = "reread",
	.theme = LAB_SYSTEM,
	.milliseconds = 500,
	.question = N_("Does the second read of a file go to the disk?"),
	.theory = N_(
		"No: what was read stays in the page cache as long as there is room. /proc/PID/io tells the two apart: "
		"rchar is what a program asked for, read_bytes what really came from storage. Cache that is put out "
		"file by file (fadvise) serves for measuring; drop_caches would take it from everybody."),
	.watch = N_("Bytes from storage: all, then none."),
	.act = act,
	.picture = &picture,
	CLAIMS(claims),
	.missing = cache_missing,
	.scratch = true,
	.file = "s02_reread.c",
};
