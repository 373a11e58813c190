#include "lab/cache.h"
#include "lab/experiment.h"

enum { MIB = 1 << 20, SIZE = 64 * MIB };

static void act(struct stage *stage)
{
	int fd = cache_file(stage, "file", SIZE);

	cache_drop(stage, fd);
	stage_report(stage, "left", cache_used(fd));
	stage_mark(stage, "cold");
	cache_read(fd);
	stage_mark(stage, "read");
	cache_read(fd);
	stage_mark(stage, "read again");
}

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
	CLAIMS(claims),
	.missing = cache_missing,
	.scratch = true,
	.file = "s02_reread.c",
};
