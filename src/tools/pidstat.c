/* vires pidstat: what each process or thread did in an interval. */
#include "tools/pidstat.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "tools/words.h"

static const struct option_row option_rows[] = {
	{ 'u', NULL, ALONE, NULL, "CPU; the report when no other is chosen", 0 },
	{ 'r', NULL, ALONE, NULL, "page faults and memory", 0 },
	{ 'd', NULL, ALONE, NULL, "input and output of block devices", 0 },
	{ 'w', NULL, ALONE, NULL, "context switches", 0 },
	{ 's', NULL, ALONE, NULL, "the main stack: its size, and what of it was used", 0 },
	{ 'v', NULL, ALONE, NULL, "threads and file descriptors", 0 },
	{ 'R', NULL, ALONE, NULL, "real-time priority and scheduling policy", 0 },
	{ 'p', NULL, TAKES, "pid[,...]|SELF|ALL", "these processes, also when they do nothing", 0 },
	{ 'C', NULL, TAKES, "regex", "tasks whose name matches", 0 },
	{ 'G', NULL, TAKES, "regex", "processes whose name matches, with their threads", 0 },
	{ 'U', NULL, ALONE, NULL, "users by name; a name behind it: only that user's", 0 },
	{ 't', NULL, ALONE, NULL, "threads, too", 0 },
	{ 'T', NULL, TAKES, "TASK|CHILD|ALL", "the task itself, with children it waited for, or both", 0 },
	{ 'l', NULL, ALONE, NULL, "command lines", 0 },
	{ 'h', NULL, ALONE, NULL, "all reports of a task on one line", 0 },
	{ 'H', NULL, ALONE, NULL, "times in seconds since 1970", 0 },
	{ 'e', NULL, TAKES, "program [arguments]", "start it and watch it; the last option", 0 },
	{ 'I', NULL, ALONE, NULL, "%CPU as a share of all CPUs", 0 },
	SYSSTAT_OPTIONS,
	OPTIONS_DATA,
	OPTIONS_SOURCE,
	{ 0, "help", ALONE, NULL, "this text", OPTION_HELP },
	{ 'V', "version", ALONE, NULL, "version", OPTION_VERSION },
};

static const char notes[] =
	"Prints what pidstat of sysstat 12.6.1 (Debian 12) prints. With an interval in seconds, what happened in "
	"each; without one, means over the time since boot, whenever the task started.\n\n"
	"Without *-p*, only tasks that did something that the report counts are shown. Averages are made from the "
	"tasks that are still there at the end: rates over the whole time, levels as means of all samples.\n\n"
	"*RSS* is what /proc/PID/status or statm say, *%MEM* its share of all RAM. *%wait* is time ready to run "
	"without a CPU. Input and output of others' processes need CAP_SYS_PTRACE: without it they show as -1.00, and "
	"in JSON as null.\n\n"
	"With *-e* the program is watched until it has ended, every second unless an interval says otherwise, and "
	"pidstat ends as it did. One that ends before the first interval is over is not shown.\n\n"
	"It differs:++\n"
	"- *RSS* is exact. The old one takes it from /proc/PID/stat, which leaves out what each CPU has not added up "
	"yet.++\n"
	"- *-v* shows the descriptors of others' processes, too: since Linux 6.2 the size of /proc/PID/fd tells "
	"everyone how many there are. The old one lists that directory, which others may not, and shows -1.++\n"
	"- *-e* of a program that cannot be started is an error; the old one goes on watching nothing. Without an "
	"interval the old one does not watch it: it prints one table at once, before the program has done anything, "
	"and ends with status 0.";

static int choose(struct pidstat *pidstat, enum report report)
{
	pidstat->reports |= 1U << report;
	return GO_ON;
}

static int set_pids(struct pidstat *pidstat, const char *words)
{
	struct span rest = span_of(words), word;
	bool more = true;

	pidstat->listed = true;
	while (more) {
		int64_t pid = getpid();
		more = span_until(&rest, ',', &word);
		word = more ? word : rest;
		if (span_is(word, "ALL") || word.len == 0)
			continue;
		if (!span_is(word, "SELF") && (!span_i64(&word, &pid) || word.len || pid < 1 || pid > INT32_MAX))
			return usage(pidstat->sysstat.samples.tool, 1);
		bool known = false;
		for (size_t i = 0; i < pidstat->pid_count; i++)
			known |= pidstat->pids[i] == pid;
		if (known)
			continue;
		int64_t *pids = realloc(pidstat->pids, (pidstat->pid_count + 1) * sizeof *pids);
		if (!pids)
			return complain(pidstat->sysstat.samples.tool, 4, "out of memory");
		pidstat->pids = pids;
		pids[pidstat->pid_count++] = pid;
	}
	return GO_ON;
}

