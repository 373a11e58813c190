#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

#include "lab/experiment.h"
#include "lab/look.h"
#include "lab/peer.h"

enum { PARENTS = 1, CHILDS = 222 };

/* Alone on its page. */
static volatile int *secret;

static void child(struct peer *peer, void *context)
{
	(void)context;
	peer_stop(peer);
	*secret = CHILDS;
	peer_stop(peer);
}

static void act(struct stage *stage)
{
	struct peer peer;
	int theirs = -1;
	struct iovec here = { &theirs, sizeof theirs }, there = { NULL, sizeof theirs };

	secret = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	there.iov_base = (void *)secret;
	*secret = PARENTS;
	peer_start(stage, &peer, child, NULL);
	int64_t own = look_frame(getpid(), secret);
	if (own != UNSEEN)
		stage_report(stage, "one frame before", look_frame(peer.pid, secret) == own);
	peer_next(&peer);
	stage_report(stage, "own value", *secret);
	if (process_vm_readv(peer.pid, &here, 1, &there, 1, 0) != (ssize_t)sizeof theirs)
		stage_skip(stage, N_("a parent may not read the memory of its child here"));
	stage_report(stage, "child's value", theirs);
	if (own != UNSEEN)
		stage_report(stage, "one frame after", look_frame(peer.pid, secret) == look_frame(getpid(), secret));
	peer_end(&peer);
}

static const struct claim claims[] = {
	{ N_("the child wrote to this very address"), N_("222"), REPORT_OF("child's value", PLAIN), EXACTLY(CHILDS) },
	{ N_("its parent reads something else there"), N_("1"), REPORT_OF("own value", PLAIN), EXACTLY(PARENTS) },
	{ N_("before the write one frame lay behind both addresses"), N_("1"), REPORT_OF("one frame before", PLAIN),
	  EXACTLY(1), .if_seen = true },
	{ N_("after it two"), N_("0"), REPORT_OF("one frame after", PLAIN), EXACTLY(0), .if_seen = true },
};

EXPERIMENT(m11_isolation) = {
	.id = "M11",
	.name = "isolation",
	.theme = LAB_MEMORY,
	.milliseconds = 100,
	.question = N_("Can two processes have different memory at the same address?"),
	.theory = N_("An address means something only together with a page table, and each process has its own. "
	             "Others cannot reach a process's memory because no entry of theirs points there, not because "
	             "its physical address is secret: knowing the frame would not help. Who has the right to trace a "
	             "process may ask the kernel to read it, as a debugger does and as this experiment does."),
	.watch = N_("One address, two values."),
	.act = act,
	CLAIMS(claims),
	.file = "m11_isolation.c",
};
