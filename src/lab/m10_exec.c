#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lab/experiment.h"
#include "lab/look.h"
#include "lab/peer.h"

enum { MIB = 1 << 20, SIZE = 64 * MIB };

/* Stops once as a copy of its parent; then becomes another program, and the runner's pipes close with the old one. */
static void child(struct peer *peer, void *context)
{
	(void)context;
	peer_stop(peer);
	execl("/bin/sleep", "sleep", "60", (char *)NULL);
	execl("/usr/bin/sleep", "sleep", "60", (char *)NULL);
}

static void act(struct stage *stage)
{
	char *block = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	struct peer peer;

	memset(block, 1, SIZE);
	peer_start(stage, &peer, child, NULL);
	stage_mark_of(stage, "forked", peer.pid);
	peer_next(&peer);
	look_becomes(peer.pid, 'S'); /* the new program is loaded, and sleeps */
	stage_mark_of(stage, "executed", peer.pid);
	peer_end(&peer);
}

static const struct claim claims[] = {
	{ N_("after fork the child has all of its parent"), N_("64 MiB and the program"), LEVEL_OF(rss_bytes, "forked"),
	  BETWEEN(SIZE, SIZE + 8 * MIB) },
	{ N_("after exec nothing of it is left"), N_("less than a tenth"), LEVEL_OF(rss_bytes, "executed"),
	  BETWEEN(1, SIZE / 10) },
	{ N_("nor of the address space"), N_("less by more than 64 MiB"), CHANGE_OF(virt_bytes, "forked", "executed"),
	  BETWEEN(INT64_MIN, -SIZE) },
};

EXPERIMENT(m10_exec) = {
	.id = "M10",
	.name = "exec",
	.theme = LAB_MEMORY,
	.milliseconds = 200,
	.question = N_("What becomes of the memory at exec?"),
	.theory = N_("A shell starts a program by fork and then exec. exec throws the whole address space away and "
	             "builds a new one: had fork copied the memory, all of it would have been for nothing. That is "
	             "why fork only shares, and why the promise (commit) is kept apart from the payment."),
	.watch = N_("RES of the child falls from that of its parent to that of a small program."),
	.act = act,
	CLAIMS(claims),
	.file = "m10_exec.c",
};
