#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lab/experiment.h"
#include "lab/look.h"
#include "lab/peer.h"

/* What the child finds out about itself. */
struct child {
	volatile pid_t pid, parent;
};

static void find_out(struct peer *peer, void *context)
{
	struct child *child = context;

	child->pid = getpid();
	child->parent = getppid();
	peer_stop(peer);
}

static void act(struct stage *stage)
{
	struct child *child = mmap(NULL, sizeof *child, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct peer peer;

	peer_start(stage, &peer, find_out, child);
	stage_report(stage, "own pid", getpid());
	stage_report(stage, "fork gave", peer.pid);
	stage_report(stage, "child says of itself", child->pid);
	stage_report(stage, "child says of parent", child->parent);
	stage_mark_of(stage, "child", peer.pid);
	peer_end(&peer);
}

static const struct claim claims[] = {
	{ N_("fork tells the parent the child's PID: the child's own getpid says the same"), N_("what fork returned"),
	  REPORT_OF("child says of itself", PLAIN), EXACTLY(0), .around = "fork gave" },
	{ N_("the child knows its parent by getppid"), N_("the parent's own getpid"),
	  REPORT_OF("child says of parent", PLAIN), EXACTLY(0), .around = "own pid" },
	{ N_("PPID in the process table"), N_("the same"), LEVEL_OF(ppid, "child"), EXACTLY(0), .around = "own pid" },
};

EXPERIMENT(p05_family) = {
	.id = "P05",
	.name = "family",
	.theme = LAB_PROCESS,
	.milliseconds = 100,
	.question = N_("Who knows whom, parent or child?"),
	.theory = N_("Both. fork returns twice: 0 in the child, the child's PID in the parent. The child asks getppid. "
	             "The kernel keeps the list of children too, or wait could not work."),
	.watch = N_("Three answers to two questions."),
	.act = act,
	CLAIMS(claims),
	.file = "p05_family.c",
};
