#include <string.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lab/experiment.h"

enum { MIB = 1 << 20, SIZE = 2 * MIB, CONTENT = 7 };

static void act(struct stage *stage)
{
	int segment = shmget(IPC_PRIVATE, SIZE, IPC_CREAT | 0600);
	struct shmid_ds state = { 0 };

	if (segment < 0)
		stage_skip(stage, N_("no System V shared memory here"));
	pid_t pid = stage_fork(stage);
	if (pid == 0) {
		char *memory = shmat(segment, NULL, 0);
		if (memory != (char *)-1)
			memset(memory, CONTENT, SIZE);
		_exit(0);
	}
	waitpid(pid, NULL, 0);
	int there = shmctl(segment, IPC_STAT, &state) == 0;
	volatile char *memory = shmat(segment, NULL, 0);
	int content = (intptr_t)memory == -1 ? 0 : memory[SIZE - 1];
	shmctl(segment, IPC_RMID, NULL); /* before anything can go wrong: nobody else would */
	stage_report(stage, "there", there);
	stage_report(stage, "attached", (int64_t)state.shm_nattch);
	stage_report(stage, "size", (int64_t)state.shm_segsz);
	stage_report(stage, "content", content);
	if (content)
		shmdt((const void *)memory);
	stage_report(stage, "removed", shmctl(segment, IPC_STAT, &state) < 0);
}

static const struct claim claims[] = {
	{ N_("the process that filled it has ended: the segment is there"), "1", REPORT_OF("there", PLAIN),
	  EXACTLY(1) },
	{ N_("though nobody has it mapped"), "0", REPORT_OF("attached", PLAIN), EXACTLY(0) },
	{ N_("with all of its"), N_("2 MiB"), REPORT_OF("size", BYTES), EXACTLY(SIZE) },
	{ N_("and what was written"), "7", REPORT_OF("content", PLAIN), EXACTLY(CONTENT) },
	{ N_("only removing it (ipcrm) ends it"), "1", REPORT_OF("removed", PLAIN), EXACTLY(1) },
};

EXPERIMENT(i05_survivor) = {
	.id = "I05",
	.name = "survivor",
	.theme = LAB_IPC,
	.milliseconds = 100,
	.question = N_("Does all memory go when its process ends?"),
	.theory = N_(
		"Nearly all. System V shared memory, POSIX shared memory and files on tmpfs belong to no process: they "
		"stay in RAM until somebody removes them. No process's RES shows them then; in free they are part of "
		"shared and of buff/cache, and cannot be freed. ipcs -m lists them."),
	.watch = N_("A segment that nobody maps."),
	.act = act,
	CLAIMS(claims),
	.file = "i05_survivor.c",
};
