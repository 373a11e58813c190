#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lab/experiment.h"
#include "lab/look.h"
#include "lab/peer.h"
#include "lab/trial.h"

enum { MIB = 1 << 20, SIZE = 16 * MIB, STATUS = 7 };

static void live_and_end(struct peer *peer, void *context)
{
	(void)context;
	memset(mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), 1, SIZE);
	peer_stop(peer);
	_exit(STATUS);
}

static void act(struct stage *stage)
{
	struct peer peer;
	int status = 0;

	peer_start(stage, &peer, live_and_end, NULL);
	stage_mark_of(stage, "alive", peer.pid);
	peer_next(&peer);
	look_becomes(peer.pid, 'Z');
	stage_mark_of(stage, "zombie", peer.pid);
	int64_t files = look_task(peer.pid, TASK_fd_count);
	stage_report(stage, "files", files == UNSEEN ? 0 : files);
	kill(peer.pid, SIGKILL);
	usleep(20000);
	stage_mark_of(stage, "killed", peer.pid);
	waitpid(peer.pid, &status, 0);
	stage_report(stage, "status", WIFEXITED(status) ? WEXITSTATUS(status) : -1);
	stage_report(stage, "seen after wait", look_task(peer.pid, TASK_state) != UNSEEN);
}

/* A zombie has no memory that could be told: no number, or 0. */
static bool memory_left(const struct trial *trial, int64_t *ret)
{
	int64_t state;

	if (!trial_number(trial, "zombie", TASK_state, &state) || state != 'Z')
		return false;
	*ret = 0;
	trial_number(trial, "zombie", TASK_rss_bytes, ret);
	return true;
}

static const struct claim claims[] = {
	{ N_("RES while it lives"), N_("16 MiB and the program"), LEVEL_OF(rss_bytes, "alive"),
	  BETWEEN(SIZE, SIZE + 8 * MIB) },
	{ N_("ended, and its parent has not asked"), "Z", LEVEL_OF(state, "zombie"), EXACTLY('Z') },
	{ N_("memory of the zombie"), N_("none"), COMPUTED_BY(memory_left, BYTES), EXACTLY(0) },
	{ N_("open files"), N_("none"), REPORT_OF("files", PLAIN), EXACTLY(0) },
	{ N_("kill -9 does not help: what is dead cannot be killed"), "Z", LEVEL_OF(state, "killed"), EXACTLY('Z') },
	{ N_("its exit status waits for the parent"), "7", REPORT_OF("status", PLAIN), EXACTLY(STATUS) },
	{ N_("once the parent has it, the zombie is gone"), "0", REPORT_OF("seen after wait", PLAIN), EXACTLY(0) },
};

EXPERIMENT(p03_zombie) = {
	.id = "P03",
	.name = "zombie",
	.theme = LAB_PROCESS,
	.milliseconds = 200,
	.question = N_("What is a zombie, and what does it cost?"),
	.theory = N_(
		"Not a child whose parent died: a child that died, and whose living parent has not asked for its "
		"exit status. (Children of a dead parent are adopted, and buried by whoever adopts them.) Memory "
		"and files are gone at once. What stays is the entry in the process table: the PID, the status, and "
		"some 10 KiB of kernel memory. The cure is to make the parent wait, or to end the parent."),
	.watch = N_("RES falls to nothing, Z stays until the parent asks."),
	.act = act,
	CLAIMS(claims),
	.file = "p03_zombie.c",
};
