#include "lab/trial.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "model/derive.h"
#include "model/view.h"

/* The runner's ends of the pipes to one experiment. */
struct run {
	pid_t pid;
	int from_child, to_child;
	int64_t deadline_ns;
	struct source *source;
	struct request request;
	int64_t measured_pid;
};

/* What every picture shows, and what the claims ask for. */
static void ask(const struct experiment *experiment, struct request *request)
{
	static const uint8_t always[] = {
		TASK_pid,        TASK_started_ns,   TASK_state,        TASK_virt_bytes,
		TASK_rss_bytes,  TASK_anon_bytes,   TASK_file_bytes,   TASK_shmem_bytes,
		TASK_swap_bytes, TASK_minor_faults, TASK_major_faults, TASK_page_table_bytes
	};
	static const uint8_t machine[] = {
		MACHINE_mem_total_bytes,    MACHINE_mem_free_bytes,     MACHINE_mem_available_bytes,
		MACHINE_committed_bytes,    MACHINE_commit_limit_bytes, MACHINE_cached_bytes,
		MACHINE_shmem_bytes,        MACHINE_dirty_bytes,        MACHINE_slab_reclaimable_bytes,
		MACHINE_kernel_stack_bytes, MACHINE_overcommit_mode
	};

	for (size_t i = 0; i < sizeof always; i++)
		request_field(request, &request->fields, always[i]);
	for (size_t i = 0; i < sizeof machine; i++)
		request_machine(request, machine[i]);
	for (size_t i = 0; i < experiment->claim_count; i++)
		if (experiment->claims[i].measure == CHANGE || experiment->claims[i].measure == LEVEL)
			request_field(request, &request->fields, experiment->claims[i].field);
}

/*
 * In the child: only what it needs stays open, and it becomes a fresh image that has inherited no memory of ours. Nor
 * our environment: MALLOC_PERTURB_, GLIBC_TUNABLES and LD_PRELOAD would change what is measured.
 */
static void become_experiment(const struct experiment *experiment, int to_runner, int from_runner, bool idle)
{
	char out[16], in[16], *no_environment[] = { NULL };

	setpgid(0, 0);
	fcntl(to_runner, F_SETFD, 0);
	fcntl(from_runner, F_SETFD, 0);
	snprintf(out, sizeof out, "%d", to_runner);
	snprintf(in, sizeof in, "%d", from_runner);
	execle("/proc/self/exe", "vires-lab", "lab", "--child", experiment->id, out, in, idle ? "idle" : "act",
	       (char *)NULL, no_environment);
	_exit(127);
}

static int start(const struct experiment *experiment, bool idle, struct run *run)
{
	int up[2], down[2];

	if (pipe2(up, O_CLOEXEC) < 0)
		return -errno;
	if (pipe2(down, O_CLOEXEC) < 0) {
		close(up[0]);
		close(up[1]);
		return -errno;
	}
	run->pid = fork();
	if (run->pid == 0)
		become_experiment(experiment, up[1], down[0], idle);
	int r = run->pid < 0 ? -errno : 0;
	close(up[1]);
	close(down[0]);
	run->from_child = up[0];
	run->to_child = down[1];
	run->deadline_ns = clock_ns(CLOCK_MONOTONIC) + (10 * (int64_t)experiment->milliseconds + 5000) * 1000000;
	return r;
}

/* The next message: 1. 0 when the experiment has gone or its time is up. */
static int receive(struct run *run, struct wire *ret)
{
	size_t have = 0;

	while (have < sizeof *ret) {
		int64_t left = run->deadline_ns - clock_ns(CLOCK_MONOTONIC);
		struct pollfd wait = { .fd = run->from_child, .events = POLLIN };
		if (left <= 0 || poll(&wait, 1, (int)(left / 1000000) + 1) <= 0)
			return 0;
		ssize_t n = read(run->from_child, (char *)ret + have, sizeof *ret - have);
		if (n <= 0)
			return 0;
		have += (size_t)n;
	}
	ret->text[WIRE_TEXT - 1] = '\0';
	return 1;
}

