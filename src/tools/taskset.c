/* vires taskset: which CPUs a process may run on: shown, changed, or set for a new program. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "collect/affinity.h"
#include "tools/look.h"
#include "tools/words.h"

enum { PF_NO_SETAFFINITY = 0x04000000, STATUS_CANNOT_EXECUTE = 126, STATUS_NO_COMMAND };

static const struct option_row option_rows[] = {
	{ 'a', "all-tasks", ALONE, NULL, "all threads of the process, not only the first", 0 },
	{ 'p', "pid", ALONE, NULL, "show or change a running process", 0 },
	{ 'c', "cpu-list", ALONE, NULL, "numbers in place of a mask: 0,3,8-11 or 0-6:2", 0 },
	OPTIONS_DATA,
	OPTIONS_SOURCE,
	{ 'h', "help", ALONE, NULL, "display this help and exit", OPTION_HELP },
	{ 'V', "version", ALONE, NULL, "output version information and exit", OPTION_VERSION },
};

static const char notes[] =
	"*taskset* _MASK_ _COMMAND_ starts a command on these CPUs; *taskset -p* _PID_ shows where a process may run, "
	"*taskset -p* _MASK_ _PID_ changes it. With *-c*, CPUs are numbers: *taskset -cp 0-3* _PID_. Options end at "
	"the first other word, and _PID_ is the last word: *taskset -c 0 -p* _PID_ tries to run a program called -p. "
	"Prints what taskset of util-linux 2.38.1 prints, and ends as it does.\n\n"
	"CPUs that the machine does not have are left out in silence as long as one is left, and the kernel takes out "
	"those that the process's cpuset forbids: the second line says what holds. Other threads and children that "
	"exist already stay as they are without *-a*.\n\n"
	"It differs in two points: *-a* of a process that is not there is an error and not silence, and where the "
	"kernel has bound a thread of its own to its CPU, that is said.\n\n"
	"With *--root* the captured CPUs are shown; nothing can be changed there.";

struct call {
	const struct tool *tool;
	struct shared shared;
	int argc;
	char **argv;
	bool all_threads, running, as_list;
	int32_t pid;
};

static int try_help(const struct tool *tool)
{
	fprintf(stderr, "Try '%s --help' for more information.\n", tool->name);
	return 1;
}

static int bad_usage(const struct tool *tool)
{
	complain(tool, 1, "bad usage");
	return try_help(tool);
}

/* The last word, wherever -p stands. */
static int set_pid(struct call *call)
{
	const char *word = call->argv[call->argc - 1];
	int64_t number;

	if (!word_integer(word, &number) || number < INT32_MIN || number > INT32_MAX) {
		bool too_large = *word && strspn(word, "0123456789") == strlen(word);
		return complain(call->tool, 1, "invalid PID argument: '%s'%s%s", word, too_large ? ": " : "",
		                too_large ? strerror(ERANGE) : "");
	}
	call->pid = (int32_t)number;
	call->running = true;
	return GO_ON;
}

static int set(void *context, int id, const char *argument)
{
	struct call *call = context;

	switch (id) {
	case 'a':
		call->all_threads = true;
		return GO_ON;
	case 'c':
		call->as_list = true;
		return GO_ON;
	case 'p':
		return set_pid(call);
	case OPTIONS_WRONG:
		return try_help(call->tool);
	default:
		return shared_option(call->tool, 1, &call->shared, id, argument);
	}
}

static int parse_cpus(const struct call *call, const char *word, struct cpu_set *ret)
{
	int r = (call->as_list ? cpu_set_parse_list : cpu_set_parse_mask)(span_of(word), ret);

	if (r == -ENOMEM)
		return complain(call->tool, 1, "%s", strerror(ENOMEM));
	return r == 0 ? GO_ON :
	                complain(call->tool, 1, "failed to parse CPU %s: %s", call->as_list ? "list" : "mask", word);
}

static int cannot(const struct call *call, const char *what, int64_t tid, int r)
{
	return complain(call->tool, 1, "failed to %s pid %lld's affinity: %s", what, (long long)tid, strerror(-r));
}

/* Of a captured machine: what its status file said. */
static int captured_cpus(const struct look *look, int64_t tid, struct cpu_set *ret)
{
	uint32_t row = look_row(look, tid);
	struct span list;

	if (row == UINT32_MAX)
		return -ESRCH;
	if (!view_text(&look->view, row, TASK_cpus_allowed, &list))
		return -ENODATA;
	return list.len ? cpu_set_parse_list(list, ret) : 0;
}

static int show(const struct call *call, const struct look *look, int64_t tid, const char *which)
{
	struct cpu_set cpus = { 0 };
	struct buffer buffer = { 0 };

	int r = call->shared.place.root ? captured_cpus(look, tid, &cpus) : affinity_get((int32_t)tid, &cpus);
	if (r == 0 && !call->shared.data) {
		buffer_format(&buffer, "pid %lld's %s affinity %s: ", (long long)tid, which,
		              call->as_list ? "list" : "mask");
		(call->as_list ? cpu_set_put_list : cpu_set_put_mask)(&buffer, &cpus);
		buffer_char(&buffer, '\n');
		say(call->tool, &buffer);
	}
	buffer_done(&buffer);
	cpu_set_done(&cpus);
	return r < 0 ? cannot(call, "get", tid, r) : GO_ON;
}

