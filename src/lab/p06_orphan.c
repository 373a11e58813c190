#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lab/experiment.h"
#include "lab/look.h"

/* A child that has a child and ends: the PID of that orphan. It must not die with its parent as others here do. */
static pid_t make_orphan(struct stage *stage)
{
	int ends[2];
	pid_t orphan = 0, guardian = getpid();

	if (pipe(ends) < 0)
		stage_skip(stage, N_("no pipes left"));
	pid_t parent = stage_fork(stage);
	if (parent == 0) {
		orphan = fork();
		if (orphan == 0)
			for (int i = 0; i < 100 && kill(guardian, 0) == 0; i++)
				usleep(50000);
		else if (write(ends[1], &orphan, sizeof orphan) < 0)
			_exit(1);
		_exit(0);
	}
	stage_report(stage, "first parent", parent);
	if (read(ends[0], &orphan, sizeof orphan) != (ssize_t)sizeof orphan || waitpid(parent, NULL, 0) < 0)
		stage_skip(stage, N_("no processes left"));
	close(ends[0]);
	close(ends[1]);
	return orphan;
}

static bool is_ancestor(int64_t pid, int64_t of)
{
	while (of > 0 && of != pid)
		of = look_task((pid_t)of, TASK_ppid);
	return of == pid;
}

static void act(struct stage *stage)
{
	pid_t orphan = make_orphan(stage);
	int64_t parent = look_task(orphan, TASK_ppid);

	stage_report(stage, "adopted by", parent);
	stage_report(stage, "by init or an ancestor", parent == 1 || is_ancestor(parent, getpid()));
	kill(orphan, SIGKILL);

	prctl(PR_SET_CHILD_SUBREAPER, 1);
	stage_report(stage, "own pid", getpid());
	orphan = make_orphan(stage);
	stage_mark_of(stage, "grandchild", orphan);
	kill(orphan, SIGKILL);
	stage_report(stage, "waited for", waitpid(orphan, NULL, 0) == orphan);
}

static const struct claim claims[] = {
	{ N_("a process whose parent has ended has another parent"), N_("1, or a subreaper"),
	  REPORT_OF("adopted by", PLAIN), AT_LEAST(1) },
	{ N_("which is init, or an ancestor that adopts orphans"), "1", REPORT_OF("by init or an ancestor", PLAIN),
	  EXACTLY(1) },
	{ N_("with PR_SET_CHILD_SUBREAPER it comes to its grandparent"), N_("the PID of the experiment"),
	  LEVEL_OF(ppid, "grandchild"), EXACTLY(0), .around = "own pid" },
	{ N_("who can wait for it as for a child"), "1", REPORT_OF("waited for", PLAIN), EXACTLY(1) },
};

EXPERIMENT(p06_orphan) = {
	.id = "P06",
	.name = "orphan",
	.theme = LAB_PROCESS,
	.milliseconds = 200,
	.question = N_("What becomes of a child whose parent has died?"),
	.theory = N_("It does not become a zombie. It is handed to the nearest ancestor that has asked for orphans (a "
	             "subreaper: systemd --user, a container's init) or else to PID 1, and those wait for it when it "
	             "ends. A daemon is an orphan on purpose."),
	.watch = N_("PPID before and after."),
	.act = act,
	CLAIMS(claims),
	.file = "p06_orphan.c",
};
