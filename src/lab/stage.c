#include "lab/stage.h"

#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "lab/child.h"
#include "lab/experiment.h"
#include "lab/wire.h"

struct stage {
	int to_runner, from_runner;
};

/* No stdio and no malloc between marks: they would show in what is measured. */
static void send(struct stage *stage, int kind, const char *text, int32_t pid, int64_t value)
{
	struct wire wire = { .kind = kind, .pid = pid, .value = value };

	strncpy(wire.text, text, WIRE_TEXT - 1);
	if (write(stage->to_runner, &wire, sizeof wire) != (ssize_t)sizeof wire)
		_exit(1); /* the runner has gone */
}

void stage_mark_of(struct stage *stage, const char *name, pid_t pid)
{
	char go_on;

	send(stage, WIRE_MARK, name, pid, 0);
	if (read(stage->from_runner, &go_on, 1) != 1)
		_exit(1);
}

void stage_mark(struct stage *stage, const char *name)
{
	stage_mark_of(stage, name, getpid());
}

void stage_report(struct stage *stage, const char *name, int64_t value)
{
	send(stage, WIRE_REPORT, name, getpid(), value);
}

void stage_skip(struct stage *stage, const char *why)
{
	send(stage, WIRE_SKIP, why, getpid(), 0);
	_exit(0);
}

pid_t stage_fork(struct stage *stage)
{
	pid_t parent = getpid(), pid = fork();

	(void)stage;
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (getppid() != parent)
			_exit(1);
	}
	return pid;
}

void child_run(const struct experiment *experiment, int to_runner, int from_runner, bool idle)
{
	struct stage stage = { to_runner, from_runner };

	/* A fault is 4 KiB unless the experiment asks for more, whatever the machine's setting. */
	prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (idle) {
		for (size_t i = 0; i < experiment->claim_count; i++) {
			const struct claim *claim = &experiment->claims[i];
			if (claim->from)
				stage_mark(&stage, claim->from);
			if (claim->to)
				stage_mark(&stage, claim->to);
		}
	} else {
		experiment->act(&stage);
	}
	send(&stage, WIRE_END, "", getpid(), 0);
	_exit(0);
}
