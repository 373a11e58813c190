/* vires kill: signals to processes by number, and the list of signals. */
#include <ctype.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/signals.h"
#include "collect/send.h"
#include "render/signal_list.h"
#include "tools/kill_words.h"
#include "tools/look.h"
#include "tools/words.h"

enum { NUMBERED = 2000, ONE_A_LINE, TIMEOUT, VERBOSE };

static const struct option_row option_rows[] = {
	{ 's', "signal", TAKES, "signal", "send this signal, a name or a number; also -9, -KILL, -SIGKILL", 0 },
	{ 'n', NULL, TAKES, "number", "the same, as in bash", 's' },
	{ 'q', "queue", TAKES, "value", "send this integer along with the signal", 0 },
	{ 0, "timeout", TAKES, "ms signal", "then wait so long, and send this signal to who is still there", TIMEOUT },
	{ 'r', "require-handler", ALONE, NULL, "only to processes that have a handler for the signal", 0 },
	{ 'p', "pid", ALONE, NULL, "only print the process IDs", 0 },
	{ 0, "verbose", ALONE, NULL, "say what is sent to whom", VERBOSE },
	{ 'l', "list", MAY_TAKE, "signal", "list the names of signals, or turn a number into a name and back", 0 },
	{ 'L', "table", ALONE, NULL, "list the signals in a table", 0 },
	{ 0, "numbered", ALONE, NULL, "list them as bash does: numbers, and real-time signals", NUMBERED },
	{ 0, "plain", ALONE, NULL, "list them as dash does: one a line, from 0 on", ONE_A_LINE },
	OPTIONS_DATA,
	{ 'h', "help", ALONE, NULL, "display this help and exit", OPTION_HELP },
	{ 'V', "version", ALONE, NULL, "output version information and exit", OPTION_VERSION },
};

static const char notes[] =
	"Sends what kill of procps-ng 4.0.2 sends, says what it says, and ends as it does: 0 when all were signalled. "
	"A shell has a kill of its own, which knows %1 and the like; this one is for where there is no shell.\n\n"
	"A number below 0 is a process group. It may stand behind *--* or behind the signal: *kill -TERM -123*. The "
	"old kill sends that to group 1, which is wrong; and it takes *kill -99*, where 99 is no signal, for a group "
	"too, which here is an error.\n\n"
	"*-l* prints the names without numbers. The table of bash, which many guides show, is *kill --numbered*, and "
	"a name a line is *kill --plain*. With words behind it, *-l* turns each into a number or a name, real-time "
	"signals too; an unknown one is a line on stderr, and status 0, as of the old one.\n\n"
	"*-r*, *-p*, *--timeout* and *--verbose* are those of kill of util-linux. For names of processes see "
	"*vires-pkill*(1).\n\n"
	"Signals go through a descriptor of the process where the kernel has them, so that between *--timeout*'s two "
	"no other process can get the second one.";

struct call {
	const struct tool *tool;
	struct shared shared;
	struct kill_words words;
	int signal, follow_up;
	int64_t timeout_ms;
	int value;
	bool queued, timed, needs_handler, only_print, verbose;
	enum { NO_LIST, LIST_NAMES, LIST_TABLE, LIST_NUMBERED, LIST_LINES } list;
	const char *list_word;
};

static int set_value(struct call *call, const char *word)
{
	int64_t value;

	if (!word_integer(word, &value) || value < INT32_MIN || value > UINT32_MAX)
		return complain(call->tool, 1, "must be an integer value to be passed with the signal.: '%s'", word);
	call->value = (int)(uint32_t)value;
	call->queued = true;
	return GO_ON;
}

/* The second word stands behind the first one, see kill_words.h. */
static int set_timeout(struct call *call, const char *word)
{
	const char *name = call->words.options[optind];

	if (!word_integer(word, &call->timeout_ms) || call->timeout_ms < 0 || call->timeout_ms > INT32_MAX)
		return complain(call->tool, 1, "invalid timeout: '%s'", word);
	call->follow_up = name ? signal_number(name) : -EINVAL;
	if (call->follow_up < 0)
		return complain(call->tool, 1, "--timeout takes milliseconds and a signal, not '%s'", name ? name : "");
	optind++;
	call->timed = true;
	return GO_ON;
}

static int wrong_option(const struct call *call)
{
	if (optopt > 0 && optopt < 256)
		complain(call->tool, 1, "invalid argument %c", optopt);
	else
		complain(call->tool, 1, "invalid argument %s", call->words.options[optind - 1]);
	return usage(call->tool, 1);
}

static int set(void *context, int id, const char *argument)
{
	struct call *call = context;

	switch (id) {
	case 's':
		call->signal = signal_number(argument);
		return GO_ON;
	case 'q':
		return set_value(call, argument);
	case TIMEOUT:
		return set_timeout(call, argument);
	case 'r':
		call->needs_handler = true;
		return GO_ON;
	case 'p':
		call->only_print = true;
		return GO_ON;
	case VERBOSE:
		call->verbose = true;
		return GO_ON;
	case 'l':
		call->list_word = call->list_word ? call->list_word : argument;
		call->list = call->list ? call->list : LIST_NAMES;
		return GO_ON;
	case 'L':
		call->list = call->list ? call->list : LIST_TABLE;
		return GO_ON;
	case NUMBERED:
	case ONE_A_LINE:
		call->list = id == NUMBERED ? LIST_NUMBERED : LIST_LINES;
		return GO_ON;
	case OPTIONS_WRONG:
		return wrong_option(call);
	default:
		return shared_option(call->tool, 1, &call->shared, id, argument);
	}
}

