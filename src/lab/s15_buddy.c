#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "kernel/buddyinfo.h"
#include "lab/experiment.h"
#include "lab/look.h"

enum { MIB = 1 << 20, SIZE = 256 * MIB, PAGE = 4096, LARGE = 8 };

/* Free memory in small blocks, below 2^LARGE pages, and in large ones. */
struct buddies {
	int64_t small_bytes, large_bytes;
};

static struct buddies look(struct stage *stage, const char *series)
{
	struct buddies ret = { 0 };
	int64_t pair = 0; /* two sizes make a bar */
	struct buddy buddy;
	int root = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);

	if (buddyinfo_read(root, &buddy) < 0)
		stage_skip(stage, N_("this kernel does not show its free blocks"));
	close(root);
	for (int i = 0; i < buddy.orders; i++) {
		int64_t bytes = buddy.blocks[i] * PAGE << i;
		*(i < LARGE ? &ret.small_bytes : &ret.large_bytes) += bytes;
		pair += bytes;
		if (i % 2 || i + 1 == buddy.orders) {
			stage_point(stage, series, i / 2, pair);
			pair = 0;
		}
	}
	return ret;
}

static void act(struct stage *stage)
{
	char *block = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	struct buddies before = look(stage, "before");
	memset(block, 1, SIZE);
	struct buddies taken = look(stage, "taken");
	munmap(block, SIZE);
	struct buddies after = look(stage, "after");
	stage_report(stage, "before", before.small_bytes + before.large_bytes);
	stage_report(stage, "free", look_machine(MACHINE_mem_free_bytes));
	stage_report(stage, "small", taken.small_bytes - before.small_bytes);
	stage_report(stage, "large", taken.large_bytes - before.large_bytes);
	stage_report(stage, "back", after.small_bytes + after.large_bytes - taken.small_bytes - taken.large_bytes);
}

static const struct series series[] = {
	{ .label = N_("before"), .from = FROM_POINTS, .name = "before" },
	{ .label = N_("256 MiB taken"), .from = FROM_POINTS, .name = "taken" },
	{ .label = N_("given back"), .from = FROM_POINTS, .name = "after" },
};
static const char *const sizes[] = { "4K, 8K", "16K, 32K", "64K, 128K", "256K, 512K", "1M, 2M", "4M" };
static const struct picture picture = {
	.kind = PICTURE_BARS, .x_label = N_("size of the blocks"), .unit = BYTES, SERIES(series), GROUPS(sizes)
};

static const struct claim claims[] = {
	{ N_("free in blocks of 2^n pages"), N_("about MemFree, or less where the kernel prepares memory late"),
	  REPORT_OF("before", BYTES), .observed = true },
	{ N_("MemFree at the same time"), N_("more"), REPORT_OF("free", BYTES), .observed = true },
	{ N_("256 MiB taken, page by page: change in blocks below 1 MiB"), N_("they go first"),
	  REPORT_OF("small", BYTES), .observed = true },
	{ N_("in larger ones"), N_("split for the rest"), REPORT_OF("large", BYTES), .observed = true },
	{ N_("given back, in blocks again"), N_("up to 256 MiB: some stays in lists of the CPUs"),
	  REPORT_OF("back", BYTES), .observed = true },
};

EXPERIMENT(s15_buddy) = {
	.id = "S15",
	.name = "buddy",
	.theme = LAB_SYSTEM,
	.milliseconds = 400,
	.question = N_("How does the kernel keep its free memory?"),
	.theory = N_(
		"In blocks of 1, 2, 4, ... pages, a list for each size (buddy allocator). A request takes the smallest "
		"block that is large enough, or splits a larger one; what is given back joins with its neighbour. When "
		"only small blocks are left, memory is fragmented: there is enough, but no huge page. Everybody takes "
		"from these lists all the time, so nothing is concluded from the numbers here. Some kernels prepare "
		"memory only when it is needed: then far less lies in the lists than is free."),
	.watch = N_("Free blocks by size: before, with 256 MiB taken, and after."),
	.act = act,
	.picture = &picture,
	CLAIMS(claims),
	.file = "s15_buddy.c",
};
