/* vires pkill: signals to processes that pgrep would find. */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/signals.h"
#include "collect/send.h"
#include "render/text.h"
#include "tools/criteria.h"
#include "tools/words.h"

enum { INVERSE = 2000, SIGNAL };

static const struct option_row option_rows[] = {
	{ 0, "signal", TAKES, "sig", "the signal, by number or name; also -9, -KILL, -SIGKILL", SIGNAL },
	{ 'q', "queue", TAKES, "value", "send this integer along with the signal", 0 },
	{ 'e', "echo", ALONE, NULL, "say who was signalled", 0 },
	{ 'H', "require-handler", ALONE, NULL, "only processes that have a handler for the signal", 0 },
	{ 'm', "mrelease", ALONE, NULL, "have the kernel give back the memory of the killed at once", 0 },
	{ 0, "inverse", ALONE, NULL, NULL, INVERSE },
	CRITERIA_OPTIONS,
	OPTIONS_DATA,
	OPTIONS_SOURCE,
	{ 'h', "help", ALONE, NULL, "display this help and exit", OPTION_HELP },
	{ 'V', "version", ALONE, NULL, "output version information and exit", OPTION_VERSION },
};

static const char notes[] =
	"Finds processes as *vires-pgrep*(1) does and sends each of them a signal, TERM unless told otherwise. Says "
	"and ends as pkill of procps-ng 4.0.2: 0 when at least one was signalled, 1 when none, 2 on wrong use, 3 when "
	"something fails. Try the same criteria with pgrep first.\n\n"
	"The criteria can be turned around with *--inverse* alone: *-v* is too easily mistyped. *-e* says the name "
	"even where no pattern was given. *-H* and *-m* are those of newer pkills.\n\n"
	"The signal goes to the process that was found, by its number and its start: one that has got the number of "
	"another in between is not hit. With *--root* there is nobody to signal, which is an error.";

struct call {
	struct criteria criteria;
	int signal;
	int value;
	bool queued, echo, needs_handler, release;
};

static int set_value(struct call *call, const char *word)
{
	int64_t value;

	if (!word_integer(word, &value) || value < INT32_MIN || value > UINT32_MAX)
		return complain(call->criteria.tool, 2, "not an integer: %s", word);
	call->value = (int)(uint32_t)value;
	call->queued = true;
	return GO_ON;
}

static int set(void *context, int id, const char *argument)
{
	struct call *call = context;

	switch (id) {
	case SIGNAL:
		call->signal = signal_number(argument);
		return GO_ON;
	case 'q':
		return set_value(call, argument);
	case 'e':
		call->echo = true;
		return GO_ON;
	case 'H':
		call->needs_handler = true;
		return GO_ON;
	case 'm':
		call->release = true;
		return GO_ON;
	case INVERSE:
		return criteria_set(&call->criteria, 'v', argument);
	default:
		return criteria_set(&call->criteria, id, argument);
	}
}

static bool has_handler(const struct call *call, const struct view *view, uint32_t row)
{
	int64_t caught = 0;

	view_number(view, row, TASK_signals_caught, &caught);
	return call->signal > 0 && (uint64_t)caught >> (call->signal - 1) & 1;
}

static int send_to(const struct call *call, int64_t pid, int64_t started_ns)
{
	const int *value = call->queued ? &call->value : NULL;

	if (!call->release)
		return process_send(pid, started_ns, call->signal, value);
	int fd = process_hold(pid, started_ns);
	if (fd < 0)
		return fd;
	int r = process_send_held(fd, call->signal, value);
	if (r == 0) {
		int released = process_release_held(fd);
		if (released < 0 && released != -ESRCH)
			complain(call->criteria.tool, 0, "releasing memory of pid %lld failed: %s", (long long)pid,
			         strerror(-released));
	}
	close(fd);
	return r;
}

/* Whether it was signalled. */
static bool one(const struct call *call, const struct view *view, uint32_t row, struct buffer *buffer)
{
	int64_t pid = 0, started_ns = -1;
	struct span comm = { 0 };

	view_number(view, row, TASK_pid, &pid);
	if (!view_number(view, row, TASK_started_ns, &started_ns))
		return false; /* it has ended, or nobody could tell whether it is the same one */
	int r = send_to(call, pid, started_ns);
	if (r < 0 && r != -ESRCH)
		complain(call->criteria.tool, 0, "killing pid %lld failed: %s", (long long)pid, strerror(-r));
	if (r == 0 && call->echo && !call->criteria.shared.data) {
		view_text(view, row, TASK_comm, &comm);
		text_put(buffer, comm, SIZE_MAX);
		buffer_format(buffer, " killed (pid %lld)\n", (long long)pid);
		say(call->criteria.tool, buffer);
	}
	return r == 0;
}

static int send_all(struct call *call)
{
	const struct criteria *criteria = &call->criteria;
	struct field_set shown = { 0 };
	struct buffer buffer = { 0 };
	struct found found;
	size_t meant = 0, signalled = 0;

	field_set_add(&shown, TASK_started_ns);
	field_set_add(&shown, TASK_comm);
	if (call->needs_handler)
		field_set_add(&shown, TASK_signals_caught);
	criteria_data_fields(criteria, &shown);
	int status = criteria_find(&call->criteria, &shown, &found);
	for (size_t i = 0; status == GO_ON && i < found.count; i++) {
		if (call->needs_handler && !has_handler(call, &found.look.view, found.rows[i]))
			continue;
		meant++;
		if (one(call, &found.look.view, found.rows[i], &buffer))
			found.rows[signalled++] = found.rows[i]; /* those in front were looked at already */
	}
	if (status == GO_ON && criteria->shared.data)
		found_put_data(&found, criteria, &buffer, found.rows, signalled);
	else if (status == GO_ON && criteria->count)
		buffer_format(&buffer, "%zu\n", meant);
	say(criteria->tool, &buffer);
	found_done(&found);
	buffer_done(&buffer);
	return status == GO_ON ? !signalled : status;
}

static int run(const struct tool *tool, int argc, char **argv)
{
	struct call call = { .signal = signal_option(&argc, argv) };

	if (call.signal < 0)
		call.signal = SIGTERM;
	int status = criteria_read(&call.criteria, tool, argc, argv, set,
	                           "a captured machine has no process to signal; pgrep shows who is meant");
	if (status == GO_ON)
		status = send_all(&call);
	criteria_done(&call.criteria);
	return status;
}

TOOL(pkill, {
		    .name = "pkill",
		    .summary = "send a signal to processes found by name, user, parent, terminal...",
		    .usage = "[options] <pattern>",
		    TOOL_OPTIONS(option_rows),
		    .notes = notes,
		    .run = run,
	    });