static int set_kinds(struct pidstat *pidstat, const char *word)
{
	pidstat->child_only = !strcmp(word, "CHILD");
	pidstat->child_too = pidstat->child_only || !strcmp(word, "ALL");
	if (!pidstat->child_too && strcmp(word, "TASK") != 0)
		return usage(pidstat->sysstat.samples.tool, 1);
	return GO_ON;
}

/* A pattern that is none matches nothing. */
static int set_pattern(struct pidstat *pidstat, const char *pattern, regex_t *ret, bool *ret_set)
{
	if (*ret_set)
		regfree(ret);
	*ret_set = regcomp(ret, pattern, REG_EXTENDED | REG_NOSUB) == 0;
	pidstat->no_match |= !*ret_set;
	return GO_ON;
}

static int set(void *context, int id, const char *argument)
{
	struct pidstat *pidstat = context;

	for (int report = 0; report < REPORTS; report++)
		if (id == pidstat_reports[report].letter)
			return choose(pidstat, (enum report)report);
	switch (id) {
	case 'p':
		return set_pids(pidstat, argument);
	case 'C':
		return set_pattern(pidstat, argument, &pidstat->command, &pidstat->by_command);
	case 'G':
		return set_pattern(pidstat, argument, &pidstat->process, &pidstat->by_process);
	case 'U':
		return option_flag(&pidstat->names);
	case 't':
		return option_flag(&pidstat->threads);
	case 'T':
		return set_kinds(pidstat, argument);
	case 'l':
		return option_flag(&pidstat->command_line);
	case 'h':
		return option_flag(&pidstat->one_line);
	case 'H':
		return option_flag(&pidstat->sysstat.epoch);
	case 'I':
		return option_flag(&pidstat->solaris);
	default:
		return sysstat_option(&pidstat->sysstat, id, argument);
	}
}

/* -T: the reports with children, and those without. */
static int choose_kinds(struct pidstat *pidstat)
{
	static const enum report with_child[] = { REPORT_CPU, REPORT_MEMORY };
	unsigned children = 0;

	if (!pidstat->reports)
		pidstat->reports = 1U << REPORT_CPU;
	for (size_t i = 0; pidstat->child_too && i < 2; i++)
		children |= (pidstat->reports >> with_child[i] & 1) << (with_child[i] + 1);
	if (pidstat->child_only)
		pidstat->reports = children;
	pidstat->reports |= children;
	if (!pidstat->reports)
		return sysstat_complain(1, "Requested activities not available");
	return GO_ON;
}

/* The program of -e. GO_ON or the status. */
static int start(struct pidstat *pidstat)
{
	const struct tool *tool = pidstat->sysstat.samples.tool;
	int said[2], error = 0;

	if (pipe2(said, O_CLOEXEC) < 0)
		return complain(tool, 4, "%s", strerror(errno));
	pidstat->started = fork();
	if (pidstat->started == 0) {
		signals_give_back();
		execvp(pidstat->program[0], pidstat->program);
		error = errno;
		if (write(said[1], &error, sizeof error) < 0)
			_exit(127);
		_exit(127);
	}
	close(said[1]);
	if (pidstat->started < 0)
		error = errno;
	else if (read(said[0], &error, sizeof error) <= 0)
		error = 0;
	close(said[0]);
	if (error)
		return complain(tool, 4, "%s: %s", pidstat->program[0], strerror(error));
	pidstat->pids = malloc(sizeof *pidstat->pids);
	if (!pidstat->pids)
		return complain(tool, 4, "out of memory");
	pidstat->pids[0] = pidstat->started;
	pidstat->pid_count = 1;
	pidstat->listed = true;
	return GO_ON;
}

/* As long as the program of -e has not ended. */
static bool goes_on(struct samples *samples)
{
	struct pidstat *pidstat = (struct pidstat *)samples;

	if (pidstat->started > 0 && waitpid(pidstat->started, &pidstat->end, WNOHANG) == pidstat->started)
		pidstat->started = 0;
	return !pidstat->program || pidstat->started;
}

