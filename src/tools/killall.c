/* vires killall: signals to all processes of a name. */
#include "tools/killall.h"

#include <ctype.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/signals.h"
#include "collect/users.h"
#include "render/signal_list.h"
#include "tools/words.h"

static const struct option_row option_rows[] = {
	{ 'e', "exact", ALONE, NULL, "leave out those of whose long name only the beginning is known", 0 },
	{ 'I', "ignore-case", ALONE, NULL, "upper and lower case are the same", 0 },
	{ 'g', "process-group", ALONE, NULL, "signal the process groups, each once", 0 },
	{ 'y', "younger-than", TAKES, "time", "only younger ones: 30s, 5m, 2h, 1.5d, 3w, 6M, 1y", 0 },
	{ 'o', "older-than", TAKES, "time", "only older ones", 0 },
	{ 'i', "interactive", ALONE, NULL, "ask first", 0 },
	{ 'l', "list", ALONE, NULL, "list the names of signals", 0 },
	{ 'q', "quiet", ALONE, NULL, "do not complain when there is no such process", 0 },
	{ 'r', "regexp", ALONE, NULL, "names are extended regular expressions", 0 },
	{ 's', "signal", TAKES, "signal", "the signal, by number or name; also -9, -KILL, -SIGKILL", 0 },
	{ 'u', "user", TAKES, "user", "only this user's; names may be left out then", 0 },
	{ 'v', "verbose", ALONE, NULL, "say who was signalled", 0 },
	{ 'w', "wait", ALONE, NULL, "wait until all of them have ended", 0 },
	{ 'n', "ns", TAKES, "PID", "only in the PID namespace of that process; 0: in our own", 0 },
	{ 'Z', "context", TAKES, "regex",
	  "only with a label of the security module that matches; names may be left out then", 0 },
	OPTIONS_DATA,
	OPTIONS_SOURCE,
	{ 0, "help", ALONE, NULL, "this text", OPTION_HELP },
	{ 'V', "version", ALONE, NULL, "version", 0 },
};

static const char notes[] =
	"Sends what killall of psmisc 23.6 (Debian 12) sends, and ends as it does: 0 when each name was found and "
	"signalled, else 1. A name is that of the process, at most 15 characters; of longer ones the rest is looked "
	"up in the command line. A name with a slash is a file: all that execute it are meant. It never signals "
	"itself. On other systems killall means all processes: not here.\n\n"
	"It differs:++\n"
	"- *-I* works; in 23.6 it finds nobody.++\n"
	"- *-Z* without a security module means nobody, and *-n* of a process that does not exist neither; the old "
	"tool takes everybody.++\n"
	"- *-w* waits for the end of each process, not until its parent has taken notice of it.++\n"
	"- Ages count with *-r* as without.++\n"
	"- The signal goes to the process that was found, by its number and its start: one that has got the number of "
	"another in between is not hit. With *--root* there is nobody to signal, which is an error.";

static int unknown_signal(const char *word)
{
	fprintf(stderr, "%s: unknown signal; killall -l lists signals.\n", word);
	return 1;
}

static int set_signal(struct killall *killall, const char *word)
{
	int number = signal_number(word);

	if (number < 0)
		return unknown_signal(word);
	killall->signal = number;
	return GO_ON;
}

/* A number with a unit behind it. */
static int set_age(struct killall *killall, const char *word, int64_t *ret_ns)
{
	static const struct {
		char letter;
		double seconds;
	} units[] = { { 's', 1 },      { 'm', 60 },      { 'h', 3600 },    { 'd', 86400 },
		      { 'w', 604800 }, { 'M', 2629800 }, { 'y', 31557600 } };
	char *unit;

	double number = strtod(word, &unit);
	for (size_t i = 0; i < sizeof units / sizeof *units && unit != word; i++) {
		double ns = number * units[i].seconds * (double)NS_PER_S;
		if (unit[0] != units[i].letter || unit[1] || !(ns >= 1) || ns >= (double)INT64_MAX)
			continue;
		*ret_ns = (int64_t)ns;
		return GO_ON;
	}
	fputs("Invalid time format\n", stderr);
	return usage(killall->tool, 1);
}

static int set_user(struct killall *killall, const char *name)
{
	killall->by_user = true;
	if (!isdigit((unsigned char)name[0]) && user_find(NULL, name, &killall->uid) == 0)
		return GO_ON;
	fprintf(stderr, "Cannot find user %s\n", name);
	return 1;
}

static int compile(const struct killall *killall, const char *pattern, regex_t *ret)
{
	int flags = REG_EXTENDED | REG_NOSUB | (killall->ignore_case ? REG_ICASE : 0);

	if (regcomp(ret, pattern, flags) == 0)
		return GO_ON;
	return complain(killall->tool, 1, "Bad regular expression: %s", pattern);
}

static int set_label(struct killall *killall, const char *pattern)
{
	if (killall->by_label)
		regfree(&killall->label);
	int status = compile(killall, pattern, &killall->label);
	killall->by_label = status == GO_ON;
	return status;
}

static int set_namespace(struct killall *killall, const char *word)
{
	killall->by_namespace = true;
	if (word_integer(word, &killall->namespace_pid) && killall->namespace_pid >= 0)
		return GO_ON;
	fputs("Invalid namespace PID\n", stderr);
	return usage(killall->tool, 1);
}

