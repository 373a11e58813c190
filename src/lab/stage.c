#include "lab/stage.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lab/child.h"
#include "lab/experiment.h"
#include "lab/wire.h"

/* Every process of the experiment has its copy; the descriptors they share. */
struct stage {
	int to_runner, from_runner;
	int lock; /* who holds it may wait for an answer; the kernel takes it from the dead */
	int32_t turn;
};

/* No stdio and no malloc between marks: they would show in what is measured. */
static void send(struct stage *stage, struct wire *wire, enum wire_kind kind, const char *text)
{
	wire->kind = kind;
	wire->sender = getpid();
	wire->turn = stage->turn;
	strncpy(wire->text, text, WIRE_TEXT - 1);
	if (write(stage->to_runner, wire, sizeof *wire) != (ssize_t)sizeof *wire)
		_exit(1); /* the runner has gone */
}

static void tell(struct stage *stage, enum wire_kind kind, const char *text, int64_t value, int64_t second)
{
	struct wire wire = { .pid = getpid(), .value = value, .second = second };

	send(stage, &wire, kind, text);
}

static void lock(struct stage *stage, short how)
{
	struct flock all = { .l_type = how, .l_whence = SEEK_SET };

	while (fcntl(stage->lock, F_SETLKW, &all) < 0 && errno == EINTR)
		;
}

/* Answers to those who died while they waited are still in the pipe. */
static struct wire_answer ask(struct stage *stage, struct wire *wire, enum wire_kind kind, const char *text)
{
	struct wire_answer answer;

	lock(stage, F_WRLCK);
	stage->turn++;
	send(stage, wire, kind, text);
	do {
		ssize_t n = read(stage->from_runner, &answer, sizeof answer);
		if (n < 0 && errno == EINTR)
			continue;
		if (n != (ssize_t)sizeof answer)
			_exit(1);
	} while (answer.sender != getpid() || answer.turn != stage->turn);
	lock(stage, F_UNLCK);
	return answer;
}

void stage_mark_of(struct stage *stage, const char *name, pid_t pid)
{
	struct wire wire = { .pid = pid };

	ask(stage, &wire, WIRE_MARK, name);
}

void stage_mark(struct stage *stage, const char *name)
{
	stage_mark_of(stage, name, getpid());
}

void stage_report(struct stage *stage, const char *name, int64_t value)
{
	tell(stage, WIRE_REPORT, name, value, 0);
}

void stage_skip(struct stage *stage, const char *why)
{
	tell(stage, WIRE_SKIP, why, 0, 0);
	_exit(0);
}

void stage_noise(struct stage *stage, const char *why)
{
	tell(stage, WIRE_NOISE, why, 0, 0);
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

void stage_point(struct stage *stage, const char *series, int64_t x, int64_t y)
{
	tell(stage, WIRE_POINT, series, x, y);
}

void stage_slice(struct stage *stage, const char *lane, int64_t begin_ns, int64_t end_ns)
{
	tell(stage, WIRE_SLICE, lane, begin_ns, end_ns);
}

void stage_cells(struct stage *stage, const char *row, const uint8_t *cells, size_t count)
{
	for (size_t at = 0; at < count; at += WIRE_CELLS) {
		size_t part = count - at < WIRE_CELLS ? count - at : WIRE_CELLS;
		struct wire wire = { .pid = getpid(), .value = (int64_t)at, .count = (int32_t)part };
		memcpy(wire.cells, cells + at, part);
		send(stage, &wire, WIRE_ROW, row);
	}
}

void stage_pages(struct stage *stage, const char *row, const void *address, size_t bytes)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	struct wire wire = { .pid = getpid(),
		             .value = (int64_t)(uintptr_t)address,
		             .count = (int32_t)((bytes + page - 1) / page) };

	ask(stage, &wire, WIRE_PAGES, row);
}

int stage_group_enter(struct stage *stage)
{
	struct wire wire = { .pid = getpid() };

	return ask(stage, &wire, WIRE_GROUP_ENTER, "").error;
}

int stage_group_write(struct stage *stage, enum group_number number, int64_t value)
{
	struct wire wire = { .pid = getpid(), .count = (int32_t)number, .value = value };

	return ask(stage, &wire, WIRE_GROUP_WRITE, "").error;
}

int stage_group_read(struct stage *stage, enum group_number number, int64_t *ret)
{
	struct wire wire = { .pid = getpid(), .count = (int32_t)number };
	struct wire_answer answer = ask(stage, &wire, WIRE_GROUP_READ, "");

	if (answer.error == 0)
		*ret = answer.value;
	return answer.error;
}

int stage_set(struct stage *stage, const char *setting, const char *value)
{
	struct wire wire = { .pid = getpid() };

	strncpy((char *)wire.cells, value, sizeof wire.cells - 1);
	return ask(stage, &wire, WIRE_SET, setting).error;
}

int stage_swap(struct stage *stage, int64_t bytes)
{
	struct wire wire = { .pid = getpid(), .value = bytes };

	return ask(stage, &wire, WIRE_SWAP, "").error;
}

/* Through the marks of all claims and past all that lies between them. */
static void idle_about(struct stage *stage, const struct experiment *experiment)
{
	for (size_t i = 0; i < experiment->claim_count; i++) {
		const struct claim *claim = &experiment->claims[i];
		if (claim->from)
			stage_mark(stage, claim->from);
		if (claim->to)
			stage_mark(stage, claim->to);
	}
}

void child_run(const struct experiment *experiment, int to_runner, int from_runner, bool idle)
{
	struct stage stage = { to_runner, from_runner, memfd_create("vires-lab", MFD_CLOEXEC), 0 };

	/* The kernel calls it "exe", after /proc/self/exe. A fault is 4 KiB unless the experiment asks for more,
	 * whatever the machine's setting. */
	prctl(PR_SET_NAME, "vires-lab");
	prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (idle)
		idle_about(&stage, experiment);
	else
		experiment->act(&stage);
	tell(&stage, WIRE_END, "", 0, 0);
	_exit(0);
}
