#include "lab/conduct.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "collect/pages.h"
#include "lab/group.h"
#include "lab/scratch.h"

/* The runner's ends of the pipes to one experiment. */
struct run {
	const struct conditions *conditions;
	struct trial trial;
	pid_t pid;
	int from_child, to_child;
	int64_t deadline_ns;
	struct request request;
	int64_t measured_pid;
	struct scratch scratch;
	struct group group;
	bool has_group;
	bool over; /* it was not even started */
};

/* What every picture shows, and what the claims and this picture ask for. */
static void ask(const struct experiment *experiment, const struct request *more, struct request *request)
{
	static const uint8_t always[] = {
		TASK_pid,        TASK_started_ns,   TASK_state,        TASK_virt_bytes,
		TASK_rss_bytes,  TASK_anon_bytes,   TASK_file_bytes,   TASK_shmem_bytes,
		TASK_swap_bytes, TASK_minor_faults, TASK_major_faults, TASK_page_table_bytes
	};
	static const uint8_t machine[] = { MACHINE_mem_total_bytes, MACHINE_mem_free_bytes, MACHINE_mem_available_bytes,
		                           MACHINE_committed_bytes, MACHINE_commit_limit_bytes };

	for (size_t i = 0; i < sizeof always; i++)
		request_field(request, &request->fields, always[i]);
	for (size_t i = 0; i < sizeof machine; i++)
		request_machine(request, machine[i]);
	for (size_t i = 0; i < experiment->claim_count; i++) {
		const struct claim *claim = &experiment->claims[i];
		if (claim->measure == CHANGE || claim->measure == LEVEL)
			request_field(request, &request->fields, claim->field);
		if (claim->measure == MACHINE_CHANGE || claim->measure == MACHINE_LEVEL)
			request_machine(request, claim->field);
	}
	for (const uint8_t *id = experiment->fields; id && *id != TASK_pid; id++)
		request_field(request, &request->fields, *id);
	const struct picture *picture = experiment->picture;
	for (size_t i = 0; picture && i < picture->series_count; i++) {
		const struct series *series = &picture->series[i];
		if (series->from == FROM_TASKS)
			request_field(request, &request->fields, series->field);
		if (series->from == FROM_MACHINE)
			request_machine(request, series->field);
	}
	if (more) {
		field_set_join(&request->fields, &more->fields);
		field_set_join(&request->machine, &more->machine);
	}
}

/*
 * In the child: only what it needs stays open, and it becomes a fresh image that has inherited no memory of ours. Nor
 * our environment: MALLOC_PERTURB_, GLIBC_TUNABLES and LD_PRELOAD would change what is measured.
 */
static void become_experiment(const struct run *run, int to_runner, int from_runner)
{
	char out[16], in[16], *no_environment[] = { NULL };
	const struct experiment *experiment = run->trial.experiment;

	setpgid(0, 0);
	if (experiment->scratch && chdir(run->scratch.path) < 0)
		_exit(127);
	fcntl(to_runner, F_SETFD, 0);
	fcntl(from_runner, F_SETFD, 0);
	snprintf(out, sizeof out, "%d", to_runner);
	snprintf(in, sizeof in, "%d", from_runner);
	execle("/proc/self/exe", "vires-lab", "lab", "--child", experiment->id, out, in,
	       run->conditions->idle ? "idle" : "act", (char *)NULL, no_environment);
	_exit(127);
}

static int start(struct run *run)
{
	int up[2], down[2];

	if (pipe2(up, O_CLOEXEC) < 0)
		return -errno;
	if (pipe2(down, O_CLOEXEC) < 0) {
		int r = -errno;
		close(up[0]);
		close(up[1]);
		return r;
	}
	run->pid = fork();
	if (run->pid == 0)
		become_experiment(run, up[1], down[0]);
	int r = run->pid < 0 ? -errno : 0;
	close(up[1]);
	close(down[0]);
	run->from_child = up[0];
	run->to_child = down[1];
	run->deadline_ns = clock_ns(CLOCK_MONOTONIC) +
	                   (10 * (int64_t)run->trial.experiment->milliseconds + 5000) * (NS_PER_S / 1000);
	return r;
}

/* The next message: 1. 0 when the experiment has gone or its time is up. */
static int receive(struct run *run, struct wire *ret)
{
	size_t have = 0;

	while (have < sizeof *ret) {
		int64_t left = run->deadline_ns - clock_ns(CLOCK_MONOTONIC);
		struct pollfd wait = { .fd = run->from_child, .events = POLLIN };
		if (left <= 0)
			return 0;
		int ready = poll(&wait, 1, (int)(left / (NS_PER_S / 1000)) + 1);
		if (ready < 0 && errno == EINTR)
			continue;
		ssize_t n = ready > 0 ? read(run->from_child, (char *)ret + have, sizeof *ret - have) : 0;
		if (n <= 0)
			return 0;
		have += (size_t)n;
	}
	ret->text[WIRE_TEXT - 1] = '\0';
	ret->cells[WIRE_CELLS - 1] = ret->kind == WIRE_SET ? '\0' : ret->cells[WIRE_CELLS - 1];
	return 1;
}

