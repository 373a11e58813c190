#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "collect/working_set.h"
#include "kernel/pid_clear_refs.h"
#include "lab/experiment.h"

enum { MIB = 1 << 20, SIZE = 64 * MIB, READ = 16 * MIB, WRITTEN = 4 * MIB, FORGOTTEN = 4 * MIB, PAGE = 4096 };

/*
 * The kernel clears the marks in the page tables and leaves the TLB alone: a page whose translation is still there is
 * used without being marked. Unmapping many pages makes the processor forget them all.
 */
static void forget_translations(void)
{
	char *block = mmap(NULL, FORGOTTEN, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	madvise(block, FORGOTTEN, MADV_NOHUGEPAGE);
	for (long i = 0; i < FORGOTTEN; i += PAGE)
		block[i] = 1;
	munmap(block, FORGOTTEN);
}

static void clear_marks(struct stage *stage, const struct working_set_probe *self)
{
	if (pid_clear_refs(self->pid_dirfd) < 0)
		stage_skip(stage, N_("this kernel does not tell which pages were used"));
	forget_translations();
}

static void act(struct stage *stage)
{
	volatile char *block = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	struct working_set_probe self;

	memset((char *)block, 1, SIZE);
	if (working_set_open(getpid(), &self) < 0)
		stage_skip(stage, N_("no /proc"));
	clear_marks(stage, &self);
	stage_mark(stage, "cleared");
	for (long i = 0; i < READ; i += PAGE)
		(void)block[i];
	stage_mark(stage, "read");
	clear_marks(stage, &self);
	for (long i = 0; i < WRITTEN; i += PAGE)
		block[i] = 2;
	stage_mark(stage, "written");
}

static const struct series series[] = {
	{ .label = "RES", .from = FROM_TASKS, .field = TASK_rss_bytes },
	{ .label = N_("used since the marks were cleared"), .from = FROM_TASKS, .field = TASK_referenced_bytes },
};
static const struct picture picture = { .kind = PICTURE_BARS, SERIES(series) };

static const struct claim claims[] = {
	{ N_("RES"), N_("64 MiB and the program, all the time"), LEVEL_OF(rss_bytes, "written"),
	  BETWEEN(SIZE, SIZE + 8 * MIB) },
	{ N_("used since the marks were cleared, before anything is touched"),
	  N_("next to nothing: some pages that others use, too"), LEVEL_OF(referenced_bytes, "cleared"),
	  BETWEEN(0, 4 * MIB) },
	{ N_("after reading a quarter"), N_("16 MiB"), LEVEL_OF(referenced_bytes, "read"),
	  BETWEEN(READ, READ + 4 * MIB) },
	{ N_("cleared again, after writing a sixteenth"), N_("4 MiB"), LEVEL_OF(referenced_bytes, "written"),
	  BETWEEN(WRITTEN, WRITTEN + 4 * MIB) },
};

EXPERIMENT(m33_working_set) = {
	.id = "M33",
	.name = "working-set",
	.theme = LAB_MEMORY,
	.milliseconds = 200,
	.question = N_("How much of RES is really in use?"),
	.theory = N_("RES counts what is there, not what is needed. The processor marks each page that it uses; the "
	             "kernel can clear the marks and look later which are back: the working set. The rest could be "
	             "moved out without anyone noticing. Reclaim works from the same marks."),
	.watch = N_("RES stands still; Referenced follows what is touched."),
	.act = act,
	.picture = &picture,
	CLAIMS(claims),
	.file = "m33_working_set.c",
};
