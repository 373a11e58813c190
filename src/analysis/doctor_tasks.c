#include <stdlib.h>

#include "analysis/doctor_rules.h"
#include "base/time.h"
#include "model/rate.h"

enum { MIB = 1 << 20 };

static bool number(const struct patient *patient, size_t row, unsigned id, int64_t *ret)
{
	return view_number(patient->view, row, id, ret);
}

static bool in_state(const struct patient *patient, size_t row, char letter)
{
	int64_t state;

	return number(patient, row, TASK_state, &state) && state == letter;
}

/* For the words of a finding: a name that no terminal obeys. */
static void name_of(const struct patient *patient, size_t row, char ret[17])
{
	struct span comm = { 0 };

	view_text(patient->view, row, TASK_comm, &comm);
	size_t len = comm.len < 16 ? comm.len : 16;
	for (size_t i = 0; i < len; i++)
		ret[i] = comm.at[i] > ' ' && comm.at[i] <= '~' ? comm.at[i] : '?';
	ret[len] = '\0';
}

struct parent {
	int64_t pid, children;
};

static int by_children(const void *left, const void *right)
{
	const struct parent *a = left, *b = right;

	return a->children != b->children ? (a->children > b->children ? -1 : 1) : a->pid > b->pid ? 1 : -1;
}

/* Zombies by their parent, the one with most first. Gives how many parents. */
static size_t count_zombies(const struct patient *patient, struct parent *parents, int64_t *ret_total)
{
	size_t count = 0;

	*ret_total = 0;
	for (size_t row = 0; row < patient->view->now->count; row++) {
		int64_t ppid;
		if (!in_state(patient, row, 'Z') || !number(patient, row, TASK_ppid, &ppid))
			continue;
		size_t i = 0;
		while (i < count && parents[i].pid != ppid)
			i++;
		if (i == count)
			parents[count++] = (struct parent){ ppid, 0 };
		parents[i].children++;
		++*ret_total;
	}
	if (count)
		qsort(parents, count, sizeof *parents, by_children);
	return count;
}

static void zombies(const struct patient *patient, const struct rule *rule, struct diagnosis *diagnosis)
{
	enum { MANY = 10 };
	struct parent *parents = calloc(patient->view->now->count + 1, sizeof *parents);
	int64_t total;

	if (!parents) {
		diagnosis->failed = true;
		return;
	}
	size_t count = count_zombies(patient, parents, &total);
	if (total >= MANY) {
		struct finding *finding = doctor_find(
			diagnosis, rule, SEVERITY_WARNING,
			"%lld dead processes nobody waited for (from %d); %lld of them are children of process %lld",
			(long long)total, MANY, (long long)parents[0].children, (long long)parents[0].pid);
		for (size_t i = 0; i < count; i++)
			finding_name(finding, parents[i].pid);
	}
	free(parents);
}

static void stuck(const struct patient *patient, const struct rule *rule, struct diagnosis *diagnosis)
{
	const struct view *view = patient->view;
	struct finding *finding = NULL;
	char name[17];

	for (size_t row = 0; view->before && row < view->now->count; row++) {
		int64_t before = 0, pid;
		if (!in_state(patient, row, 'D') || view->match[row] == VIEW_NEW ||
		    !snapshot_number(view->before, view->match[row], TASK_state, &before) || before != 'D' ||
		    !number(patient, row, TASK_pid, &pid))
			continue;
		struct span place = { 0 };
		name_of(patient, row, name);
		view_text(view, row, TASK_wchan, &place);
		if (!finding)
			finding = doctor_find(diagnosis, rule, SEVERITY_WARNING,
			                      "%s (%lld) was in state D at two looks, %lld ms apart%s%.*s", name,
			                      (long long)pid, (long long)(patient->elapsed_ns / 1000000),
			                      place.len ? ", in " : "", (int)place.len, place.len ? place.at : "");
		finding_name(finding, pid);
	}
}

/* Anonymous memory that grew between the two looks, a minute; and the files' part of the growth. */
static bool growth(const struct patient *patient, size_t row, int64_t *ret_anon, int64_t *ret_file)
{
	const struct view *view = patient->view;
	int64_t now, before, file_now = 0, file_before = 0;

	if (!view->before || view->match[row] == VIEW_NEW || !number(patient, row, TASK_anon_bytes, &now) ||
	    !snapshot_number(view->before, view->match[row], TASK_anon_bytes, &before))
		return false;
	number(patient, row, TASK_file_bytes, &file_now);
	snapshot_number(view->before, view->match[row], TASK_file_bytes, &file_before);
	return rate_of_change(before, now, patient->elapsed_ns, 60 * NS_PER_S, ret_anon) &&
	       rate_of_change(file_before, file_now, patient->elapsed_ns, 60 * NS_PER_S, ret_file);
}

/* A few seconds of growth are a start or a burst; only a longer look may say more. */
static void grows(const struct patient *patient, const struct rule *rule, struct diagnosis *diagnosis)
{
	enum { MIB_A_MINUTE = 10, SECONDS = 10 };

	if (patient->elapsed_ns < SECONDS * NS_PER_S)
		return;
	for (size_t row = 0; row < patient->view->now->count; row++) {
		int64_t anon, file, pid, rss = 0;
		char name[17];
		if (!growth(patient, row, &anon, &file) || anon < MIB_A_MINUTE * (int64_t)MIB ||
		    !number(patient, row, TASK_pid, &pid))
			continue;
		number(patient, row, TASK_rss_bytes, &rss);
		name_of(patient, row, name);
		finding_name(
			doctor_find(
				diagnosis, rule, SEVERITY_WARNING,
				"%s (%lld) grew by %lld MiB of anonymous memory a minute (from %d), files by %lld; RES "
				"is %lld MiB",
				name, (long long)pid, (long long)(anon / MIB), MIB_A_MINUTE, (long long)(file / MIB),
				(long long)(rss / MIB)),
			pid);
	}
}

static void descriptors(const struct patient *patient, const struct rule *rule, struct diagnosis *diagnosis)
{
	for (size_t row = 0; row < patient->view->now->count; row++) {
		int64_t open, most, pid, percent;
		char name[17];
		if (!number(patient, row, TASK_fd_count, &open) || !number(patient, row, TASK_fd_limit, &most) ||
		    !number(patient, row, TASK_pid, &pid) || !share(open, most, &percent) || percent < 900000)
			continue;
		name_of(patient, row, name);
		finding_name(doctor_find(diagnosis, rule, percent >= 990000 ? SEVERITY_CRITICAL : SEVERITY_WARNING,
		                         "%s (%lld) has %lld of at most %lld descriptors open, %lld %% (from 90 %%)",
		                         name, (long long)pid, (long long)open, (long long)most,
		                         (long long)(percent / 10000)),
		             pid);
	}
}

const struct rule task_rules[] = {
	{ "zombies",
	  "Their parent does not wait for them. They hold numbers and some kernel memory; killing them does nothing.",
	  "vires ps -eo pid,ppid,stat,comm", zombies },
	{ "stuck", "It waits for a disk, a network file system or a driver, and no signal reaches it.",
	  "vires ps -eo pid,stat,wchan", stuck },
	{ "grows",
	  "Growth that looks like a leak; a cache that fills or a heap that warms up looks the same for a while.",
	  "vires why", grows },
	{ "descriptors", "Soon it can open no more files or connections.", "vires ps -eo pid,fds,comm", descriptors },
};
const size_t task_rule_count = sizeof task_rules / sizeof *task_rules;
