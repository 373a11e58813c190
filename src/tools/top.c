/* vires top: the machine and its processes, frame after frame. What runs it; its options stand in top_options.c. */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "built_with.h"
#include "tools/top.h"

/* PIDs as wide as the kernel lets them become, and the CPUs there are: what the columns are made for. */
static int look_around(const struct top *top, int64_t *ret_pid_most, size_t *ret_cpus)
{
	struct request request = { .cpus = true };
	struct source *source;
	struct snapshot snapshot;

	request_machine(&request, MACHINE_pid_max);
	int r = place_open(&top->shared.place, false, &source);
	if (r < 0)
		return r;
	r = source_take(source, &request, &snapshot);
	source_free(source);
	if (r < 0)
		return r;
	*ret_pid_most = machine_has(&snapshot.machine, pid_max) ? snapshot.machine.pid_max : 0;
	*ret_cpus = snapshot.cpu_count;
	snapshot_done(&snapshot);
	return 0;
}

static int show(struct top *top)
{
#if WITH_SCREEN
	return top_screen_run(top);
#else
	return complain(top->tool, STATUS_NOT_POSSIBLE, "built without the screen (ncurses); -b prints frames");
#endif
}

/* -A: known before the settings are read, which options then change. */
static bool wants_defaults(int argc, char **argv)
{
	return argc == 2 && (!strcmp(argv[1], "-A") || !strcmp(argv[1], "--apply-defaults"));
}

int top_run(const struct tool *tool, int argc, char **argv)
{
	struct top *top = calloc(1, sizeof *top);
	int64_t pid_most = 0;
	size_t cpus = 0;

	if (!top)
		return complain(tool, 1, "failed memory allocate");
	top->tool = tool;
	top_columns_make(&top->columns, 0, 0, 0);
	top_settings_classic(&top->settings, &top->columns);
	int status = wants_defaults(argc, argv) ? GO_ON : top_settings_load(top);
	if (status == GO_ON)
		status = top_options_read(top, argc, argv);
	int r = status == GO_ON ? look_around(top, &pid_most, &cpus) : 0;
	if (r < 0)
		status = place_complain(tool, 1, &top->shared.place, r);
	top->pid_most = pid_most;
	top->cpu_count = cpus;
	top_columns_make(&top->columns, pid_most, cpus, top->settings.widening);
	if (status == GO_ON && !top->batch && !top->shared.data && !isatty(STDIN_FILENO))
		status = complain(tool, 1, "failed tty get");
	if (top->batch || top->shared.data)
		for (size_t i = 0; i < TOP_WINDOWS; i++)
			top->settings.windows[i].promise = false; /* scripts know the lines of Debian's top */
	if (status == GO_ON)
		status = top->batch || top->shared.data ? top_batch(top) : show(top);
	free(top->inspect);
	free(top);
	return status;
}