static int measure(struct run *run, const struct wire *wire)
{
	struct moment moment = { .pid = wire->pid, .of_child = wire->pid != run->pid };

	memcpy(moment.name, wire->text, WIRE_TEXT);
	run->measured_pid = wire->pid;
	run->request.pids = &run->measured_pid;
	run->request.pid_count = 1;
	int r = source_take(run->conditions->source, &run->request, &moment.snapshot);
	if (r == 0)
		r = trial_add_moment(&run->trial, &moment);
	if (r < 0)
		snapshot_done(&moment.snapshot);
	return r;
}

static int show_pages(struct run *run, const struct wire *wire)
{
	static const uint8_t cell_of[PAGE_KINDS] = { CELL_ABSENT, CELL_ZERO,    CELL_OWN, CELL_SHARED,
		                                     CELL_FILE,   CELL_SWAPPED, CELL_HUGE };
	enum { PAGES_MOST = 1 << 18 };

	if (wire->count <= 0 || wire->count > PAGES_MOST)
		return -EINVAL;
	size_t count = (size_t)wire->count;
	uint8_t *cells = malloc(count);
	struct page_entry *entries = malloc(count * sizeof *entries);
	int r = cells && entries ? pages_read(wire->pid, (uint64_t)wire->value, entries, count) : -ENOMEM;
	for (size_t i = 0; r == 0 && i < count; i++)
		cells[i] = cell_of[entries[i].kind];
	if (r == 0)
		r = trial_add_cells(&run->trial, wire->text, 0, cells, wire->count);
	free(entries);
	free(cells);
	return r;
}

/* The machine as a whole only with --system, and only by experiments that say so. */
static bool may_change(const struct run *run)
{
	const struct experiment *experiment = run->trial.experiment;

	return run->conditions->system && (experiment->needs == NEEDS_SYSTEM || experiment->more_with_system);
}

/* Those who look on take as long as they like. */
static void show(struct run *run, bool step)
{
	const struct audience *audience = run->conditions->audience;
	int64_t begin = clock_ns(CLOCK_MONOTONIC);

	if (!audience)
		return;
	(step ? audience->step : audience->changed)(audience->context, &run->trial);
	run->deadline_ns += clock_ns(CLOCK_MONOTONIC) - begin;
}

static void show_step(struct run *run, const struct wire *wire)
{
	memcpy(run->trial.step, wire->text, WIRE_TEXT);
	show(run, true);
}

/* What the experiment waits for. Failures are told to it; only those of the runner itself end the run. */
static int answer(struct run *run, const struct wire *wire)
{
	struct wire_answer answer = { .sender = wire->sender, .turn = wire->turn };
	int r = 0;

	switch ((enum wire_kind)wire->kind) {
	case WIRE_MARK:
		r = answer.error = measure(run, wire);
		if (r == 0 && run->conditions->audience)
			run->conditions->audience->measured(run->conditions->audience->context, &run->trial, wire->pid);
		if (r == 0 && run->conditions->steps)
			show_step(run, wire);
		break;
	case WIRE_PAGES:
		answer.error = show_pages(run, wire);
		break;
	case WIRE_GROUP_ENTER:
		answer.error = run->has_group ? group_enter(&run->group, wire->pid) : -EOPNOTSUPP;
		break;
	case WIRE_GROUP_READ:
		answer.error = run->has_group ?
		                       group_number_read(&run->group, (enum group_number)wire->count, &answer.value) :
		                       -EOPNOTSUPP;
		break;
	case WIRE_GROUP_WRITE:
		answer.error = run->has_group ?
		                       group_number_write(&run->group, (enum group_number)wire->count, wire->value) :
		                       -EOPNOTSUPP;
		break;
	case WIRE_SET:
		answer.error = may_change(run) ?
		                       guardian_set(run->conditions->guardian, wire->text, (const char *)wire->cells) :
		                       -EPERM;
		break;
	case WIRE_SWAP:
		answer.error = may_change(run) ? guardian_swap(run->conditions->guardian, wire->value) : -EPERM;
		break;
	default:
		break;
	}
	if (write(run->to_child, &answer, sizeof answer) != (ssize_t)sizeof answer)
		return -EPIPE;
	return r;
}

static void end_with(struct run *run, const char *reason)
{
	snprintf(run->trial.reason, sizeof run->trial.reason, "%s", reason);
}

