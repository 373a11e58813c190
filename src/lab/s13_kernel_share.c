#include <fcntl.h>
#include <unistd.h>

#include "lab/experiment.h"
#include "lab/limited.h"
#include "lab/look.h"

enum { PIPES = 200, FILLING = 65536, FILES = 400, ZOMBIES = 400 };

static void fill_pipes(void)
{
	static char filling[FILLING];
	int ends[2];

	for (int i = 0; i < PIPES; i++)
		if (pipe(ends) < 0 || write(ends[1], filling, FILLING) < 0)
			_exit(1);
}

static void open_files(void)
{
	for (int i = 0; i < FILES; i++)
		if (open("/dev/null", O_RDONLY) < 0)
			_exit(1);
}

static void make_zombies(void)
{
	for (int i = 0; i < ZOMBIES; i++)
		if (fork() == 0)
			_exit(0);
	usleep(100000); /* until the last one has ended */
}

static void make(struct peer *peer, void *context)
{
	void (*const *what)(void) = context;

	peer_stop(peer);
	(*what)();
	peer_stop(peer);
}

/* Kernel memory for each of so many things that a process makes; and how its RES grew meanwhile. */
static int64_t cost(struct stage *stage, void (*what)(void), int count, int64_t *ret_anon)
{
	struct peer peer;

	limited_start(stage, &peer, make, &what);
	int64_t kernel = limited_get(stage, GROUP_KERNEL), anon = look_task(peer.pid, TASK_pss_anon_bytes);
	peer_next(&peer);
	int64_t grown = limited_get(stage, GROUP_KERNEL) - kernel;
	*ret_anon = look_task(peer.pid, TASK_pss_anon_bytes) - anon;
	peer_end(&peer);
	return grown / count;
}

static void act(struct stage *stage)
{
	int64_t anon;

	if (limited_get(stage, GROUP_KERNEL) == UNSEEN)
		stage_skip(stage, N_("control groups do not count kernel memory here"));
	stage_report(stage, "pipe", cost(stage, fill_pipes, PIPES, &anon));
	stage_report(stage, "memory of its own", anon);
	stage_report(stage, "file", cost(stage, open_files, FILES, &anon));
	stage_report(stage, "zombie", cost(stage, make_zombies, ZOMBIES, &anon));
}

static const struct claim claims[] = {
	{ N_("a full pipe: bytes of kernel memory"), N_("64 KiB and its buffers' heads"), REPORT_OF("pipe", BYTES),
	  BETWEEN(65000, 80000) },
	{ N_("own memory of the process that filled 200 of them"), N_("next to nothing"),
	  REPORT_OF("memory of its own", BYTES), BETWEEN(-65536, 262144) },
	{ N_("an open file"), N_("200 to 300 bytes"), REPORT_OF("file", BYTES), BETWEEN(50, 2000) },
	{ N_("a zombie"), N_("about 10 KiB"), REPORT_OF("zombie", BYTES), BETWEEN(2000, 20000) },
};

EXPERIMENT(s13_kernel_share) = {
	.id = "S13",
	.name = "kernel-share",
	.theme = LAB_SYSTEM,
	.needs = NEEDS_ROOT,
	.milliseconds = 1000,
	.question = N_("What memory does the kernel use for a process, outside its RES?"),
	.theory = N_(
		"Pipes and sockets with what is in them, open files, page tables, stacks in the kernel, zombies: all "
		"memory, and in no RES or PSS. The data in pipes is not even in a line of meminfo. Control groups "
		"charge it to those who caused it."),
	.watch = N_("Kernel memory of a group, for one thing of each kind."),
	.act = act,
	CLAIMS(claims),
	.groups = true,
	.file = "s13_kernel_share.c",
};
