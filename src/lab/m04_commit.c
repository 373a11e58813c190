#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lab/experiment.h"
#include "lab/look.h"
#include "lab/peer.h"

enum { MIB = 1 << 20, SIZE = 1024 * MIB, TOUCHED = 64 * MIB };

static void *ask(int protection, int flags)
{
	return mmap(NULL, SIZE, protection, MAP_ANONYMOUS | flags, -1, 0);
}

static void wait_about(struct peer *peer, void *context)
{
	(void)context;
	peer_stop(peer);
}

static void act(struct stage *stage)
{
	struct peer peer;

	if (look_machine(MACHINE_overcommit_mode) == 2)
		stage_skip(stage, N_("under overcommit mode 2 every mapping is charged, and this one may be refused"));
	int64_t before = look_committed(getpid());
	stage_mark(stage, "before");
	char *block = ask(PROT_READ | PROT_WRITE, MAP_PRIVATE);
	stage_mark(stage, "asked");
	stage_report(stage, "asked", look_committed(getpid()) - before);
	memset(block, 1, TOUCHED);
	stage_report(stage, "touched", look_committed(getpid()) - before);
	peer_start(stage, &peer, wait_about, NULL);
	stage_mark(stage, "forked");
	stage_report(stage, "child", look_committed(peer.pid) - before);
	peer_end(&peer);
	munmap(block, SIZE);
	stage_mark(stage, "given back");
	stage_report(stage, "given back", look_committed(getpid()) - before);
	ask(PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_NORESERVE);
	ask(PROT_READ, MAP_PRIVATE);
	stage_report(stage, "for nothing", look_committed(getpid()) - before);
	stage_mark(stage, "before shared");
	ask(PROT_READ | PROT_WRITE, MAP_SHARED);
	stage_mark(stage, "shared");
}

static const struct series series[] = {
	{ .label = "VIRT", .from = FROM_TASKS, .field = TASK_virt_bytes },
	{ .label = "RES", .from = FROM_TASKS, .field = TASK_rss_bytes },
	{ .label = N_("commit charge of the machine"), .from = FROM_MACHINE, .field = MACHINE_committed_bytes },
	{ .label = N_("minor faults"), .from = FROM_TASKS, .field = TASK_minor_faults },
};
static const struct picture picture = { .kind = PICTURE_CURVES, SERIES(series) };

#define STEP BETWEEN(SIZE - SIZE / 10, SIZE + SIZE / 10), .noisy = true

static const struct claim claims[] = {
	{ N_("1 GiB asked for is charged at once"), N_("1 GiB"), REPORT_OF("asked", BYTES), EXACTLY(SIZE) },
	{ N_("touching a part of it changes nothing"), N_("1 GiB"), REPORT_OF("touched", BYTES), EXACTLY(SIZE) },
	{ N_("a forked child is charged all of it again"), N_("1 GiB"), REPORT_OF("child", BYTES),
	  BETWEEN(SIZE, SIZE + 4 * MIB) },
	{ N_("given back, the charge is gone"), N_("0"), REPORT_OF("given back", BYTES), BETWEEN(0, 4 * MIB) },
	{ N_("not charged: NORESERVE, and what can only be read"), N_("0"), REPORT_OF("for nothing", BYTES),
	  BETWEEN(0, 4 * MIB) },
	{ N_("the machine's commit charge, at the request"), N_("1 GiB"),
	  MACHINE_CHANGE_OF(committed_bytes, "before", "asked"), STEP },
	{ N_("at the fork"), N_("1 GiB"), MACHINE_CHANGE_OF(committed_bytes, "asked", "forked"), STEP },
	{ N_("when it is given back, and the child has ended"), N_("-2 GiB"),
	  MACHINE_CHANGE_OF(committed_bytes, "forked", "given back"),
	  BETWEEN(-2LL * SIZE - SIZE / 10, -2LL * SIZE + SIZE / 10), .noisy = true },
	{ N_("shared memory is charged, too"), N_("1 GiB"),
	  MACHINE_CHANGE_OF(committed_bytes, "before shared", "shared"), STEP },
};

EXPERIMENT(m04_commit) = {
	.id = "M04",
	.name = "commit",
	.theme = LAB_MEMORY,
	.milliseconds = 300,
	.question = N_("What is the commit charge?"),
	.theory = N_("At a request the kernel takes no memory; it only adds the size to what it has promised to all "
	             "(Committed_AS, kbcommit of sar -r). Frames are taken at the first touch, and RES and used memory "
	             "rise then. So the charge runs ahead, and may be far more than there is RAM. Read-only mappings "
	             "can never need memory of their own and are not charged; a fork is charged in full, since its "
	             "copies may all come."),
	.watch = N_("The commit line leaps at the request, the used line follows with the touch."),
	.act = act,
	.picture = &picture,
	CLAIMS(claims),
	.file = "m04_commit.c",
};