static int add_moment(struct trial *trial, struct run *run, const struct wire *wire)
{
	struct moment *moments = reallocarray(trial->moments, trial->moment_count + 1, sizeof *moments);

	if (!moments)
		return -ENOMEM;
	trial->moments = moments;
	struct moment *moment = &moments[trial->moment_count];
	*moment = (struct moment){ .pid = wire->pid };
	memcpy(moment->name, wire->text, WIRE_TEXT);
	run->measured_pid = wire->pid;
	run->request.pids = &run->measured_pid;
	run->request.pid_count = 1;
	int r = source_take(run->source, &run->request, &moment->snapshot);
	trial->moment_count += r == 0;
	return r;
}

static int add_report(struct trial *trial, const struct wire *wire)
{
	struct report *reports = reallocarray(trial->reports, trial->report_count + 1, sizeof *reports);

	if (!reports)
		return -ENOMEM;
	trial->reports = reports;
	reports[trial->report_count].value = wire->value;
	memcpy(reports[trial->report_count++].name, wire->text, WIRE_TEXT);
	return 0;
}

/* Listens until the experiment has ended, one way or the other. */
static int follow(struct trial *trial, struct run *run)
{
	struct wire wire;
	int r = 0;

	while (r == 0) {
		if (!receive(run, &wire)) {
			snprintf(trial->reason, sizeof trial->reason, "it did not come to its end");
			return 0;
		}
		if (wire.kind == WIRE_END)
			return 0;
		if (wire.kind == WIRE_SKIP) {
			trial->skipped = true;
			memcpy(trial->reason, wire.text, WIRE_TEXT);
			return 0;
		}
		r = wire.kind == WIRE_REPORT ? add_report(trial, &wire) : add_moment(trial, run, &wire);
		if (r == 0 && wire.kind == WIRE_MARK && write(run->to_child, "", 1) != 1)
			r = -EPIPE;
	}
	return r == -EPIPE ? 0 : r;
}

int trial_run(const struct experiment *experiment, struct source *source, bool idle, struct trial *ret)
{
	struct trial trial = { .experiment = experiment };
	struct run run = { .source = source };
	int64_t begin = clock_ns(CLOCK_MONOTONIC);

	ask(experiment, &run.request);
	int r = start(experiment, idle, &run);
	if (r == 0)
		r = follow(&trial, &run);
	if (run.pid > 0) {
		kill(-run.pid, SIGKILL);
		kill(run.pid, SIGKILL);
		waitpid(run.pid, NULL, 0);
	}
	close(run.from_child);
	close(run.to_child);
	trial.elapsed_ns = clock_ns(CLOCK_MONOTONIC) - begin;
	if (r < 0)
		trial_done(&trial);
	else
		*ret = trial;
	return r;
}

void trial_done(struct trial *trial)
{
	for (size_t i = 0; i < trial->moment_count; i++)
		snapshot_done(&trial->moments[i].snapshot);
	free(trial->moments);
	free(trial->reports);
	*trial = (struct trial){ 0 };
}

static const struct moment *moment_of(const struct trial *trial, const char *mark)
{
	for (size_t i = trial->moment_count; mark && i-- > 0;)
		if (!strcmp(trial->moments[i].name, mark))
			return &trial->moments[i];
	return NULL;
}

bool trial_number(const struct trial *trial, const char *mark, unsigned task_id, int64_t *ret)
{
	const struct moment *moment = moment_of(trial, mark);
	struct view view;

	if (!moment || moment->snapshot.count == 0 || view_init(&view, &moment->snapshot, NULL, NULL) < 0)
		return false;
	bool known = view_number(&view, 0, task_id, ret);
	view_done(&view);
	return known;
}

bool trial_report(const struct trial *trial, const char *name, int64_t *ret)
{
	for (size_t i = trial->report_count; i-- > 0;) {
		if (strcmp(trial->reports[i].name, name))
			continue;
		*ret = trial->reports[i].value;
		return true;
	}
	return false;
}

bool trial_machine(const struct trial *trial, const char *mark, unsigned machine_id, int64_t *ret)
{
	const struct moment *moment = moment_of(trial, mark);

	return moment && machine_number(&moment->snapshot.machine, machine_id, ret);
}