/* Kernel threads that belong to one CPU say so in their flags. */
static bool is_bound(const struct call *call, int64_t tid)
{
	struct request request = { .tasks = true, .pids = &tid, .pid_count = 1 };
	struct look look;
	int64_t flags = 0;

	request_field(&request, &request.fields, TASK_flags);
	if (look_take(call->tool, 1, &call->shared.place, &request, &look) == GO_ON && look.now.count)
		view_number(&look.view, 0, TASK_flags, &flags);
	look_done(&look);
	return flags & PF_NO_SETAFFINITY;
}

static int change(const struct call *call, int64_t tid, const struct cpu_set *cpus)
{
	int r = affinity_set((int32_t)tid, cpus);

	if (r == -EINVAL && is_bound(call, tid))
		complain(call->tool, 1, "affinity cannot be set due to PF_NO_SETAFFINITY flag set");
	return r < 0 ? cannot(call, "set", tid, r) : GO_ON;
}

static int one_thread(const struct call *call, const struct look *look, int64_t tid, const struct cpu_set *cpus)
{
	int status = show(call, look, tid, "current");

	if (status == GO_ON && cpus)
		status = change(call, tid, cpus);
	if (status == GO_ON && cpus)
		status = show(call, look, tid, "new");
	return status;
}

static int put_data(const struct call *call)
{
	static const uint8_t ids[] = { TASK_pid, TASK_tgid, TASK_comm, TASK_cpus_allowed };
	const int64_t pid = call->pid;
	struct request request = { .tasks = true, .pids = &pid, .pid_count = 1 };
	struct buffer buffer = { 0 };
	struct look look;

	request.threads = call->all_threads ? ONLY_THREADS : NO_THREADS;
	for (size_t i = 0; i < sizeof ids; i++)
		request_field(&request, &request.fields, ids[i]);
	int status = look_take(call->tool, 1, &call->shared.place, &request, &look);
	if (status == GO_ON) {
		data_document(&buffer, call->shared.data, "taskset", &look.view, NULL, look.now.count, ids, sizeof ids);
		say(call->tool, &buffer);
	}
	look_done(&look);
	buffer_done(&buffer);
	return status;
}

/* One thread, or all of the process. The kernel is asked directly, but for the list of the threads. */
static int running(const struct call *call, const struct cpu_set *cpus)
{
	const int64_t pid = call->pid;
	struct request request = { .tasks = true, .pids = &pid, .pid_count = 1 };
	bool look_needed = call->all_threads || call->shared.place.root;
	struct look look = { 0 };
	int status = GO_ON;

	request.threads = call->all_threads ? ONLY_THREADS : NO_THREADS;
	request_field(&request, &request.fields, TASK_pid);
	if (call->shared.place.root)
		request_field(&request, &request.fields, TASK_cpus_allowed);
	if (look_needed)
		status = look_take(call->tool, 1, &call->shared.place, &request, &look);
	if (status == GO_ON && look_needed && look.now.count == 0)
		status = cannot(call, "get", pid, -ESRCH);
	if (!look_needed)
		status = one_thread(call, &look, pid, cpus);
	for (uint32_t row = 0; status == GO_ON && look_needed && row < look.now.count; row++) {
		int64_t tid = pid;
		view_number(&look.view, row, TASK_pid, &tid);
		status = one_thread(call, &look, tid, cpus);
	}
	look_done(&look);
	if (status == GO_ON && call->shared.data)
		status = put_data(call);
	return status == GO_ON ? 0 : status;
}

static int start(const struct call *call, const struct cpu_set *cpus, char **words)
{
	int r = affinity_set(0, cpus);

	if (r < 0)
		return cannot(call, "set", getpid(), r);
	signals_give_back();
	execvp(words[0], words);
	return complain(call->tool, errno == ENOENT ? STATUS_NO_COMMAND : STATUS_CANNOT_EXECUTE,
	                "failed to execute %s: %s", words[0], strerror(errno));
}

static int obey(const struct call *call, char **words, int count)
{
	struct cpu_set cpus = { 0 };
	bool only_show = call->running && count == 1;

	if (!call->running && call->shared.data)
		return complain(call->tool, 1, "--json and --csv are for -p: they show where a process may run");
	if (call->shared.place.root && !only_show)
		return complain(call->tool, 1, "--root only shows: a captured machine has no process to change");
	int status = only_show ? GO_ON : parse_cpus(call, words[0], &cpus);
	if (status == GO_ON)
		status = call->running ? running(call, only_show ? NULL : &cpus) : start(call, &cpus, words + 1);
	cpu_set_done(&cpus);
	return status;
}

static int run(const struct tool *tool, int argc, char **argv)
{
	struct call call = { .tool = tool, .argc = argc, .argv = argv };

	int status = options_read(tool, argc, argv, set, &call);
	if (status != GO_ON)
		return status;
	int count = argc - optind;
	if (call.running ? !call.pid || count < 1 || count > 2 : count < 2)
		return bad_usage(tool);
	return obey(&call, argv + optind, count);
}

TOOL(taskset, {
		      .name = "taskset",
		      .summary = "which CPUs a process may run on: show, change, or start a command there",
		      .usage = "[options] MASK|LIST COMMAND|PID",
		      TOOL_OPTIONS(option_rows),
		      .options_first = true,
		      .notes = notes,
		      .run = run,
	      });
