/* vires pidwait: waits for the end of processes that pgrep would find. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "collect/send.h"
#include "render/text.h"
#include "tools/criteria.h"

static const struct option_row option_rows[] = {
	{ 'e', "echo", ALONE, NULL, "say who is waited for", 0 },
	{ 'v', "inverse", ALONE, NULL, "those for which the criteria do not hold", 0 },
	CRITERIA_OPTIONS,
	OPTIONS_DATA,
	OPTIONS_SOURCE,
	{ 'h', "help", ALONE, NULL, "display this help and exit", OPTION_HELP },
	{ 'V', "version", ALONE, NULL, "output version information and exit", OPTION_VERSION },
};

static const char notes[] =
	"Finds processes as *vires-pgrep*(1) does and waits until all of them have ended. Says and ends as pidwait of "
	"procps-ng 4.0.2: 0 when there was one to wait for, 1 when there was none, 2 on wrong use, 3 when something "
	"fails. It takes a kernel from 5.3 on.\n\n"
	"With *--root* there is nobody to wait for, which is an error.";

struct call {
	struct criteria criteria;
	bool echo;
};

static int set(void *context, int id, const char *argument)
{
	struct call *call = context;

	if (id != 'e')
		return criteria_set(&call->criteria, id, argument);
	call->echo = true;
	return GO_ON;
}

/* A descriptor of the process; -1 when it has ended already, or cannot be waited for. */
static int hold(const struct call *call, const struct view *view, uint32_t row, struct buffer *buffer)
{
	int64_t pid = 0, started_ns = -1;
	struct span comm = { 0 };

	view_number(view, row, TASK_pid, &pid);
	if (!view_number(view, row, TASK_started_ns, &started_ns))
		return -1;
	int fd = process_hold(pid, started_ns);
	if (fd == -ENOSYS || fd == -EMFILE || fd == -ENFILE)
		complain(call->criteria.tool, 3, "opening pid %lld failed: %s", (long long)pid, strerror(-fd));
	if (fd >= 0 && call->echo && !call->criteria.shared.data) {
		view_text(view, row, TASK_comm, &comm);
		buffer_text(buffer, "waiting for ");
		text_put(buffer, comm, SIZE_MAX);
		buffer_format(buffer, " (pid %lld)\n", (long long)pid);
		say(call->criteria.tool, buffer);
	}
	return fd < 0 ? -1 : fd;
}

/* How many there were to wait for: their rows are moved to the front. */
static size_t wait_all(const struct call *call, struct found *found, struct buffer *buffer)
{
	int *fds = calloc(found->count + 1, sizeof *fds);
	size_t held = 0;

	if (!fds) {
		buffer->failed = true;
		return 0;
	}
	for (size_t i = 0; i < found->count; i++) {
		fds[held] = hold(call, &found->look.view, found->rows[i], buffer);
		if (fds[held] >= 0)
			found->rows[held++] = found->rows[i];
	}
	for (size_t i = 0; i < held; i++) {
		while (process_wait_held(fds[i], -1) == -EINTR)
			;
		close(fds[i]);
	}
	free(fds);
	return held;
}

static int wait_for(struct call *call)
{
	struct field_set shown = { 0 };
	struct buffer buffer = { 0 };
	struct found found;

	field_set_add(&shown, TASK_started_ns);
	field_set_add(&shown, TASK_comm);
	criteria_data_fields(&call->criteria, &shown);
	int status = criteria_find(&call->criteria, &shown, &found);
	if (status == GO_ON) {
		size_t held = wait_all(call, &found, &buffer);
		status = !held;
		if (call->criteria.shared.data)
			found_put_data(&found, &call->criteria, &buffer, found.rows, held);
		else if (call->criteria.count)
			buffer_format(&buffer, "%zu\n", found.count);
		say(call->criteria.tool, &buffer);
	}
	found_done(&found);
	buffer_done(&buffer);
	return status;
}

static int run(const struct tool *tool, int argc, char **argv)
{
	struct call call = { 0 };

	int status = criteria_read(&call.criteria, tool, argc, argv, set, "in a captured machine nothing ends");
	if (status == GO_ON)
		status = wait_for(&call);
	criteria_done(&call.criteria);
	return status;
}

TOOL(pidwait, {
		      .name = "pidwait",
		      .summary = "wait for the end of processes found by name, user, parent, terminal...",
		      .usage = "[options] <pattern>",
		      TOOL_OPTIONS(option_rows),
		      .notes = notes,
		      .run = run,
	      });
