#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lab/experiment.h"

enum { CTRL_C = 3, CTRL_Z = 26 };

/* Starts a job in the foreground, as a shell does. */
static pid_t start_job(struct stage *stage, bool ignores_stop)
{
	signal(SIGTTOU, SIG_IGN);
	signal(SIGTSTP, ignores_stop ? SIG_IGN : SIG_DFL); /* the job inherits it: a key may come before it runs */
	pid_t pid = stage_fork(stage);
	if (pid == 0) {
		setpgid(0, 0);
		for (;;)
			pause();
	}
	setpgid(pid, pid);
	tcsetpgrp(STDIN_FILENO, pid);
	return pid;
}

static void press(int terminal, char key)
{
	if (write(terminal, &key, 1) != 1)
		_exit(1);
}

/* What became of the job: 1,000 + the signal that stopped it, or the signal that ended it. */
static int fate(pid_t job)
{
	int status = 0;

	waitpid(job, &status, WUNTRACED);
	return WIFSTOPPED(status) ? 1000 + WSTOPSIG(status) : WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

/* A stand-in for the shell: leader of a session, with a terminal of its own. */
static void shell(struct stage *stage, int terminal, const char *name)
{
	int status = 0;

	setsid();
	close(STDIN_FILENO);
	if (open(name, O_RDWR) != STDIN_FILENO || ioctl(STDIN_FILENO, TIOCSCTTY, 0) < 0)
		stage_skip(stage, N_("no terminal of one's own is to be had here"));
	pid_t job = start_job(stage, false);
	press(terminal, CTRL_C);
	stage_report(stage, "ctrl+c", fate(job));

	job = start_job(stage, false);
	press(terminal, CTRL_Z);
	stage_report(stage, "ctrl+z", fate(job));
	kill(job, SIGCONT);
	waitpid(job, &status, WCONTINUED);
	stage_report(stage, "goes on", WIFCONTINUED(status));
	press(terminal, CTRL_C);
	fate(job);

	job = start_job(stage, true);
	press(terminal, CTRL_Z);
	press(terminal, CTRL_C);
	stage_report(stage, "ignored", fate(job));
	stage_report(stage, "shell lives", 1);
}

static void act(struct stage *stage)
{
	int terminal = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);

	if (terminal < 0 || grantpt(terminal) < 0 || unlockpt(terminal) < 0)
		stage_skip(stage, N_("no pseudo terminals here"));
	pid_t pid = stage_fork(stage);
	if (pid == 0) {
		shell(stage, terminal, ptsname(terminal));
		_exit(0);
	}
	waitpid(pid, NULL, 0);
}

static const struct claim claims[] = {
	{ N_("ctrl+c: the job in the foreground is ended by"), N_("SIGINT (2)"), REPORT_OF("ctrl+c", PLAIN),
	  EXACTLY(SIGINT) },
	{ N_("ctrl+z: it is stopped, not by SIGSTOP (19) but by"), N_("SIGTSTP: 1,000 + 20"),
	  REPORT_OF("ctrl+z", PLAIN), EXACTLY(1000 + SIGTSTP) },
	{ N_("SIGCONT lets it go on"), "1", REPORT_OF("goes on", PLAIN), EXACTLY(1) },
	{ N_("a job that ignores SIGTSTP is not stopped: the ctrl+c behind it ends it"), N_("SIGINT (2)"),
	  REPORT_OF("ignored", PLAIN), EXACTLY(SIGINT) },
	{ N_("the shell, in the background meanwhile, gets none of it"), "1", REPORT_OF("shell lives", PLAIN),
	  EXACTLY(1) },
};

EXPERIMENT(i01_keys) = {
	.id = "I01",
	.name = "keys",
	.theme = LAB_IPC,
	.milliseconds = 200,
	.question = N_("What do ctrl+c and ctrl+z send, and to whom?"),
	.theory = N_(
		"The keys go to the terminal, and the terminal sends a signal to its foreground process group: SIGINT "
		"for ctrl+c, SIGTSTP for ctrl+z. Both may be caught or ignored, as editors do; SIGKILL and SIGSTOP "
		"may not, and no key sends them. A program ended by SIGINT shows 130 (128 + 2) in the shell."),
	.watch = N_("A pseudo terminal, a shell and three jobs."),
	.act = act,
	CLAIMS(claims),
	.file = "i01_keys.c",
};