static int put(struct samples *samples, struct buffer *buffer, const struct view *view)
{
	struct pidstat *pidstat = (struct pidstat *)samples;

	if (samples->repeat.taken == 1 && !samples->shared.data)
		sysstat_put_banner(&pidstat->sysstat, buffer, view->now);
	if (!view->before)
		return GO_ON;
	if (mean_add(&pidstat->mean, view) < 0)
		return complain(samples->tool, 4, "out of memory");
	bool gone = pidstat->pid_count && view->now->count == 0;
	if (samples->shared.data)
		pidstat_put_data(pidstat, buffer, view);
	else if (!gone || samples->repeat.taken <= 2)
		pidstat_put(pidstat, buffer, view, false);
	return gone ? 0 : GO_ON;
}

static void put_averages(struct samples *samples, struct buffer *buffer, const struct view *whole)
{
	struct pidstat *pidstat = (struct pidstat *)samples;

	bool ended = pidstat->program && !pidstat->started && __builtin_popcount(pidstat->reports) == 1;

	if (samples->shared.data || pidstat_judge(pidstat, whole) < 0)
		return;
	if (repeat_was_interrupted()) /* the terminal shows ^C there */
		buffer_char(buffer, '\n');
	else if (ended && !pidstat->one_line)
		buffer_char(buffer, '\n'); /* the old one puts it where no heading follows */
	if (!pidstat->one_line)
		pidstat_put(pidstat, buffer, whole, true);
}

/* "-U name": the only option whose value is a word of its own and may be missing. */
static void take_user(struct pidstat *pidstat, int *argc, char **argv)
{
	for (int i = 1; i + 1 < *argc; i++) {
		size_t len = strlen(argv[i]);
		if (argv[i][0] != '-' || argv[i][1] == '-' || argv[i][len - 1] != 'U' || argv[i + 1][0] == '-')
			continue;
		pidstat->user = argv[i + 1];
		memmove(&argv[i + 1], &argv[i + 2], (size_t)(*argc - i - 1) * sizeof *argv);
		--*argc;
	}
}

/* "-e program arguments": everything behind -e is its own. */
static void take_program(struct pidstat *pidstat, int *argc, char **argv)
{
	for (int i = 1; i + 1 < *argc; i++)
		if (!strcmp(argv[i], "-e")) {
			pidstat->program = &argv[i + 1];
			*argc = i;
			return;
		}
}

/* How pidstat ends: with what went wrong, or as the program of -e did. */
static int end(const struct pidstat *pidstat, int status)
{
	if (status != 0 || !pidstat->program || pidstat->started)
		return status;
	return WIFEXITED(pidstat->end) ? WEXITSTATUS(pidstat->end) : 128 + WTERMSIG(pidstat->end);
}

static int run(const struct tool *tool, int argc, char **argv)
{
	struct pidstat pidstat = { 0 };

	sysstat_init(&pidstat.sysstat, tool);
	take_program(&pidstat, &argc, argv);
	take_user(&pidstat, &argc, argv);
	int status = options_read(tool, argc, argv, set, &pidstat);
	if (status == GO_ON)
		status = sysstat_words(&pidstat.sysstat, argc - optind, argv + optind);
	if (status == GO_ON)
		status = choose_kinds(&pidstat);
	if (status == GO_ON && pidstat.program)
		status = start(&pidstat);
	if (status == GO_ON && pidstat.program && pidstat.sysstat.samples.since_boot) {
		pidstat.sysstat.samples.since_boot = false;
		pidstat.sysstat.samples.repeat = (struct repeat){ .interval_ns = NS_PER_S };
	}
	if (status == GO_ON) {
		pidstat_request(&pidstat);
		pidstat.sysstat.samples.choose = pidstat_choose;
		pidstat.sysstat.samples.put = put;
		pidstat.sysstat.samples.at_end = put_averages;
		pidstat.sysstat.samples.goes_on = goes_on;
		status = samples_run(&pidstat.sysstat.samples);
	}
	if (pidstat.by_command)
		regfree(&pidstat.command);
	if (pidstat.by_process)
		regfree(&pidstat.process);
	free(pidstat.pids);
	free(pidstat.tasks);
	mean_done(&pidstat.mean);
	return end(&pidstat, status);
}

TOOL(pidstat, {
		      .name = "pidstat",
		      .summary = "what each process or thread did in an interval",
		      .usage = "[options] [interval [count]] [-e program [arguments]]",
		      TOOL_OPTIONS(option_rows),
		      .notes = notes,
		      .run = run,
	      });
