/* vires screen: memory first, and htop's habits. What runs it; its options stand in screen_options.c. */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "built_with.h"
#include "tools/screen.h"

/* The control group that we are in: its limit is the machine for us. */
static void find_group(struct screen_call *call)
{
	int64_t self = getpid();
	struct request request = { .tasks = true, .pids = &self, .pid_count = 1 };
	struct span lines, group;
	struct snapshot now;
	struct source *source;

	if (call->shared.place.root || groups_new(NULL, &call->groups) < 0)
		return;
	request_field(&request, &request.fields, TASK_cgroup);
	if (place_open(&(struct place){ .source = "proc" }, false, &source) < 0)
		return;
	if (source_take(source, &request, &now) == 0) {
		if (now.count && snapshot_text(&now, 0, TASK_cgroup, &lines) && groups_of(call->groups, lines, &group))
			buffer_add(&call->own_group, group);
		snapshot_done(&now);
	}
	source_free(source);
}

static int show(struct screen_call *call)
{
#if WITH_SCREEN
	return screen_show_run(call);
#else
	return complain(call->tool, STATUS_NOT_POSSIBLE, "built without the screen (ncurses); --once prints a frame");
#endif
}

int screen_run(const struct tool *tool, int argc, char **argv)
{
	struct screen_call *call = calloc(1, sizeof *call);

	if (!call)
		return complain(tool, STATUS_NOT_POSSIBLE, "not enough memory");
	call->tool = tool;
	call->htop = !strcmp(tool->name, "htop");
	screen_columns_make(&call->columns);
	screen_settings_make(&call->settings, &call->columns, call->htop);
	int r = screen_settings_load(call);
	if (r == -ENOENT && call->htop)
		screen_htoprc_load(call);
	int status = r == -EINVAL ? STATUS_USAGE : screen_options_read(call, argc, argv);
	if (status == GO_ON) {
		find_group(call);
		status = call->once || call->shared.data ? screen_once(call) : show(call);
	}
	groups_free(call->groups);
	buffer_done(&call->own_group);
	buffer_done(&call->left_out);
	free(call);
	return status;
}
