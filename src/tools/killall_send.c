/* killall's questions, signals, complaints and patience. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "collect/send.h"
#include "render/text.h"
#include "tools/killall.h"

/* Who is to be signalled. */
struct victim {
	int64_t id; /* of the process, or of its group */
	int64_t started_ns;
	struct buffer name, comm; /* to be shown */
	int by;                   /* which name found it, or -1 */
	uint32_t row;
	int fd; /* held until it has ended; -1 */
};

/* An answer in the locale's own words; an empty line and the end of the input mean no. */
static bool agrees(const struct killall *killall, struct victim *victim)
{
	char *line = NULL;
	size_t size = 0;
	int answer = -1;

	while (answer < 0) {
		printf("%s %s(%s%lld) ? (y/N) ", killall->signal == SIGTERM ? "Kill" : "Signal",
		       buffer_cstr(&victim->comm), killall->groups ? "pgid " : "", (long long)victim->id);
		fflush(stdout);
		ssize_t len = getline(&line, &size, stdin);
		answer = len <= 0 || line[0] == '\n' ? 0 : strchr("yY", line[0]) ? 1 : strchr("nN", line[0]) ? 0 : -1;
	}
	free(line);
	return answer > 0;
}

static int send_signal(const struct killall *killall, struct victim *victim)
{
	if (killall->groups)
		return process_send(-victim->id, -1, killall->signal, NULL);
	victim->fd = process_hold(victim->id, victim->started_ns);
	if (victim->fd < 0)
		return process_send(victim->id, victim->started_ns, killall->signal, NULL);
	return process_send_held(victim->fd, killall->signal, NULL);
}

/* Whether it was signalled. */
static bool one(struct killall *killall, struct victim *victim)
{
	if (killall->ask && !agrees(killall, victim))
		return false;
	int r = send_signal(killall, victim);
	if (r < 0 && (r != -ESRCH || killall->ask))
		fprintf(stderr, "%s(%lld): %s\n", buffer_cstr(&victim->name), (long long)victim->id, strerror(-r));
	if (r < 0)
		return false;
	if (killall->verbose)
		fprintf(stderr, "Killed %s(%s%lld) with signal %d\n", buffer_cstr(&victim->name),
		        killall->groups ? "pgid " : "", (long long)victim->id, killall->signal);
	if (victim->by >= 0)
		killall->found[victim->by] = true;
	return true;
}

static void wait_for(const struct killall *killall, const struct victim *victim)
{
	const struct timespec pause = { .tv_nsec = NS_PER_S / 10 };

	if (victim->fd >= 0) {
		while (process_wait_held(victim->fd, -1) == 0)
			;
		return;
	}
	int64_t id = killall->groups ? -victim->id : victim->id;
	while (process_send(id, killall->groups ? -1 : victim->started_ns, 0, NULL) == 0)
		clock_nanosleep(CLOCK_MONOTONIC, 0, &pause, NULL);
}

/* Group 0 is one outside of our namespace: nobody can signal that. */
static bool make_victim(const struct killall *killall, const struct look *look, uint32_t row, struct victim *victims,
                        size_t count)
{
	struct victim *victim = &victims[count];
	struct span comm = SPAN("");
	bool whole;

	*victim = (struct victim){ .started_ns = -1, .fd = -1, .row = row };
	if (!killall_means(killall, look, row, &victim->by) ||
	    !view_number(&look->view, row, killall->groups ? TASK_pgid : TASK_pid, &victim->id) || victim->id <= 0)
		return false;
	for (size_t i = 0; killall->groups && i < count; i++)
		if (victims[i].id == victim->id)
			return false;
	view_number(&look->view, row, TASK_started_ns, &victim->started_ns);
	view_text(&look->view, row, TASK_comm, &comm);
	text_put(&victim->comm, comm, SIZE_MAX);
	text_put(&victim->name, killall_name(&look->view, row, &whole), SIZE_MAX);
	return true;
}

/* --json, --csv: who was signalled. */
static void put_data(const struct killall *killall, const struct look *look, const struct victim *victims, size_t count)
{
	static const uint8_t ids[] = { TASK_pid, TASK_started_ns, TASK_comm, TASK_pgid };
	uint32_t *rows = calloc(count + 1, sizeof *rows);
	struct buffer buffer = { .failed = !rows };
	size_t signalled = 0;

	for (size_t i = 0; rows && i < count; i++)
		if (victims[i].id)
			rows[signalled++] = victims[i].row;
	if (rows)
		data_document(&buffer, killall->shared.data, killall->tool->name, &look->view, rows, signalled, ids,
		              sizeof ids - !killall->groups);
	say(killall->tool, &buffer);
	buffer_done(&buffer);
	free(rows);
}

int killall_send(struct killall *killall, const struct look *look)
{
	struct victim *victims = calloc(look->now.count + 1, sizeof *victims);
	size_t count = 0, signalled = 0;
	bool all = true;

	if (!victims)
		return complain(killall->tool, 1, "out of memory");
	for (uint32_t row = 0; row < look->now.count; row++)
		count += make_victim(killall, look, row, victims, count);
	for (size_t i = 0; i < count; i++) {
		bool sent = one(killall, &victims[i]);
		signalled += sent;
		victims[i].id = sent ? victims[i].id : 0;
	}
	if (killall->shared.data)
		put_data(killall, look, victims, count);
	for (int i = 0; i < killall->name_count; i++) {
		all &= killall->found[i];
		if (!killall->found[i] && !killall->quiet)
			fprintf(stderr, "%s: no process found\n", killall->names[i]);
	}
	for (size_t i = 0; i < count; i++) {
		if (killall->wait && victims[i].id)
			wait_for(killall, &victims[i]);
		if (victims[i].fd >= 0)
			close(victims[i].fd);
		buffer_done(&victims[i].name);
		buffer_done(&victims[i].comm);
	}
	free(victims);
	return killall->name_count ? !all : !signalled;
}