static void list_one(const struct call *call, struct buffer *buffer, const char *word, bool first)
{
	char buf[SIGNAL_NAME_BYTES];
	int number = signal_number(word);

	if (number <= 0 || !signal_name(number, buf))
		complain(call->tool, 0, "unknown signal name %s", word);
	else if (call->shared.data)
		signal_list_data(buffer, call->shared.data, number, first);
	else if (isdigit((unsigned char)*word))
		buffer_format(buffer, "%s\n", signal_name(number, buf));
	else
		buffer_format(buffer, "%d\n", number);
}

static void list_data(const struct call *call, struct buffer *buffer, char **words)
{
	signal_list_data_begin(buffer, call->shared.data);
	for (int i = 0; words[i]; i++)
		list_one(call, buffer, words[i], i == 0);
	signal_list_data_end(buffer, call->shared.data);
}

static int list(const struct call *call, char **words)
{
	static void (*const forms[])(struct buffer *) = {
		[LIST_NAMES] = signal_list_names,
		[LIST_TABLE] = signal_list_table,
		[LIST_NUMBERED] = signal_list_numbered,
		[LIST_LINES] = signal_list_lines,
	};
	char *asked[] = { (char *)call->list_word, NULL };
	struct buffer buffer = { 0 };

	words = call->list_word ? asked : words;
	if (call->shared.data && *words) {
		list_data(call, &buffer, words);
	} else if (call->shared.data) {
		signal_list_data_all(&buffer, call->shared.data);
	} else if (call->list == LIST_NAMES && *words) {
		for (; *words; words++)
			list_one(call, &buffer, *words, false);
	} else {
		forms[call->list](&buffer);
	}
	say(call->tool, &buffer);
	buffer_done(&buffer);
	return 0;
}

/* Whether the process has a handler for the signal; and when it started, so that no other gets it. */
static int find_handler(const struct call *call, int64_t pid, bool *ret_has, int64_t *ret_started_ns)
{
	struct request request = { .tasks = true, .pids = &pid, .pid_count = 1 };
	struct look look;
	int64_t caught = 0;

	request_field(&request, &request.fields, TASK_started_ns);
	request_field(&request, &request.fields, TASK_signals_caught);
	int status = look_take(call->tool, 1, &call->shared.place, &request, &look);
	int r = status != GO_ON ? -EIO : look.now.count == 0 ? -ESRCH : 0;
	if (r == 0 && view_number(&look.view, 0, TASK_started_ns, ret_started_ns))
		view_number(&look.view, 0, TASK_signals_caught, &caught);
	*ret_has = call->signal > 0 && (uint64_t)caught >> (call->signal - 1) & 1;
	look_done(&look);
	return r;
}

static int send_and_wait(const struct call *call, int64_t pid, int64_t started_ns, const int *value)
{
	int fd = process_hold(pid, started_ns);

	if (fd < 0)
		return fd;
	int r = process_send_held(fd, call->signal, value);
	if (r == 0)
		r = process_wait_held(fd, (int)call->timeout_ms);
	if (r == 0)
		r = process_send_held(fd, call->follow_up, value);
	close(fd);
	return r > 0 ? 0 : r;
}

/* -errno */
static int send_one(const struct call *call, int64_t pid, struct buffer *out)
{
	const int *value = call->queued ? &call->value : NULL;
	int64_t started_ns = -1;
	bool has_handler = true;
	int r = 0;

	if (call->only_print) {
		buffer_format(out, "%lld\n", (long long)pid);
		say(call->tool, out);
		return 0;
	}
	if (call->needs_handler && pid > 0)
		r = find_handler(call, pid, &has_handler, &started_ns);
	if (r < 0 || !has_handler)
		return r;
	if (call->verbose)
		buffer_format(out, "sending signal %d to pid %lld\n", call->signal, (long long)pid);
	say(call->tool, out);
	if (call->timed && pid > 0)
		return send_and_wait(call, pid, started_ns, value);
	return process_send(pid, started_ns, call->signal, value);
}

static int send_all(const struct call *call, char **words)
{
	struct buffer out = { 0 };
	int status = 0;

	if (!*words)
		return usage(call->tool, 1);
	for (; *words; words++) {
		int64_t pid;
		if (!word_integer(*words, &pid)) {
			bool too_large = **words && strspn(*words, "0123456789") == strlen(*words);
			buffer_done(&out);
			return complain(call->tool, 1, "failed to parse argument: '%s'%s%s", *words,
			                too_large ? ": " : "", too_large ? strerror(ERANGE) : "");
		}
		int r = send_one(call, pid, &out);
		if (r < 0)
			status = complain(call->tool, 1, "(%lld): %s", (long long)pid, strerror(-r));
	}
	buffer_done(&out);
	return status;
}

static int run(const struct tool *tool, int argc, char **argv)
{
	struct call call = { .tool = tool };
	struct kill_words *words = &call.words;

	if (kill_words_sort(argc, argv, words) < 0)
		return complain(tool, 1, "%s", strerror(ENOMEM));
	call.signal = words->signal >= 0 ? words->signal : SIGTERM;
	opterr = 0;
	int status = options_read(tool, words->option_count, words->options, set, &call);
	if (status == GO_ON && call.shared.data && !call.list && (words->signal >= 0 || words->options[optind]))
		status = complain(tool, 1, "--json and --csv are for lists of signals: -l, -L");
	if (status == GO_ON && call.shared.data && !call.list)
		call.list = LIST_NAMES;
	if (status == GO_ON)
		status = (call.list ? list : send_all)(&call, words->options + optind);
	free(words->options);
	return status;
}

TOOL(kill, {
		   .name = "kill",
		   .summary = "send a signal to processes, or list the signals",
		   .usage = "[options] <pid> [...]",
		   TOOL_OPTIONS(option_rows),
		   .notes = notes,
		   .run = run,
	   });
