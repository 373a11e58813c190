/* vires uptime: since when the machine runs, who is there, how busy it is. */
#include <stdlib.h>

#include "base/clock.h"
#include "model/derive.h"
#include "render/duration.h"
#include "render/uptime_line.h"
#include "tools/options.h"
#include "tools/run.h"
#include "tools/samples.h"

static const struct option_row option_rows[] = {
	{ 'p', "pretty", ALONE, NULL, "show uptime in pretty format", 0 },
	{ 'r', "raw", ALONE, NULL, "show wall clock, uptime, users and loads as plain numbers", 0 },
	{ 'c', "container", ALONE, NULL, "show the time since process 1 of this container started", 0 },
	{ 's', "since", ALONE, NULL, "system up since", 0 },
	OPTIONS_DATA,
	OPTIONS_SOURCE,
	{ 'h', "help", ALONE, NULL, "display this help and exit", OPTION_HELP },
	{ 'V', "version", ALONE, NULL, "output version information and exit", OPTION_VERSION },
};

static const char notes[] =
	"Prints what uptime of procps-ng 4.0.2 (Debian 12) prints; *-r* and *-c* are those of 4.0.5.\n\n"
	"Load averages count threads that run, want to run, or wait for a disk. Users are the logins in /run/utmp or, "
	"where that is missing, the sessions of users that systemd knows; ? when neither can be read.\n\n"
	"*-p* differs from the old tool from the 52nd week on, where its weeks and days did not add up with its years: "
	"here they do, with years of 365 days.";

struct look {
	struct samples samples;
	bool pretty, raw, container, since;
};

static const uint8_t wanted[] = { MACHINE_uptime_ns, MACHINE_idle_ns,    MACHINE_users,         MACHINE_load_1min,
	                          MACHINE_load_5min, MACHINE_load_15min, MACHINE_tasks_running, MACHINE_threads_total };

static int set(void *context, int id, const char *argument)
{
	struct look *look = context;

	switch (id) {
	case 'p':
		look->pretty = true;
		return GO_ON;
	case 'r':
		look->raw = true;
		return GO_ON;
	case 'c':
		look->container = true;
		return GO_ON;
	case 's':
		look->since = true;
		return GO_ON;
	default:
		return shared_option(look->samples.tool, 1, &look->samples.shared, id, argument);
	}
}

/* Since boot, or since the container's first process started. */
static bool up_ns(const struct look *look, const struct view *view, int64_t *ret)
{
	if (look->container)
		return view->now->count == 1 && view_number(view, 0, TASK_age_ns, ret);
	return view_machine(view, MACHINE_uptime_ns, ret);
}

static void put_raw(struct buffer *buffer, const struct view *view, int64_t up)
{
	int64_t users;

	buffer_format(buffer, "%lld %f ", (long long)(view->now->wall_ns / NS_PER_S), (double)up / NS_PER_S);
	if (view_machine(view, MACHINE_users, &users))
		buffer_format(buffer, "%lld ", (long long)users);
	else
		buffer_text(buffer, "? ");
	load_averages_put(buffer, view, " ");
	buffer_char(buffer, '\n');
}

static int put(struct samples *samples, struct buffer *buffer, const struct view *view)
{
	const struct look *look = (const struct look *)samples;
	int64_t up;

	if (!up_ns(look, view, &up))
		return complain(samples->tool, 1, "Cannot get system uptime");
	if (samples->shared.data) {
		data_machine_sample(buffer, samples->shared.data, "uptime", view, true, wanted, sizeof wanted);
	} else if (look->since) {
		moment_iso(buffer, (view->now->wall_ns - up + NS_PER_S / 2) / NS_PER_S);
		buffer_char(buffer, '\n');
	} else if (look->pretty) {
		buffer_text(buffer, "up ");
		duration_words(buffer, up);
		buffer_char(buffer, '\n');
	} else if (look->raw) {
		put_raw(buffer, view, up);
	} else {
		uptime_line_put(buffer, view, up);
		buffer_char(buffer, '\n');
	}
	return GO_ON;
}

static int run(const struct tool *tool, int argc, char **argv)
{
	static const int64_t first_process = 1;
	struct look look = { .samples = { .tool = tool, .put = put, .repeat.count = 1 } };

	look.container = getenv("PROCPS_CONTAINER") != NULL;
	int status = options_read(tool, argc, argv, set, &look);
	if (status == GO_ON && optind < argc)
		status = usage(tool, 1);
	if (status == GO_ON && look.container && look.samples.shared.data)
		status = complain(tool, 1, "--json and --csv are about the machine: -c cannot be combined with them");
	if (status != GO_ON)
		return status;
	for (size_t i = 0; i < sizeof wanted; i++)
		request_machine(&look.samples.request, wanted[i]);
	if (look.container) {
		request_field(&look.samples.request, &look.samples.request.fields, TASK_age_ns);
		look.samples.request.pids = &first_process;
		look.samples.request.pid_count = 1;
	}
	return samples_run(&look.samples);
}

TOOL(uptime, {
		     .name = "uptime",
		     .summary = "how long the machine runs, who is logged in, how busy it is",
		     .usage = "[options]",
		     TOOL_OPTIONS(option_rows),
		     .notes = notes,
		     .run = run,
	     });
