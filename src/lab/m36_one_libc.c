#include <string.h>
#include <unistd.h>

#include "lab/experiment.h"
#include "lab/look.h"
#include "lab/peer.h"

static void become_another(struct peer *peer, void *context)
{
	(void)peer, (void)context;
	execl("/bin/sleep", "sleep", "60", (char *)NULL);
	execl("/usr/bin/sleep", "sleep", "60", (char *)NULL);
}

/* The same byte of the same file, where that process has it; once it has come so far. */
static const char *find_there(pid_t pid, const struct place_in_memory *here, const char *address)
{
	struct place_in_memory there;

	for (int i = 0; i < 200; i++) {
		/* It sleeps: its loader has done its work, and this page of the library was used. */
		if (look_task(pid, TASK_state) == 'S' && look_mapping_of(pid, here->inode, "r-xp", &there))
			return (const char *)(uintptr_t)(there.start + ((int64_t)(intptr_t)address - here->start));
		usleep(5000);
	}
	return NULL;
}

static void act(struct stage *stage)
{
	const char *code = (const char *)(uintptr_t)strlen; /* may be chosen at start: any code of the library does */
	struct place_in_memory here;
	struct peer peer;

	if (!look_mapping(getpid(), code, &here) || here.inode == 0)
		stage_skip(stage, N_("this program has its C library built in"));
	int64_t rss = look_mapping_number(getpid(), code, MAPPING_rss_bytes);
	int64_t pss = look_mapping_number(getpid(), code, MAPPING_pss_bytes);
	stage_report(stage, "resident", rss);
	stage_report(stage, "share", pss);
	stage_report(stage, "percent", rss > 0 ? pss * 100 / rss : 100);

	peer_start(stage, &peer, become_another, NULL);
	const char *there = find_there(peer.pid, &here, code);
	stage_report(stage, "also there", there != NULL);
	int64_t own = look_frame(getpid(), code), theirs = there ? look_frame(peer.pid, there) : UNSEEN;
	if (own != UNSEEN && theirs != UNSEEN)
		stage_report(stage, "same frame", own == theirs);
	peer_end(&peer);
}

static const struct claim claims[] = {
	{ N_("code of the C library in this process's RES"), N_("some hundred KiB"), REPORT_OF("resident", BYTES),
	  AT_LEAST(4096) },
	{ N_("its share of it"), N_("a part: others map it, too"), REPORT_OF("share", BYTES), AT_LEAST(0) },
	{ N_("that is so many percent"), N_("at most 50: this process, and the lab that started it"),
	  REPORT_OF("percent", PLAIN), BETWEEN(0, 50) },
	{ N_("another program, /bin/sleep, maps the same file"), N_("1"), REPORT_OF("also there", PLAIN), EXACTLY(1) },
	{ N_("with the same frame of RAM behind the same code"), N_("1"), REPORT_OF("same frame", PLAIN), EXACTLY(1),
	  .if_seen = true },
};

EXPERIMENT(m36_one_libc) = {
	.id = "M36",
	.name = "one-libc",
	.theme = LAB_MEMORY,
	.milliseconds = 200,
	.question = N_("Is the C library in memory once, or once for each program?"),
	.theory = N_(
		"There is no area of shared memory into which libraries are put. They are files, their code is in "
		"the page cache once, and each process maps those same frames, at an address of its own. RES counts "
		"them in full in every process, PSS by parts."),
	.watch = N_("Rss and Pss of the library's code; as root, the frame behind it in two programs."),
	.act = act,
	CLAIMS(claims),
	.file = "m36_one_libc.c",
};
