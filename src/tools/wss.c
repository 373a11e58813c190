/* vires wss PID: how much of its memory a process uses within a while, saying first what measuring that costs. */
#include <errno.h>
#include <stdio.h>

#include "base/time.h"
#include "collect/working_set.h"
#include "render/number.h"
#include "tools/run.h"
#include "tools/words.h"

static const struct option_row option_rows[] = {
	{ 'h', "help", ALONE, NULL, "this text", OPTION_HELP },
	{ 'i', "interval", TAKES, "SECONDS", "how long to wait (1)", 0 },
	{ 0, "json", ALONE, NULL, "JSON for programs", OPTION_JSON },
};

static const char notes[] =
	"Takes the mark \"used\" off every page of the process, waits, and counts the pages that have it "
	"again. That is the working set of the interval: what has to be in RAM for the process to go on as it"
	" did.\n\n"
	"It is no free look. Each of the two steps holds the process's mmap lock for some milliseconds a GiB,"
	" and the kernel's own reclaim uses the same marks, so it knows less about what is hot until they "
	"have come back. Pages that are used through a cached translation may keep no mark, and a huge page "
	"counts as a whole. This is not what Kubernetes calls the working set: that is the charge of a group "
	"less its idle cache.";

struct call {
	const struct tool *tool;
	struct shared shared;
	int64_t pid, interval_ns;
};

static int cannot(const struct call *call, int r)
{
	long long pid = call->pid;

	switch (r) {
	case -ENOENT:
	case -ESRCH:
		return complain(call->tool, STATUS_FOUND, "no process %lld, or it has ended", pid);
	case -EACCES:
	case -EPERM:
		return complain(call->tool, STATUS_NOT_PERMITTED,
		                "%lld is another user's process: its owner and CAP_SYS_PTRACE may do this", pid);
	case -EBADMSG:
		return complain(call->tool, STATUS_NOT_POSSIBLE,
		                "%lld has no memory of its own, or this kernel keeps no marks", pid);
	default:
		return complain(call->tool, STATUS_NOT_POSSIBLE, "%lld: %s", pid, strerror(-r));
	}
}

static void put_json(struct buffer *buffer, const struct call *call, const struct working_set *set)
{
	buffer_format(buffer,
	              "{\"schema\":%d,\"tool\":\"wss\",\"pid\":%lld,\"rss_bytes\":%lld,\"referenced_bytes\":%lld,",
	              DATA_SCHEMA, (long long)call->pid, (long long)set->rss_bytes, (long long)set->referenced_bytes);
	buffer_format(buffer, "\"interval_ns\":%lld,\"clear_ns\":%lld,\"read_ns\":%lld}\n", (long long)set->interval_ns,
	              (long long)set->clear_ns, (long long)set->read_ns);
}

static void put_text(struct buffer *buffer, const struct working_set *set)
{
	int64_t tenths = set->rss_bytes > 0 ? set->referenced_bytes * 1000 / set->rss_bytes : 0;

	buffer_format(buffer, "used  %lld of %lld kB of RES in %lld ms: %lld.%lld %%\n",
	              (long long)(set->referenced_bytes / 1024), (long long)(set->rss_bytes / 1024),
	              (long long)(set->interval_ns / 1000000), (long long)(tenths / 10), (long long)(tenths % 10));
	buffer_format(buffer, "cost  %lld us to clear the marks and %lld us to count them, with the mmap lock held\n",
	              (long long)(set->clear_ns / 1000), (long long)(set->read_ns / 1000));
}

/* What it will cost is said before anything is done, and in the way of nobody who reads the result. */
static void warn(const struct call *call, int64_t rss_bytes)
{
	fprintf(stderr,
	        "%s: will clear the used marks of %lld kB of process %lld: about %lld us under its mmap lock, twice\n",
	        call->tool->name, (long long)(rss_bytes / 1024), (long long)call->pid,
	        (long long)(100 + rss_bytes / 1024 * 8 / 1000));
}

static int measure(const struct call *call, const struct working_set_probe *probe)
{
	struct buffer buffer = { 0 };
	struct working_set set;
	int64_t rss;

	int r = working_set_rss(probe, &rss);
	if (r == 0) {
		warn(call, rss);
		r = working_set_measure(probe, call->interval_ns, &set);
	}
	if (r < 0)
		return cannot(call, r);
	if (call->shared.data == DATA_JSON)
		put_json(&buffer, call, &set);
	else
		put_text(&buffer, &set);
	say(call->tool, &buffer);
	buffer_done(&buffer);
	return STATUS_OK;
}

static int set(void *context, int id, const char *argument)
{
	struct call *call = context;

	if (id != 'i')
		return shared_option(call->tool, STATUS_USAGE, &call->shared, id, argument);
	if (word_seconds(argument, &call->interval_ns) && call->interval_ns > 0)
		return GO_ON;
	return complain(call->tool, STATUS_USAGE, "--interval takes seconds, not '%s'", argument);
}

static int run(const struct tool *tool, int argc, char **argv)
{
	struct call call = { .tool = tool, .interval_ns = NS_PER_S };
	struct working_set_probe probe;

	int status = options_read(tool, argc, argv, set, &call);
	if (status == GO_ON)
		status = words_pid_wanted(tool, argc, argv, &call.pid);
	if (status != GO_ON)
		return status;
	int r = working_set_open(call.pid, &probe);
	if (r < 0)
		return cannot(&call, r);
	status = measure(&call, &probe);
	working_set_close(&probe);
	return status;
}

TOOL(wss, {
		  .name = "wss",
		  .summary = "how much of its memory a process uses within a while (disturbs it a little)",
		  .usage = "[options] PID",
		  TOOL_OPTIONS(option_rows),
		  .notes = notes,
		  .run = run,
	  });
