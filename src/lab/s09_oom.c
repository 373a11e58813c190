#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>

#include "lab/experiment.h"
#include "lab/limited.h"

enum { MIB = 1 << 20, LIMIT = 64 * MIB, ASKED = 256 * MIB };

static void take_all(struct peer *peer, void *context)
{
	volatile int64_t *taken = context;
	char *block = mmap(NULL, ASKED, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	peer_stop(peer);
	for (int i = 0; i < ASKED / MIB; i++) {
		memset(block + i * MIB, 1, MIB);
		*taken = (i + 1) * (int64_t)MIB;
	}
	peer_stop(peer);
}

static void act(struct stage *stage)
{
	volatile int64_t *taken = mmap(NULL, sizeof *taken, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	int64_t kills = limited_get(stage, GROUP_OOM_KILLS);
	struct peer peer;

	limited_memory(stage, LIMIT);
	limited_start(stage, &peer, take_all, (void *)taken);
	peer_next(&peer);
	int status = peer_end(&peer);
	stage_report(stage, "taken", *taken);
	stage_report(stage, "signal", WIFSIGNALED(status) ? WTERMSIG(status) : 0);
	stage_report(stage, "kills", limited_get(stage, GROUP_OOM_KILLS) - kills);
}

static const struct claim claims[] = {
	{ N_("256 MiB are granted under a limit of 64 MiB; of them are taken before the end"),
	  N_("a little less than 64 MiB"), REPORT_OF("taken", BYTES), BETWEEN(LIMIT / 2, LIMIT) },
	{ N_("the end is a signal"), N_("SIGKILL (9)"), REPORT_OF("signal", PLAIN), EXACTLY(SIGKILL) },
	{ N_("from the kernel, which counts it"), "1", REPORT_OF("kills", PLAIN), EXACTLY(1) },
};

EXPERIMENT(s09_oom) = {
	.id = "S09",
	.name = "oom",
	.theme = LAB_SYSTEM,
	.needs = NEEDS_ROOT,
	.milliseconds = 1000,
	.question = N_("What happens when nothing can give way any more?"),
	.theory = N_(
		"The memory was promised, the program touches it, and there is no page left: no cache to drop, no "
		"swap. Then the kernel ends a process with SIGKILL, so that the rest can live. malloc never had a "
		"chance to say NULL. Here that happens inside a control group with a limit, never to the machine; the "
		"kernel's log has a line about it."),
	.watch = N_("Memory up to the limit, then a process less."),
	.act = act,
	CLAIMS(claims),
	.groups = true,
	.file = "s09_oom.c",
};