static int list(const struct killall *killall)
{
	struct buffer text = { 0 };

	if (killall->shared.data)
		signal_list_data_all(&text, killall->shared.data);
	else
		signal_list_names(&text);
	say(killall->tool, &text);
	buffer_done(&text);
	return 0;
}

static bool *flag_of(struct killall *killall, int id)
{
	switch (id) {
	case 'l':
		return &killall->list;
	case 'e':
		return &killall->exact;
	case 'I':
		return &killall->ignore_case;
	case 'g':
		return &killall->groups;
	case 'i':
		return &killall->ask;
	case 'q':
		return &killall->quiet;
	case 'r':
		return &killall->regexp;
	case 'v':
		return &killall->verbose;
	case 'w':
		return &killall->wait;
	default:
		return NULL;
	}
}

static int set(void *context, int id, const char *argument)
{
	struct killall *killall = context;

	if (flag_of(killall, id)) {
		*flag_of(killall, id) = true;
		return GO_ON;
	}
	switch (id) {
	case 's':
		return set_signal(killall, argument);
	case 'y':
		return set_age(killall, argument, &killall->younger_ns);
	case 'o':
		return set_age(killall, argument, &killall->older_ns);
	case 'u':
		return set_user(killall, argument);
	case 'n':
		return set_namespace(killall, argument);
	case 'Z':
		return set_label(killall, argument);
	case 'V':
		fprintf(stderr, "killall from vires %s\n", VIRES_VERSION);
		return 0;
	default:
		return shared_option(killall->tool, 1, &killall->shared, id, argument);
	}
}

static int set_names(struct killall *killall, int count, char **words)
{
	int status = GO_ON;

	if (count == 0 && !killall->by_user && !killall->by_label)
		return usage(killall->tool, 1);
	if (count > KILLALL_NAMES)
		return complain(killall->tool, 1, "Maximum number of names is %d", KILLALL_NAMES);
	killall->names = words;
	killall->name_count = count;
	for (int i = 0; i < count && status == GO_ON; i++) {
		if (killall->regexp) {
			status = compile(killall, words[i], &killall->patterns[i]);
			killall->pattern_count += status == GO_ON;
		} else if (strchr(words[i], '/')) {
			killall->is_file[i] = true;
			if (stat(words[i], &killall->files[i]) < 0) {
				perror(words[i]);
				status = 1;
			}
		}
	}
	return status;
}

/* Command lines are read of those whose names may be cut. */
static void choose_long(void *context, const struct snapshot *snapshot, bool *chosen)
{
	struct span comm;

	(void)context;
	for (size_t row = 0; row < snapshot->count; row++)
		chosen[row] = snapshot_text(snapshot, row, TASK_comm, &comm) && comm.len >= COMM_MAX;
}

static void make_request(const struct killall *killall, struct request *request)
{
	bool files = false;

	request->tasks = true;
	request->choose = choose_long;
	request_field(request, &request->fields, TASK_pid);
	request_field(request, &request->fields, TASK_comm);
	request_field(request, &request->fields, TASK_started_ns);
	request_field(request, &request->details, TASK_cmdline);
	for (int i = 0; i < killall->name_count; i++)
		files |= killall->is_file[i];
	for (unsigned id = TASK_exe; files && id <= TASK_exe_inode; id++)
		request_field(request, &request->fields, id);
	if (killall->groups)
		request_field(request, &request->fields, TASK_pgid);
	if (killall->by_user)
		request_field(request, &request->fields, TASK_ruid);
	if (killall->by_namespace)
		request_field(request, &request->fields, TASK_ns_pid);
	if (killall->by_label)
		request_field(request, &request->fields, TASK_security_label);
}

static int run(const struct tool *tool, int argc, char **argv)
{
	struct killall killall = { .tool = tool, .signal = signal_option(&argc, argv) };
	struct request request = { 0 };
	struct look look = { 0 };

	if (killall.signal < 0)
		killall.signal = SIGTERM;
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
		if (argv[i][0] == '-' && isupper((unsigned char)argv[i][1]) && !strchr("IVZ", argv[i][1]))
			return unknown_signal(argv[i] + 1);
	opterr = 0;
	int status = options_read(tool, argc, argv, set, &killall);
	if (status == GO_ON && killall.list)
		status = list(&killall);
	if (status == GO_ON && killall.shared.place.root)
		status = complain(tool, 1, "--root: a captured machine has no process to signal");
	if (status == GO_ON)
		status = set_names(&killall, argc - optind, argv + optind);
	if (status == GO_ON) {
		make_request(&killall, &request);
		status = look_take(tool, 1, &killall.shared.place, &request, &look);
		if (status == GO_ON)
			status = killall_send(&killall, &look);
		look_done(&look);
	}
	for (size_t i = 0; i < killall.pattern_count; i++)
		regfree(&killall.patterns[i]);
	if (killall.by_label)
		regfree(&killall.label);
	return status;
}

TOOL(killall, {
		      .name = "killall",
		      .summary = "send a signal to all processes of a name",
		      .usage = "[options] [--] NAME...",
		      TOOL_OPTIONS(option_rows),
		      .notes = notes,
		      .run = run,
	      });