/* One message. 1 when it was the last. */
static int hear(struct run *run, const struct wire *wire)
{
	struct trial *trial = &run->trial;

	switch ((enum wire_kind)wire->kind) {
	case WIRE_REPORT:
		if (run->conditions->steps)
			show_step(run, wire);
		return trial_add_report(trial, wire->text, wire->value);
	case WIRE_POINT:
	case WIRE_SLICE:
		return trial_add_point(trial, wire->text, wire->kind == WIRE_SLICE, wire->value, wire->second);
	case WIRE_ROW:
		return wire->count < 0 || wire->count > WIRE_CELLS ?
		               -EINVAL :
		               trial_add_cells(trial, wire->text, wire->value, wire->cells, wire->count);
	case WIRE_SKIP:
	case WIRE_NOISE:
		trial->skipped = wire->kind == WIRE_SKIP;
		trial->noisy = wire->kind == WIRE_NOISE;
		end_with(run, wire->text);
		return 1;
	case WIRE_END:
		return 1;
	default: {
		int r = answer(run, wire);
		show(run, false);
		return r;
	}
	}
}

/* What is made is told to the guardian before. */
static int prepare(struct run *run)
{
	const struct experiment *experiment = run->trial.experiment;
	struct guardian *guardian = run->conditions->guardian;
	int r = 0;

	if (experiment->scratch) {
		r = scratch_name(&run->scratch);
		if (r == 0)
			r = guardian_scratch(guardian, run->scratch.path);
		if (r == 0)
			r = scratch_make(&run->scratch);
	}
	if (r == 0 && experiment->groups) {
		char name[32];
		snprintf(name, sizeof name, "vires-lab.%d", (int)getpid());
		r = guardian_group(guardian, name);
		if (r == 0)
			r = group_make(name, &run->group);
		run->has_group = r == 0;
	}
	return r;
}

/* Whether that is how things are here, and no failure: then the others can be run all the same. */
static bool is_refusal(int r)
{
	return r == -EACCES || r == -EPERM || r == -EROFS || r == -EOPNOTSUPP || r == -ENOENT || r == -ENOSPC;
}

static int clear_up(struct run *run)
{
	if (run->pid > 0) {
		kill(-run->pid, SIGKILL);
		kill(run->pid, SIGKILL);
		waitpid(run->pid, NULL, 0);
		close(run->from_child);
		close(run->to_child);
	}
	return guardian_undo(run->conditions->guardian);
}

int conduct_begin(const struct experiment *experiment, const struct conditions *conditions, struct run **ret)
{
	struct run *run = calloc(1, sizeof *run);

	if (!run)
		return -ENOMEM;
	run->conditions = conditions;
	run->trial = (struct trial){ .experiment = experiment, .begin_ns = clock_ns(CLOCK_MONOTONIC) };
	ask(experiment, conditions->more, &run->request);
	int r = prepare(run);
	run->over = is_refusal(r);
	if (run->over) {
		run->trial.skipped = true;
		end_with(run, N_("the directory or control group that it needs cannot be made here"));
		run->from_child = -1;
		r = 0;
	} else if (r == 0) {
		r = start(run);
		if (r == 0)
			r = guardian_processes(conditions->guardian, run->pid);
	}
	if (r < 0) {
		clear_up(run);
		trial_done(&run->trial);
		free(run);
	} else {
		*ret = run;
	}
	return r;
}

int conduct_fd(const struct run *run)
{
	return run->from_child;
}

bool conduct_late(const struct run *run)
{
	return run->over || clock_ns(CLOCK_MONOTONIC) >= run->deadline_ns;
}

int conduct_hear(struct run *run)
{
	struct wire wire;

	if (run->over)
		return 1;
	if (!receive(run, &wire)) {
		snprintf(run->trial.reason, sizeof run->trial.reason, N_("it did not come to its end"));
		return 1;
	}
	int r = hear(run, &wire);
	return r == -EPIPE ? 1 : r;
}

int conduct_end(struct run *run, int r, struct trial *ret)
{
	int undone = clear_up(run);

	r = r < 0 ? r : undone;
	run->trial.elapsed_ns = clock_ns(CLOCK_MONOTONIC) - run->trial.begin_ns;
	if (r < 0)
		trial_done(&run->trial);
	else
		*ret = run->trial;
	free(run);
	return r < 0 ? r : 0;
}

int conduct(const struct experiment *experiment, const struct conditions *conditions, struct trial *ret)
{
	struct run *run;
	int r = conduct_begin(experiment, conditions, &run);

	if (r < 0)
		return r;
	while (r == 0)
		r = conduct_hear(run);
	return conduct_end(run, r, ret);
}
