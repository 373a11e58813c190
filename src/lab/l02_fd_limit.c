#include <errno.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "lab/experiment.h"
#include "lab/peer.h"

enum { LIMIT = 256 };

static void open_until_refused(struct peer *peer, void *context)
{
	struct stage *stage = context;

	setrlimit(RLIMIT_NOFILE, &(struct rlimit){ LIMIT, LIMIT });
	peer_stop(peer);
	while (open("/dev/null", O_RDONLY | O_CLOEXEC) >= 0)
		;
	stage_report(stage, "error", errno);
	peer_stop(peer);
}

static void act(struct stage *stage)
{
	struct peer peer;

	/* Seen from its parent: it could not open /proc itself any more. */
	peer_start(stage, &peer, open_until_refused, stage);
	stage_mark_of(stage, "begin", peer.pid);
	peer_next(&peer);
	stage_mark_of(stage, "full", peer.pid);
	peer_end(&peer);
}

static const struct claim claims[] = {
	{ N_("files open when the next is refused"), N_("the limit: 256"), LEVEL_OF(fd_count, "full"), EXACTLY(LIMIT) },
	{ N_("the refusal"), N_("EMFILE (24)"), REPORT_OF("error", PLAIN), EXACTLY(EMFILE) },
	{ N_("its memory has not noticed"), N_("0"), CHANGE_OF(pss_anon_bytes, "begin", "full"),
	  BETWEEN(-65536, 65536) },
};

EXPERIMENT(l02_fd_limit) = {
	.id = "L02",
	.name = "fd-limit",
	.theme = LAB_LEAKS,
	.milliseconds = 100,
	.question = N_("How does a leak of open files end?"),
	.theory = N_(
		"At the limit of open files (ulimit -n, often 1,024): every open, socket and pipe then fails with "
		"EMFILE, in places far from the leak. Memory shows nothing of it: what an open file takes lies in the "
		"kernel. The number of entries in /proc/PID/fd tells."),
	.watch = N_("Open files up to the limit, RES flat."),
	.act = act,
	CLAIMS(claims),
	.file = "l02_fd_limit.c",
};
