#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kernel/cachestat.h"
#include "lab/experiment.h"
#include "lab/look.h"
#include "lab/peer.h"

enum { MIB = 1 << 20, SIZE = 512 * MIB, TOUCHED = 64 * MIB, FILE_SIZE = 16 * MIB, PAGE = 4096 };

/* Leaks with both hands, and dies of it. */
static void leak(struct peer *peer, void *context)
{
	static char chunk[MIB];
	int file = *(int *)context;

	char *block = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	memset(block, 1, TOUCHED);
	for (int i = 0; i < FILE_SIZE / MIB; i++)
		if (write(file, chunk, MIB) != MIB)
			_exit(1);
	peer_stop(peer);
}

static void act(struct stage *stage)
{
	int file = open("leak", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	struct cache_use cache;
	struct peer peer;

	if (file < 0)
		stage_skip(stage, N_("no directory to write to"));
	stage_mark(stage, "before");
	peer_start(stage, &peer, leak, &file);
	stage_mark_of(stage, "leaking", peer.pid);
	stage_report(stage, "charge", look_committed(peer.pid));
	peer_end(&peer);
	stage_report(stage, "there", look_task(peer.pid, TASK_rss_bytes) != UNSEEN);
	stage_mark(stage, "after");
	if (cachestat_read(file, PAGE, &cache) == 0 && cache.cached_bytes > 0)
		stage_report(stage, "cache", cache.cached_bytes);
}

static const struct claim claims[] = {
	{ N_("RES of the process that leaks"), N_("64 MiB and the program"), LEVEL_OF(rss_bytes, "leaking"),
	  BETWEEN(TOUCHED, TOUCHED + 8 * MIB) },
	{ N_("after its end it is in no list"), "0", REPORT_OF("there", PLAIN), EXACTLY(0) },
	{ N_("it was charged with"), N_("512 MiB and the program"), REPORT_OF("charge", BYTES),
	  BETWEEN(SIZE, SIZE + 8 * MIB) },
	{ N_("the machine's commit charge afterwards, with what others do"), N_("0 by this"),
	  MACHINE_CHANGE_OF(committed_bytes, "before", "after"), .observed = true },
	{ N_("what stays: the file it wrote, in the page cache"), N_("16 MiB"), REPORT_OF("cache", BYTES),
	  EXACTLY(FILE_SIZE), .if_seen = true, .noisy = true },
};

EXPERIMENT(l03_gone_at_exit) = {
	.id = "L03",
	.name = "gone-at-exit",
	.theme = LAB_LEAKS,
	.milliseconds = 300,
	.question = N_("Does one have to reboot to get leaked memory back?"),
	.theory = N_(
		"No: when a process ends, the kernel takes back its whole address space, leaked or not, and closes its "
		"files. Ending the process is enough. What can outlive it: files in the page cache, which go as soon "
		"as the memory is needed, and shared memory and tmpfs, which have to be removed. Only a leak in the "
		"kernel itself needs a reboot."),
	.watch = N_("RES and commit climb, and fall at the end of the process."),
	.act = act,
	CLAIMS(claims),
	.scratch = true,
	.file = "l03_gone_at_exit.c",
};
